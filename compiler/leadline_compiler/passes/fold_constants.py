"""Works out what does not depend on the contact: sums of numbers, tests of written values, parts that always hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline_compiler.numbers import bounded, divide, multiply
from leadline_compiler.passes.rewrite import Table, rebuild
from leadline_compiler.plan import plan as p


def fold_constants(plan: p.Plan) -> p.Plan:
    return rebuild(plan, _fold)


def _fold(node: p.Node, table: Table) -> int:
    fold = _FOLDS.get(node[0])
    return table.add(*node) if fold is None else fold(node, table)


def _truth(holds: bool, table: Table) -> int:
    return table.add("always" if holds else "never")


def _is_written(node: p.Node) -> bool:
    return node[0] in ("number", "moment")


def _and(node: p.Node, table: Table) -> int:
    return _join(node, table, neutral="always", decisive="never")


def _or(node: p.Node, table: Table) -> int:
    return _join(node, table, neutral="never", decisive="always")


def _join(node: p.Node, table: Table, neutral: str, decisive: str) -> int:
    parts = [part for part in node[1] if table[part][0] != neutral]
    if any(table[part][0] == decisive for part in parts):
        return table.add(decisive)
    if len(parts) < 2:
        return parts[0] if parts else table.add(neutral)
    return table.add(node[0], tuple(parts))


def _not(node: p.Node, table: Table) -> int:
    inner = table[node[1]]
    if inner[0] == "not":
        return int(inner[1])
    if inner[0] in ("always", "never"):
        return _truth(inner[0] == "never", table)
    return table.add(*node)


def _compare(node: p.Node, table: Table) -> int:
    left, right = table[node[1]], table[node[2]]
    if _is_written(left) and _is_written(right):
        return _truth(left[1] > right[1] if node[0] == "above" else left[1] >= right[1], table)
    return table.add(*node)


def _one_of(node: p.Node, table: Table) -> int:
    amount = table[node[1]]
    if _is_written(amount):
        return _truth(amount[1] in node[2], table)
    return table.add(*node)


def _within(node: p.Node, table: Table) -> int:
    amount = table[node[1]]
    if node[2] > node[3]:
        return table.add("never")
    if _is_written(amount):
        return _truth(node[2] <= amount[1] <= node[3], table)
    return table.add(*node)


def _known(node: p.Node, table: Table) -> int:
    # Counts and sums of nothing are 0, so a count is never missing; a sum may be too large to be known.
    if table[node[1]][0] in ("number", "moment", "count"):
        return table.add("always")
    return table.add(*node)


_RECKONED: dict[str, Callable[[int, int], int | None]] = {
    "add": lambda left, right: bounded(left + right),
    "subtract": lambda left, right: bounded(left - right),
    "multiply": multiply,
    "divide": divide,
}


def _reckon(node: p.Node, table: Table) -> int:
    left, right = table[node[1]], table[node[2]]
    if _is_written(left) and _is_written(right):
        result = _RECKONED[node[0]](left[1], right[1])
        if result is not None:
            return table.add("number", result)
    return table.add(*node)


def _events(node: p.Node, table: Table) -> int:
    if node[2] is not None and table[node[2]][0] == "always":
        return table.add("events", node[1], None, node[3])
    return table.add(*node)


def _never_occurs(index: int, table: Table) -> bool:
    _, events, where, _ = table[index]
    return not events or (where is not None and table[where][0] == "never")


def _has(node: p.Node, table: Table) -> int:
    return table.add("never") if _never_occurs(node[1], table) else table.add(*node)


def _count(node: p.Node, table: Table) -> int:
    return table.add("number", 0) if _never_occurs(node[1], table) else table.add(*node)


_FOLDS: dict[str, Callable[[Any, Table], int]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "above": _compare,
    "least": _compare,
    "one_of": _one_of,
    "within": _within,
    "known": _known,
    "add": _reckon,
    "subtract": _reckon,
    "multiply": _reckon,
    "divide": _reckon,
    "events": _events,
    "has": _has,
    "count": _count,
}
