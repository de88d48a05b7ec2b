"""datalogic-py: JSONLogic in Rust."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from datalogic_py import Engine
from workload.facts import Line, Test


def build(lines: list[Line]) -> Callable[[dict[str, Any]], list[int]]:
    """The whole model as one rule: a list of sums."""
    groups: dict[int, list[Any]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(_points(line))
    rule = Engine().compile(json.dumps([{"+": parts} for parts in groups.values()]))
    evaluate: Callable[[dict[str, Any]], list[int]] = rule.evaluate
    return evaluate


def _points(line: Line) -> Any:
    worth: Any = line.points
    if line.by is not None:
        fact = {"var": line.by}
        worth = fact if line.points == 1 else {"*": [line.points, fact]}
    if not line.tests:
        return worth
    tests = [_test(test) for test in line.tests]
    return {"if": [tests[0] if len(tests) == 1 else {"and": tests}, worth, 0]}


def _test(test: Test) -> Any:
    fact, value = {"var": test.fact}, test.value
    match test.kind:
        case "is":
            return {"===": [fact, value]}
        case "is not":
            return {"!==": [fact, value]}
        case "in":
            return {"in": [fact, list(value)]}
        case "contains":
            return {"in": [value, fact]}
        case "least":
            return {">=": [fact, value]}
        case _:
            return {"<=": [value[0], fact, value[1]]}
