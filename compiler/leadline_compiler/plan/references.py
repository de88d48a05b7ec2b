"""What a node of a plan refers to.

It is found by one function an operation, picked once from the sorts of its arguments: asking the sorts anew for each
node of a large plan would take most of the time of the passes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from leadline_compiler.plan.ops import OPS
from leadline_compiler.plan.plan import Node

Places: TypeAlias = Sequence[int]
"""The new index of a node by its old one."""


def needed_by(node: Node) -> tuple[int, ...]:
    """The indexes of the nodes that a node needs."""
    return _NEEDS[node[0]](node)


def moved(node: Node, places: Places) -> Node:
    """The node with every reference to another replaced."""
    return _MOVES[node[0]](node, places)


def _needs_nothing(node: Node) -> tuple[int, ...]:
    return ()


def _needs_first(node: Node) -> tuple[int, ...]:
    return (node[1],)


def _needs_both(node: Node) -> tuple[int, ...]:
    return node[1:]


def _needs_parts(node: Node) -> tuple[int, ...]:
    parts: tuple[int, ...] = node[1]
    return parts


def _needs_of_events(node: Node) -> tuple[int, ...]:
    _, _, where, windows = node
    dates = tuple([at for name, at in windows if name.endswith("_date")])
    return dates if where is None else (where, *dates)


def _move_nothing(node: Node, places: Places) -> Node:
    return node


def _move_first(node: Node, places: Places) -> Node:
    return (node[0], places[node[1]], *node[2:])


def _move_both(node: Node, places: Places) -> Node:
    return (node[0], places[node[1]], places[node[2]])


def _move_parts(node: Node, places: Places) -> Node:
    return (node[0], tuple([places[part] for part in node[1]]))


def _move_of_events(node: Node, places: Places) -> Node:
    name, events, where, windows = node
    dated = tuple([(kind, places[at] if kind.endswith("_date") else at) for kind, at in windows])
    return (name, events, None if where is None else places[where], dated)


_Needs: TypeAlias = Callable[[Node], tuple[int, ...]]
_Move: TypeAlias = Callable[[Node, Places], Node]

_BY_SORTS: dict[tuple[str, ...], tuple[_Needs, _Move]] = {
    (): (_needs_nothing, _move_nothing),
    ("node",): (_needs_first, _move_first),
    ("node", "node"): (_needs_both, _move_both),
    ("nodes",): (_needs_parts, _move_parts),
    ("node?", "windows"): (_needs_of_events, _move_of_events),
}
"""By the sorts of those arguments that refer to nodes. A `node` is a first argument, two are all that there are."""

_BY_NAME = {
    name: _BY_SORTS[tuple(sort for sort in op.sorts if sort in ("node", "node?", "nodes", "windows"))]
    for name, op in OPS.items()
}
_NEEDS = {name: needs for name, (needs, _) in _BY_NAME.items()}
_MOVES = {name: move for name, (_, move) in _BY_NAME.items()}
