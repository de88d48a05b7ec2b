"""Makes one of what is worth the same: nested `and` and `or` become flat, their parts sorted and without repetition."""

from __future__ import annotations

from leadline_compiler.passes.rewrite import Table, rebuild
from leadline_compiler.plan import plan as p


def merge_equals(plan: p.Plan) -> p.Plan:
    return rebuild(plan, _merge)


def _merge(node: p.Node, table: Table) -> int:
    name = node[0]
    if name in ("and", "or"):
        parts: set[int] = set()
        for part in node[1]:
            inner = table[part]
            parts.update(inner[1] if inner[0] == name else (part,))
        return parts.pop() if len(parts) == 1 else table.add(name, tuple(sorted(parts)))
    if name in ("one_of", "contains", "starts", "ends", "includes_any", "includes_all"):
        return table.add(name, node[1], tuple(sorted(set(node[2]))))
    if name == "events":
        return table.add(name, node[1], node[2], tuple(sorted(set(node[3]))))
    return table.add(*node)
