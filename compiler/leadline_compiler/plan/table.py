"""A plan's table of nodes while it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from leadline_compiler.plan.plan import Node

Rewrite: TypeAlias = "Callable[[Node, Table], Node]"
"""Given a node whose references point into the table, makes what shall stand for it there."""

Rewrites: TypeAlias = Mapping[str, Rewrite]
"""What becomes of the nodes of some operations, by the operation's name."""


class Table:
    """The nodes so far. Equal nodes are one, and each goes through the rewrites before it is added, in their order."""

    __slots__ = ("_places", "_rewrites", "nodes")

    def __init__(self, rewrites: Sequence[Rewrites] = ()) -> None:
        self.nodes: list[Node] = []
        self._places: dict[Node, int] = {}
        self._rewrites = {name: _of_operation(name, rewrites) for name in frozenset[str]().union(*rewrites)}

    def __getitem__(self, index: int) -> Node:
        return self.nodes[index]

    def add(self, *node: Any) -> int:
        """The index of what stands for a node, which is added where there is no equal one."""
        index = self._places.get(node)
        if index is not None:
            return index
        made = self._rewrite(node) if node[0] in self._rewrites else node
        if made is node:
            index = self._places[node] = len(self.nodes)
            self.nodes.append(node)
        else:
            index = self._places[node] = self.keep(made)
        return index

    def _rewrite(self, node: Node, first: int = 0) -> Node:
        """A node after the rewrites from the first one on."""
        for number, rewrite in self._rewrites.get(node[0], ()):
            if number >= first:
                made = rewrite(node, self)
                if made[0] != node[0]:
                    return self._rewrite(made, number + 1)
                node = made
        return node

    def keep(self, node: Node) -> int:
        """The index of a node as it is, which is added where there is no equal one."""
        index = self._places.setdefault(node, len(self.nodes))
        if index == len(self.nodes):
            self.nodes.append(node)
        return index


def _of_operation(name: str, rewrites: Sequence[Rewrites]) -> list[tuple[int, Rewrite]]:
    """The rewrites of an operation, each with its number in their order."""
    return [(number, found[name]) for number, found in enumerate(rewrites) if name in found]
