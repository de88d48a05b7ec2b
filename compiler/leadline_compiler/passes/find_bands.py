"""Turns tests of one amount into look-ups: several values into one set, two limits into one band."""

from __future__ import annotations

from collections import defaultdict

from leadline_compiler.numbers import LARGEST
from leadline_compiler.passes.rewrite import Table, rebuild
from leadline_compiler.plan import plan as p

_FAR = 10**18
"""Beyond every moment of the calendar in microseconds."""


def find_bands(plan: p.Plan) -> p.Plan:
    return rebuild(plan, _find)


def _find(node: p.Node, table: Table) -> int:
    match node[0]:
        case "above" | "least":
            return _band(node, table)
        case "and":
            return _narrow(node[1], table)
        case "or":
            return _widen(node[1], table)
    return table.add(*node)


def _band(node: p.Node, table: Table) -> int:
    """A comparison with a written number or moment as a band of the other side."""
    name, left, right = node
    open_ = 1 if name == "above" else 0
    farthest = {"number": LARGEST, "moment": _FAR}
    if table[right][0] in farthest:
        return table.add("within", left, table[right][1] + open_, farthest[table[right][0]])
    if table[left][0] in farthest:
        return table.add("within", right, -farthest[table[left][0]], table[left][1] - open_)
    return table.add(*node)


def _narrow(parts: tuple[int, ...], table: Table) -> int:
    """Bands of one amount that must all hold are their common part."""
    bands: dict[int, tuple[int, int]] = {}
    others: list[int] = []
    for part in parts:
        node = table[part]
        if node[0] == "within":
            low, high = bands.get(node[1], (node[2], node[3]))
            bands[node[1]] = max(low, node[2]), min(high, node[3])
        else:
            others.append(part)
    merged = [table.add("within", amount, low, high) for amount, (low, high) in bands.items()]
    return _joined("and", sorted(set(others + merged)), table)


def _widen(parts: tuple[int, ...], table: Table) -> int:
    """Sets of one amount of which any may hold are one set."""
    sets: dict[int, list[p.Node]] = defaultdict(list)
    others: list[int] = []
    for part in parts:
        node = table[part]
        if node[0] == "one_of":
            sets[node[1]].append(node)
        else:
            others.append(part)
    merged = [
        table.add("one_of", amount, tuple(sorted({value for node in nodes for value in node[2]})))
        for amount, nodes in sets.items()
    ]
    return _joined("or", sorted(set(others + merged)), table)


def _joined(name: str, parts: list[int], table: Table) -> int:
    return parts[0] if len(parts) == 1 else table.add(name, tuple(parts))
