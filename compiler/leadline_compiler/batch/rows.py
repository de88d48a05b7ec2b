"""Rows side by side while a plan runs over them: contacts, or the events that a `where` looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from leadline_compiler.batch.columns import Coded, Column, Flags, Whole
from leadline_compiler.batch.events import Occurring
from leadline_compiler.batch.search import Search
from leadline_compiler.plan.plan import Node, Plan
from leadline_compiler.plan.references import needed_by
from leadline_compiler.zones import Zone


@dataclass(slots=True)
class Rows:
    """`columns` are those of fields by index, or of properties by name; one that is not there is all missing.

    `found` holds what nodes were worth. `scores`, `total` (thousandths) and `grades` are there once they are known.
    """

    count: int
    as_of: int
    zone: Zone
    columns: Mapping[Any, Column]
    events: Occurring | None = None
    found: dict[int, Any] = field(default_factory=dict)
    scores: Sequence[Whole] = ()
    total: Whole | None = None
    grades: Mapping[int | None, Coded] = field(default_factory=dict)


Operation: TypeAlias = Callable[[Rows], Any]
"""Works a node out for rows in which all that it needs has been found."""

Build: TypeAlias = Callable[[int, Node, "Program"], Operation]


class Program:
    """The nodes of a plan as operations on rows, each built when it is first needed."""

    def __init__(self, plan: Plan, builders: Mapping[str, Build]) -> None:
        self.plan = plan
        self._builders = builders
        self._built: dict[int, Operation] = {}
        self._searches: dict[int, Search] = {}
        self._steps: dict[int, list[tuple[int, Operation]]] = {}

    def work_out(self, node: int, rows: Rows) -> Any:
        """What a node is worth: flags, a column, or the events that are meant."""
        found = rows.found
        if node not in found:
            for index, operation in self._steps.get(node) or self._lay_out(node):
                if index not in found:
                    found[index] = operation(rows)
        return found[node]

    def search(self, amount: int) -> Search:
        """The search for all texts that tests look for in a text."""
        found = self._searches.get(amount)
        if found is None:
            wanted = [text for node in self.plan.nodes if node[:2] == ("contains", amount) for text in node[2]]
            found = self._searches[amount] = Search(list(dict.fromkeys(wanted)))
        return found

    def truth(self, node: int, rows: Rows) -> Flags:
        """Whether a condition holds, for every row."""
        flags: Flags = self.work_out(node, rows)
        if len(flags) != rows.count:
            import numpy as np

            flags = rows.found[node] = np.full(rows.count, flags[0])
        return flags

    def _lay_out(self, node: int) -> list[tuple[int, Operation]]:
        """All that a node needs, in ascending order, so that it is there however deep it lies."""
        needed, waiting = {node}, [node]
        while waiting:
            more = [index for index in _needed(self.plan.nodes[waiting.pop()]) if index not in needed]
            needed.update(more)
            waiting += more
        steps = self._steps[node] = [(index, self._operation(index)) for index in sorted(needed)]
        return steps

    def _operation(self, index: int) -> Operation:
        operation = self._built.get(index)
        if operation is None:
            node = self.plan.nodes[index]
            operation = self._built[index] = self._builders[node[0]](index, node, self)
        return operation


def _needed(node: Node) -> Sequence[int]:
    """The nodes that a node needs among its own rows; the test of an occurrence looks at events instead."""
    if node[0] == "events":
        return [at for name, at in node[3] if name.endswith("_date")]
    return list(needed_by(node))
