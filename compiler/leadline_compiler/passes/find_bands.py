"""Turns tests of one amount into look-ups: several values into one set, two limits into one band."""

from __future__ import annotations

from collections import defaultdict

from leadline_compiler.numbers import LARGEST
from leadline_compiler.passes.rewrite import NodePass
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.table import Rewrite, Table

_FAR = 10**18
"""Beyond every moment of the calendar in microseconds."""
_FARTHEST = {"number": LARGEST, "moment": _FAR}


def _band(node: p.Node, table: Table) -> p.Node:
    """A comparison with a written number or moment as a band of the other side."""
    name, left, right = node
    open_ = 1 if name == "above" else 0
    if table.nodes[right][0] in _FARTHEST:
        return ("within", left, table.nodes[right][1] + open_, _FARTHEST[table.nodes[right][0]])
    if table.nodes[left][0] in _FARTHEST:
        return ("within", right, -_FARTHEST[table.nodes[left][0]], table.nodes[left][1] - open_)
    return node


def _narrow(node: p.Node, table: Table) -> p.Node:
    """Bands of one amount that must all hold are their common part."""
    bands: dict[int, tuple[int, int]] = {}
    parts: set[int] = set()
    for part in node[1]:
        inner = table.nodes[part]
        if inner[0] == "within":
            _, amount, low, high = inner
            known_low, known_high = bands.get(amount, (low, high))
            bands[amount] = max(known_low, low), min(known_high, high)
        else:
            parts.add(part)
    parts.update([table.keep(("within", amount, low, high)) for amount, (low, high) in bands.items()])
    return _joined("and", parts, table)


def _widen(node: p.Node, table: Table) -> p.Node:
    """Sets of one amount of which any may hold are one set."""
    sets: dict[int, list[p.Node]] = defaultdict(list)
    parts: set[int] = set()
    for part in node[1]:
        inner = table.nodes[part]
        if inner[0] == "one_of":
            sets[inner[1]].append(inner)
        else:
            parts.add(part)
    for amount, tests in sets.items():
        parts.add(table.keep(("one_of", amount, tuple(sorted({value for test in tests for value in test[2]})))))
    return _joined("or", parts, table)


def _joined(name: str, parts: set[int], table: Table) -> p.Node:
    return table.nodes[parts.pop()] if len(parts) == 1 else (name, tuple(sorted(parts)))


_REWRITES: dict[str, Rewrite] = {"above": _band, "least": _band, "and": _narrow, "or": _widen}


find_bands = NodePass("find_bands", __doc__, lambda: _REWRITES)
