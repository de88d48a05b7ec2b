"""Every node below a node, without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind) if item.name != "span")


def children(node: Any) -> Iterator[Any]:
    """The nodes right below a node or a tuple of nodes."""
    if isinstance(node, tuple):
        yield from node
    elif is_dataclass(node):
        kind: Any = type(node)
        yield from (getattr(node, name) for name in _field_names(kind))


def walk(root: Any) -> Iterator[tuple[Any, int]]:
    """The node itself and all nodes below it, each with its depth; parents before their children."""
    open_: list[tuple[Any, int]] = [(root, 0)]
    while open_:
        node, depth = open_.pop()
        is_node = is_dataclass(node)
        if is_node:
            yield node, depth
        open_.extend((child, depth + is_node) for child in children(node))


def depth_of(root: Any) -> int:
    """How deep the nodes below a node are nested."""
    return max((depth for _, depth in walk(root)), default=0)
