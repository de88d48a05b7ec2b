"""Works out what does not depend on the contact: sums of numbers, tests of written values, parts that always hold."""

from __future__ import annotations

from collections.abc import Callable

from leadline_compiler.numbers import bounded, divide, multiply
from leadline_compiler.passes.rewrite import NodePass
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.table import Rewrite, Table


def _truth(holds: bool) -> p.Node:
    return ("always",) if holds else ("never",)


def _is_written(node: p.Node) -> bool:
    return node[0] in ("number", "moment")


def _and(node: p.Node, table: Table) -> p.Node:
    return _join(node, table, neutral="always", decisive="never")


def _or(node: p.Node, table: Table) -> p.Node:
    return _join(node, table, neutral="never", decisive="always")


def _join(node: p.Node, table: Table, neutral: str, decisive: str) -> p.Node:
    names = {table.nodes[part][0] for part in node[1]}
    if decisive in names:
        return (decisive,)
    if neutral not in names and len(node[1]) > 1:
        return node
    parts = [part for part in node[1] if table.nodes[part][0] != neutral]
    if len(parts) < 2:
        return table.nodes[parts[0]] if parts else (neutral,)
    return (node[0], tuple(parts))


def _not(node: p.Node, table: Table) -> p.Node:
    inner = table.nodes[node[1]]
    if inner[0] == "not":
        return table.nodes[inner[1]]
    if inner[0] in ("always", "never"):
        return _truth(inner[0] == "never")
    return node


def _compare(node: p.Node, table: Table) -> p.Node:
    left, right = table.nodes[node[1]], table.nodes[node[2]]
    if _is_written(left) and _is_written(right):
        return _truth(left[1] > right[1] if node[0] == "above" else left[1] >= right[1])
    return node


def _one_of(node: p.Node, table: Table) -> p.Node:
    amount = table.nodes[node[1]]
    if _is_written(amount):
        return _truth(amount[1] in node[2])
    return node


def _within(node: p.Node, table: Table) -> p.Node:
    amount = table.nodes[node[1]]
    if node[2] > node[3]:
        return ("never",)
    if _is_written(amount):
        return _truth(node[2] <= amount[1] <= node[3])
    return node


def _known(node: p.Node, table: Table) -> p.Node:
    # Counts and sums of nothing are 0, so a count is never missing; a sum may be too large to be known.
    if table.nodes[node[1]][0] in ("number", "moment", "count"):
        return ("always",)
    return node


_RECKONED: dict[str, Callable[[int, int], int | None]] = {
    "add": lambda left, right: bounded(left + right),
    "subtract": lambda left, right: bounded(left - right),
    "multiply": multiply,
    "divide": divide,
}


def _reckon(node: p.Node, table: Table) -> p.Node:
    left, right = table.nodes[node[1]], table.nodes[node[2]]
    if _is_written(left) and _is_written(right):
        result = _RECKONED[node[0]](left[1], right[1])
        if result is not None:
            return ("number", result)
    return node


def _events(node: p.Node, table: Table) -> p.Node:
    if node[2] is not None and table.nodes[node[2]][0] == "always":
        return ("events", node[1], None, node[3])
    return node


def _never_occurs(index: int, table: Table) -> bool:
    _, events, where, _ = table.nodes[index]
    return not events or (where is not None and table.nodes[where][0] == "never")


def _has(node: p.Node, table: Table) -> p.Node:
    return ("never",) if _never_occurs(node[1], table) else node


def _count(node: p.Node, table: Table) -> p.Node:
    return ("number", 0) if _never_occurs(node[1], table) else node


_FOLDS: dict[str, Rewrite] = {
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


fold_constants = NodePass("fold_constants", __doc__, lambda: _FOLDS)
