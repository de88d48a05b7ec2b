"""zen-engine: the expressions of GoRules' ZEN, in Rust; a decision table or graph is slower than an expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import zen
from workload.facts import Line

from .expressions import Words, group_sums


def build(lines: list[Line]) -> Callable[[dict[str, Any]], list[int]]:
    """The whole model as one expression: a list of sums."""
    words = Words("and", contains="contains({fact}, {value})")
    expression = zen.compile_expression(f"[{', '.join(group_sums(lines, words))}]")

    def run(facts: dict[str, Any]) -> list[int]:
        return [round(amount) for amount in expression.evaluate(facts)]

    return run
