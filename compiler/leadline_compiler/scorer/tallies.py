"""How often each counted occurrence occurred, side by side in one number, and what that is worth.

Every feature of a contact's events, such as a count, has lanes of eight bits. What an event counts for is one number
with a 1 in the lanes that mean it, so that adding up the numbers counts everything at once. No count matters beyond
the limit of its lane. With the lanes held to their limits there are few different groups of eight neighbours, and what
such a group is worth is remembered.

Some features are worth something when nothing is counted. Their groups stand: they are looked up for every contact,
and to be met where nothing is in their lanes, either, they have a bit of their own that is always set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from leadline_compiler.scorer.frame import WORTHLESS, Outcome
from leadline_compiler.scorer.outcomes import join_outcomes
from leadline_compiler.scorer.recall import Memories

LANE_BITS = 8
MOST = 127
"""The largest limit of a lane."""
FULL = 255
"""So many events can be added up without a lane running over."""
GROUP = 8
"""Lanes of counts that are looked up together."""
_STANDS = MOST + 1
"""The bit of a group that stands: the top one of its first lane."""


class Feature(Protocol):
    """What depends on the counts in some neighbouring lanes, each of which has a limit from 1 to MOST."""

    @property
    def limits(self) -> Sequence[int]:
        """By lane, the count beyond which none is to be asked for."""
        ...

    @property
    def quiet(self) -> Outcome:
        """What it is worth that all counts are 0."""
        ...

    def outcome(self, counts: Sequence[int]) -> Outcome:
        """What counts are worth."""
        ...


Members: TypeAlias = list[tuple[Feature, int, int]]
"""The features of a group, with the first of their lanes and the one after the last."""


class Arrangement:
    """Features in groups of so many lanes, of which they may take `room`. Neighbours should tend to occur together.

    `places` are the first lanes of the features, `limits` those of all lanes, also of those that nothing is in.
    `standing` are the groups that are worth something when nothing is in their lanes.
    """

    def __init__(self, features: Sequence[Feature], group: int, room: int) -> None:
        self._group = group
        self.groups: list[Members] = []
        self.limits: list[int] = []
        places: dict[Feature, int] = {}
        # Those that stand are side by side, so that few groups do.
        for feature in sorted(features, key=_stands):
            width = len(feature.limits)
            if not self.groups or self._taken() + width > room:
                self._fill_up()
                self.groups.append([])
            start = self._taken()
            places[feature] = len(self.limits)
            self.groups[-1].append((feature, start, start + width))
            self.limits += feature.limits
        self._fill_up()
        self.places = [places[feature] for feature in features]
        self.standing = [group for group, members in enumerate(self.groups) if any(_stands(one) for one, *_ in members)]

    def _taken(self) -> int:
        """How many lanes of the last group are taken."""
        return len(self.limits) - self._group * (len(self.groups) - 1)

    def _fill_up(self) -> None:
        self.limits += [1] * (self._group * len(self.groups) - len(self.limits))


def _stands(feature: Feature) -> bool:
    """Whether it is worth something that nothing is counted."""
    return feature.quiet != WORTHLESS


def outcome_of(members: Members, counts: Sequence[int]) -> Outcome:
    """What the counts in the lanes of a group are worth."""
    found = [(feature, counts[start:end]) for feature, start, end in members]
    return join_outcomes([feature.outcome(some) for feature, some in found if any(some) or _stands(feature)])


class Tallies:
    """The lanes of features that count further than to one."""

    def __init__(self, features: Sequence[Feature]) -> None:
        found = Arrangement(features, GROUP, GROUP)
        self.places = found.places
        self.limits = LaneLimits(found.limits)
        self._groups = found.groups
        self.bits = LANE_BITS * len(found.limits)
        """How many bits all lanes have, those included that nothing is in."""
        self._standing = found.standing
        self.standing = sum([_STANDS << GROUP * LANE_BITS * group for group in found.standing])
        """The bits of the groups that stand, to be set when their lanes are within their limits."""
        self.memories = Memories(len(found.groups), self._work_out)
        """What counts are worth, by group, that are nowhere above FULL, and in groups that stand nowhere above MOST."""

    def _work_out(self, place: int, group: int) -> Outcome:
        if place in self._standing:
            group ^= _STANDS
        return outcome_of(self._groups[place], group.to_bytes(GROUP, "little"))


class LaneLimits:
    """Holds lanes to their limits, all at once."""

    def __init__(self, limits: Sequence[int]) -> None:
        self._limits = int.from_bytes(bytes(limits), "little")
        self.lead = int.from_bytes(bytes([MOST - limit for limit in limits]), "little")
        """Added to lanes that are not beyond MOST, this carries what is beyond its limit into a bit of `top`."""
        self.top = int.from_bytes(bytes([MOST + 1]) * len(limits), "little")

    def clamp(self, lanes: int) -> int:
        """Every lane, or its limit where it is beyond."""
        top = self.top
        high = lanes & top
        # A lane that is too large carries into its top bit.
        over = ((lanes ^ high) + self.lead | high) & top
        return self.hold(lanes, over) if over else lanes

    def hold(self, lanes: int, over: int) -> int:
        """Every lane, or its limit where the top bit of `over` says so."""
        full = (over << 1) - (over >> (LANE_BITS - 1))
        return lanes ^ ((lanes ^ self._limits) & full)

    def sum(self, numbers: Sequence[int]) -> int:
        """The sum of numbers with a 1 or a 0 in each lane, within the limits."""
        if len(numbers) <= FULL:
            return self.clamp(sum(numbers))
        total = 0
        for start in range(0, len(numbers), FULL - MOST):
            total = self.clamp(total + sum(numbers[start : start + FULL - MOST]))
        return total


def lane_of(number: int) -> int:
    """One event in the lane with this number."""
    return 1 << (LANE_BITS * number)
