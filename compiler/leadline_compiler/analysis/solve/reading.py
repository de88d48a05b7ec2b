"""A solution of a constraint model, read as contacts with dated events."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from leadline_compiler.analysis.events import Planned
from leadline_compiler.analysis.sets import Constraint, Key
from leadline_compiler.analysis.solve.building import Linear, Literal
from leadline_compiler.analysis.solve.facts import constraint_of
from leadline_compiler.analysis.witness import contacts_with
from leadline_compiler.contacts import Contact

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.encoding import Encoding


class Solution:
    """Values of all variables of a constraint model."""

    def __init__(self, encoding: Encoding, solver: Any) -> None:
        self._encoding = encoding
        self._solver = solver

    def holds(self, literal: Literal) -> bool:
        return literal if isinstance(literal, bool) else bool(self._solver.boolean_value(literal))

    def value(self, one: Linear) -> int:
        return one.constant + sum(weight * int(self._solver.value(variable)) for weight, variable in one.parts)

    def cube(self) -> dict[Key, Constraint]:
        """What the solution says of each attribute."""
        return {key: constraint_of(fact, self.holds) for key, fact in self._encoding.facts.items()}

    def plan(self) -> tuple[Planned, ...]:
        """How many events there are of each column."""
        counted = ((self.value(one.times), one.column) for one in self._encoding.histories.columns)
        return tuple(Planned(times, column) for times, column in counted if times)

    def contacts(self, side: int = 0) -> Iterator[Contact]:
        """Contacts that the solution describes, the likeliest first; more than one where it leaves something open."""
        space, cube, plan = self._encoding.analyses[side].space, self.cube(), self.plan()
        variants = (contacts_with(space, cube, plan, newest=newest) for newest in (False, True))
        yield from (contact for pair in zip_longest(*variants) for contact in pair if contact is not None)
