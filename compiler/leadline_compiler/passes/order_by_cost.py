"""Puts the parts of `and` and `or` in the order in which they are best asked: cheap ones first.

A test of a field costs a look-up, a test of a text a search, a test of events a walk over them; what is asked
first spares the rest where it decides.
"""

from __future__ import annotations

from leadline_compiler.passes.rewrite import Table, needed_by, rebuild
from leadline_compiler.plan import plan as p

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


def order_by_cost(plan: p.Plan) -> p.Plan:
    costs: list[int] = []

    def rewrite(node: p.Node, table: Table) -> int:
        if node[0] in ("and", "or"):
            node = (node[0], tuple(sorted(node[1], key=lambda part: (costs[part], part))))
        index = table.add(*node)
        if index == len(costs):
            costs.append(_cost(node, costs))
        return index

    return rebuild(plan, rewrite)


def _cost(node: p.Node, costs: list[int]) -> int:
    return _COSTS.get(node[0], _OWN) + sum(costs[other] for other in needed_by(node))
