"""What follows from one measure alone, as a table: a value where there are no events, and one for each range."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from leadline_compiler.numbers import MILLION
from leadline_compiler.plan import Plan
from leadline_compiler.plan.plan import PlanRow

FAR = 2**62
"""Beyond every count, every number of days and every moment."""
_AMOUNTS = ("count", "days_since_last", "days_since_first")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Ladder(Generic[_T]):
    """`absent` is the value where no event occurred; `rows` hold for first..last, both ends in, and leave no gap."""

    absent: _T
    rows: tuple[tuple[int, int, _T], ...]


class _UnclearError(Exception):
    """Raised where a node is not a test of the measure with written numbers."""


def condition_ladder(plan: Plan, condition: int, *, counts: bool) -> Ladder[bool] | None:
    """When a condition on one measure holds; None where that is not so simple.

    `counts` is whether the measure is a count, which is 0 where no event occurred, or a number of days.
    """
    try:
        edges = set(_edges(plan, condition))
        return _ladder(edges, lambda value: _holds(plan, condition, value), counts=counts)
    except _UnclearError:
        return None


def rows_ladder(plan: Plan, amount: int, rows: tuple[PlanRow, ...], *, counts: bool) -> Ladder[tuple[int, int]] | None:
    """The points of `points … by` an amount that is one measure, and whether a row was taken (1 or 0)."""
    if plan.nodes[amount][0] not in _AMOUNTS or any(row.values for row in rows):
        return None
    ends = [end for row in rows for low, high in row.ranges for end in (low, None if high is None else high + 1)]
    edges = {-(-end // MILLION) for end in ends if end is not None}
    return _ladder(edges, lambda value: _row_value(rows, value), counts=counts)


def _ladder(edges: set[int], value_at: Callable[[int | None], _T], *, counts: bool) -> Ladder[_T]:
    first = 1 if counts else 0
    starts = sorted({first, *(edge for edge in edges if edge > first)})
    found: list[tuple[int, int, _T]] = []
    for start, after in zip(starts, [*starts[1:], FAR + 1], strict=True):
        value = value_at(start)
        if found and found[-1][2] == value:
            found[-1] = (found[-1][0], after - 1, value)
        else:
            found.append((start, after - 1, value))
    return Ladder(value_at(0 if counts else None), tuple(found))


def _row_value(rows: tuple[PlanRow, ...], value: int | None) -> tuple[int, int]:
    for row in rows:
        if row.missing and value is None:
            return row.points, 1
        if value is not None and any(_inside(value * MILLION, low, high) for low, high in row.ranges):
            return row.points, 1
    return next(((row.points, 1) for row in rows if row.otherwise), (0, 0))


def _inside(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


# ---- conditions


def _edges(plan: Plan, index: int) -> Iterator[int]:
    """Values of the measure at which a condition may change."""
    name, *arguments = plan.nodes[index]
    match name:
        case "and" | "or":
            for part in arguments[0]:
                yield from _edges(plan, part)
        case "not":
            yield from _edges(plan, arguments[0])
        case "within":
            yield from (-(-end // MILLION) for end in (arguments[1], arguments[2] + 1))
        case "one_of":
            for value in arguments[1]:
                if not isinstance(value, int) or isinstance(value, bool):
                    raise _UnclearError
                yield from (-(-end // MILLION) for end in (value, value + 1))
        case "above" | "least":
            written = [plan.nodes[side][1] for side in arguments if plan.nodes[side][0] == "number"]
            yield from (-(-end // MILLION) for number in written for end in (number, number + 1))
        case "has" | "known" | "always" | "never":
            return
        case _:
            raise _UnclearError


def _holds(plan: Plan, index: int, value: int | None) -> bool:
    name, *arguments = plan.nodes[index]
    match name:
        case "always" | "never":
            return bool(name == "always")
        case "and":
            return all(_holds(plan, part, value) for part in arguments[0])
        case "or":
            return any(_holds(plan, part, value) for part in arguments[0])
        case "not":
            return not _holds(plan, arguments[0], value)
        case "has":
            return bool(value)
    amount = _amount(plan, arguments[0], value)
    match name:
        case "known":
            return amount is not None
        case "within":
            return amount is not None and bool(arguments[1] <= amount <= arguments[2])
        case "one_of":
            return amount in arguments[1]
    other = _amount(plan, arguments[1], value)
    if amount is None or other is None:
        return False
    return amount > other if name == "above" else amount >= other


def _amount(plan: Plan, index: int, value: int | None) -> int | None:
    """An amount in millionths."""
    name, *arguments = plan.nodes[index]
    if name == "number":
        return int(arguments[0])
    if name not in _AMOUNTS:
        raise _UnclearError
    return None if value is None else value * MILLION
