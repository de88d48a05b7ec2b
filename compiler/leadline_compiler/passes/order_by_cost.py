"""Puts the parts of `and` and `or` in the order in which they are best asked: by what they cost, and by how often
they decide.

A test of a field costs a look-up, a test of a text a search, a test of events a walk over them. A part of an `and`
decides where it does not hold, one of an `or` where it holds. First comes what costs least for each time it decides:
the order of the least cost to be expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, prod
from typing import NamedTuple

from leadline_compiler.passes.rewrite import NodePass
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by
from leadline_compiler.plan.table import Rewrites, Table

_COSTS = {
    "always": 0,
    "never": 0,
    "field": 1,
    "property": 1,
    "number": 0,
    "moment": 0,
    "score": 1,
    "grade": 1,
    "domain": 3,
    "contains": 3,
    "starts": 2,
    "ends": 2,
    "in_list": 2,
    "matches": 20,
    "events": 30,
}
_OWN = 1
"""What an operation costs that is not listed, beside what it needs."""

_CHANCES = {"always": 1.0, "never": 0.0, "known": 0.8, "in_list": 0.3, "within": 0.3, "matches": 0.1, "has": 0.3}
"""How often a test holds, as far as can be said without data: only their order matters, and only among tests of
about the same cost."""
_EVEN = 0.5
"""That of tests that are not listed: comparisons, and what is yes or no."""
_OF_A_VALUE = 0.1
"""That of a test for one value; each more is as likely."""
_MOST_LIKELY = 0.9


class _Judged(NamedTuple):
    """What a node costs with all that it needs, and how often it holds."""

    cost: int
    chance: float


def _rewrites() -> Rewrites:
    known: dict[int, _Judged] = {}

    def order(node: p.Node, table: Table) -> p.Node:
        name, parts = node
        for part in parts:
            _judge(part, table.nodes, known)
        ranks = [(_rank(name, known[part]), part) for part in parts]
        return (name, tuple([part for _, part in sorted(ranks)]))

    return {"and": order, "or": order}


def _judge(index: int, nodes: Sequence[p.Node], known: dict[int, _Judged]) -> None:
    """Works out a node and those below it that are not known, however deep they lie."""
    waiting = [index]
    while waiting:
        top = waiting[-1]
        needed = () if top in known else needed_by(nodes[top])
        missing = [other for other in needed if other not in known]
        if not missing:
            waiting.pop()
            if top not in known:
                known[top] = _judged(nodes[top], [known[other] for other in needed])
        waiting += missing


def _rank(name: str, part: _Judged) -> float:
    decides = 1 - part.chance if name == "and" else part.chance
    return part.cost / decides if decides else inf


def _judged(node: p.Node, needed: Sequence[_Judged]) -> _Judged:
    cost = _COSTS.get(node[0], _OWN) + sum([other.cost for other in needed])
    return _Judged(cost, _chance(node, [other.chance for other in needed]))


def _chance(node: p.Node, needed: Sequence[float]) -> float:
    match node[0]:
        case "not":
            return 1 - needed[0]
        case "and":
            return prod(needed)
        case "or":
            return 1 - prod([1 - chance for chance in needed])
        case "one_of" | "contains" | "starts" | "ends" | "includes_any":
            return min(_OF_A_VALUE * len(node[2]), _MOST_LIKELY)
    return _CHANCES.get(node[0], _EVEN)


order_by_cost = NodePass("order_by_cost", __doc__, _rewrites)
