"""What all tables of a scorer share: the plan, its nodes as functions, and how rules become entries and points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from leadline_compiler.execute.on_demand import NodesOnDemand
from leadline_compiler.execute.rules import Judge, build_rule
from leadline_compiler.execute.run import Run
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.lanes import Lanes
from leadline_compiler.scorer.literals import Literal

Entry: TypeAlias = tuple[int, int, int]
"""A rule that fired: its index, its points in thousandths, how often it counted."""
Outcome: TypeAlias = tuple[int, tuple[Entry, ...]]
"""What some fields, events or joints are worth together: packed points and parts of joints, and entries."""
WORTHLESS: Final[Outcome] = (0, ())
Addition: TypeAlias = tuple[int, int]
"""A rule, and what is added to its points."""
Runs: TypeAlias = Callable[[], Run]
"""Makes the run of the contact, for what must be worked out node by node."""


class Frame:
    """The plan and what is made of it once."""

    def __init__(self, plan: p.Plan, *, holds_many: bool = False) -> None:
        self.plan = plan
        self.nodes = NodesOnDemand(plan)
        self.lanes = Lanes(plan, holds_many=holds_many)
        # Made one after the other, they stand together in memory; many tables have the same.
        self._whens: list[Entry] = [(index, rule.points, 1) for index, rule in enumerate(plan.rules)]

    def judge(self, rule: int) -> Judge:
        """A rule as a function of a run."""
        return build_rule(self.plan.rules[rule], self.nodes)

    def whens(self, rules: Iterable[int]) -> tuple[Entry, ...]:
        """The entries of rules whose condition holds."""
        return tuple([self._whens[rule] for rule in rules])

    def pack(self, entries: Iterable[Entry]) -> int:
        """The points of entries, each in its lane."""
        worth = self.lanes.worth
        return sum([worth(rule, points) for rule, points, _ in entries])

    def hold(self, literals: Sequence[Literal], run: Run) -> bool:
        """Whether every part holds that must, and fails that must."""
        nodes = self.nodes
        return all(bool(nodes[node](run)) == wanted for node, wanted in literals)
