"""Every node below a node, without recursion."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def _field_names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a class of nodes or of other data; None for what has none."""
    names: tuple[str, ...] | None = getattr(kind, "__match_args__", None)
    return None if names is None else tuple(name for name in names if name != "span")


def children(node: Any) -> Iterator[Any]:
    """The nodes right below a node or a tuple of nodes."""
    if isinstance(node, tuple):
        yield from node
    else:
        yield from (getattr(node, name) for name in _field_names(node.__class__) or ())


def walk(root: Any) -> Iterator[tuple[Any, int]]:
    """The node itself and all nodes below it, each with its depth; parents before their children."""
    open_: list[tuple[Any, int]] = [(root, 0)]
    while open_:
        node, depth = open_.pop()
        if isinstance(node, tuple):
            open_ += [(child, depth) for child in node]
            continue
        names = _field_names(node.__class__)
        if names is not None:
            yield node, depth
            open_ += [(getattr(node, name), depth + 1) for name in names]


def depth_of(root: Any) -> int:
    """How deep the nodes below a node are nested."""
    return max((depth for _, depth in walk(root)), default=0)
