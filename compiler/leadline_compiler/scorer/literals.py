"""Conditions as parts that must all hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from leadline_compiler.plan.plan import Node

Literal: TypeAlias = tuple[int, bool]
"""A node, and whether it must hold or fail."""


_JOINING = frozenset({"not", "and", "or", "always", "never"})
"""All conditions that are not parts themselves."""


def literals_of(nodes: Sequence[Node], condition: int, wanted: bool = True) -> list[Literal] | None:
    """The parts of a condition, or of its negation; none where it always holds, None where it never does."""
    if nodes[condition][0] not in _JOINING:
        return [(condition, wanted)]
    found: dict[Literal, None] = {}
    waiting = [(condition, wanted)]
    while waiting:
        index, want = waiting.pop()
        node = nodes[index]
        name = node[0]
        if name == "not":
            waiting.append((node[1], not want))
        elif name == ("and" if want else "or"):
            waiting.extend((part, want) for part in reversed(node[1]))
        elif name in ("always", "never"):
            if (name == "always") != want:
                return None
        else:
            found[index, want] = None
    return list(found)
