"""How large conditions are when all their defines are written out: doubled a few dozen times, none fits anywhere."""

from __future__ import annotations

from typing import Any

from leadline_dsl.walk import children

MOST_NODES = 4_000
"""A condition or an amount with more nodes is not looked into: it is one free truth, or one free value."""


def is_too_large(root: Any, memo: dict[Any, Any]) -> bool:
    """Whether a condition, an amount or the body of a rule is not looked into. `memo` is kept for the next."""
    return _size(root, memo) > MOST_NODES


def _size(root: Any, memo: dict[Any, Any]) -> int:
    """The nodes below and with a node, each as often as it is used; no more than a few above the limit."""
    open_ = [root]
    while open_:
        node = open_[-1]
        if ("size", id(node)) in memo:
            open_.pop()
            continue
        below = [child for child in children(node) if _has_parts(child)]
        unknown = [child for child in below if ("size", id(child)) not in memo]
        if unknown:
            open_ += unknown
            continue
        size = 1 + sum(memo["size", id(child)][1] for child in below)
        # The node is kept with its size, so that its identity cannot be given to another.
        memo["size", id(node)] = node, min(size, MOST_NODES + 1)
        open_.pop()
    known: int = memo["size", id(root)][1]
    return known


def _has_parts(value: Any) -> bool:
    return isinstance(value, tuple) or hasattr(type(value), "__match_args__")
