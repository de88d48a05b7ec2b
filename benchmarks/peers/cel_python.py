"""cel-python: CEL in Python, by its interpreting runner (the compiled one fails on lists and ternaries)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import celpy
from workload.facts import Line

from .expressions import Words, group_sums


def build(lines: list[Line]) -> Callable[[dict[str, Any]], list[int]]:
    """A program for each group."""
    environment = celpy.Environment()
    programs = [environment.program(environment.compile(sum_)) for sum_ in group_sums(lines, Words("&&"))]

    def run(facts: dict[str, Any]) -> list[int]:
        activation = {name: celpy.json_to_cel(value) for name, value in facts.items()}
        return [int(program.evaluate(activation)) for program in programs]

    return run
