"""Leaves out what nothing needs: nodes, and lists that no test looks into."""

from __future__ import annotations

from dataclasses import replace

from leadline_compiler.passes.rewrite import PlanPass, roots, with_nodes
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import moved, needed_by


def _drop(plan: p.Plan) -> p.Plan:
    is_needed = _needed(plan)
    places: list[int] = []
    lists: dict[int, int] = {}
    nodes: list[p.Node] = []
    for node, is_kept in zip(plan.nodes, is_needed, strict=True):
        places.append(len(nodes))
        if is_kept:
            node = moved(node, places)
            if node[0] == "in_list":
                node = ("in_list", node[1], lists.setdefault(node[2], len(lists)))
            nodes.append(node)
    kept = tuple(plan.lists[index] for index in lists)
    return replace(with_nodes(plan, nodes, places), lists=kept)


def _needed(plan: p.Plan) -> list[bool]:
    """For each node whether something needs it; what a node needs stands before it."""
    needed = [False] * len(plan.nodes)
    for root in roots(plan):
        needed[root] = True
    for index in range(len(plan.nodes) - 1, -1, -1):
        if needed[index]:
            for other in needed_by(plan.nodes[index]):
                needed[other] = True
    return needed


drop_unused = PlanPass("drop_unused", __doc__, _drop)
