"""Makes one of what is worth the same: nested `and` and `or` become flat, their parts sorted and without repetition."""

from __future__ import annotations

from leadline_compiler.passes.rewrite import NodePass
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.table import Rewrite, Table


def _flatten(node: p.Node, table: Table) -> p.Node:
    name = node[0]
    parts: set[int] = set()
    for part in node[1]:
        inner = table.nodes[part]
        parts.update(inner[1] if inner[0] == name else (part,))
    return table.nodes[parts.pop()] if len(parts) == 1 else (name, tuple(sorted(parts)))


def _sort_values(node: p.Node, table: Table) -> p.Node:
    name, amount, values = node
    return node if len(values) == 1 else (name, amount, tuple(sorted(set(values))))


def _sort_windows(node: p.Node, table: Table) -> p.Node:
    name, events, where, windows = node
    return node if len(windows) < 2 else (name, events, where, tuple(sorted(set(windows))))


_REWRITES: dict[str, Rewrite] = {
    **dict.fromkeys(("and", "or"), _flatten),
    **dict.fromkeys(("one_of", "contains", "starts", "ends", "includes_any", "includes_all"), _sort_values),
    "events": _sort_windows,
}


merge_equals = NodePass("merge_equals", __doc__, lambda: _REWRITES)
