"""Features that only ask whether something occurred, side by side in one number with a bit for each.

What an event marks is one number, and those of all events are joined bit by bit. What groups of fifteen neighbours are
worth is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.scorer.frame import Outcome
from leadline_compiler.scorer.recall import Memories
from leadline_compiler.scorer.tallies import Arrangement, Feature, outcome_of

_GROUP = 16
"""Bits that are looked up together."""
_ROOM = _GROUP - 1
"""How many of them are of features; the last one is set where the group stands."""


class Marks:
    """The bits of features whose limits are 1. Neighbours should be such as tend to occur together."""

    def __init__(self, features: Sequence[Feature]) -> None:
        found = Arrangement(features, _GROUP, _ROOM)
        self.places = found.places
        self._groups = found.groups
        self.bits = _GROUP * len(found.groups)
        """How many bits there are, those included that nothing is in."""
        self.standing = sum([1 << _GROUP * group + _ROOM for group in found.standing])
        """The bits of the groups that stand."""
        self.memories = Memories(len(found.groups), self._work_out)
        """What marks are worth, by group."""

    def _work_out(self, place: int, group: int) -> Outcome:
        return outcome_of(self._groups[place], [group >> bit & 1 for bit in range(_ROOM)])
