"""Nodes of a plan as functions of a run, each built when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from leadline_compiler.execute.nodes import build_node
from leadline_compiler.execute.run import Evaluate
from leadline_compiler.plan import Plan
from leadline_compiler.plan.references import needed_by


class NodesOnDemand(Sequence[Evaluate]):
    """As `build_nodes`, for those who need few of the nodes."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = plan.nodes
        self._lists = [frozenset(entries) for entries in plan.lists]
        self._built: dict[int, Evaluate] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    @overload
    def __getitem__(self, index: int) -> Evaluate: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Evaluate]: ...
    def __getitem__(self, index: int | slice) -> Evaluate | Sequence[Evaluate]:
        if isinstance(index, slice):
            return [self[place] for place in range(len(self))[index]]
        if index not in self._built:
            # In ascending order, so that what a node needs is there before it, however deep it lies.
            for place in sorted(self._missing(index)):
                self._built[place] = build_node(place, self._nodes[place], self, self._lists)
        return self._built[index]

    def _missing(self, index: int) -> set[int]:
        missing = {index}
        waiting = [index]
        while waiting:
            for needed in needed_by(self._nodes[waiting.pop()]):
                if needed not in self._built and needed not in missing:
                    missing.add(needed)
                    waiting.append(needed)
        return missing
