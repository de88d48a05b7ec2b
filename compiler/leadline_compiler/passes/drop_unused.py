"""Leaves out what nothing needs: nodes, and lists that no test looks into."""

from __future__ import annotations

from dataclasses import replace

from leadline_compiler.passes.rewrite import moved, needed_by, roots, with_roots_moved
from leadline_compiler.plan import plan as p


def drop_unused(plan: p.Plan) -> p.Plan:
    needed = [False] * len(plan.nodes)
    for root in roots(plan):
        needed[root] = True
    for index in range(len(plan.nodes) - 1, -1, -1):
        if needed[index]:
            for other in needed_by(plan.nodes[index]):
                needed[other] = True
    places: dict[int, int] = {}
    lists: dict[int, int] = {}
    nodes: list[p.Node] = []
    for index, node in enumerate(plan.nodes):
        if needed[index]:
            node = moved(node, places.__getitem__)
            if node[0] == "in_list":
                node = ("in_list", node[1], lists.setdefault(node[2], len(lists)))
            places[index] = len(nodes)
            nodes.append(node)
    kept = replace(plan, nodes=tuple(nodes), lists=tuple(plan.lists[index] for index in lists))
    return with_roots_moved(kept, places.__getitem__)
