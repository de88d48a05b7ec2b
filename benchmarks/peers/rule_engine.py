"""rule-engine: an expression language in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rule_engine
from workload.facts import Line

from .expressions import Words, group_sums


def build(lines: list[Line]) -> Callable[[dict[str, Any]], list[int]]:
    """An expression for each group, over flat names."""
    words = Words("and", contains="({value} in {fact})")
    rules = [rule_engine.Rule(sum_) for sum_ in group_sums(lines, words)]

    def run(facts: dict[str, Any]) -> list[int]:
        return [int(rule.evaluate(facts)) for rule in rules]

    return run
