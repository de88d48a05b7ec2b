"""Adds up what the events of a contact are worth, by themselves and together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadline_compiler.scorer.caps import MOST
from leadline_compiler.scorer.event_tables import EventTables
from leadline_compiler.scorer.frame import WORTHLESS, Addition, Frame, Outcome
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.outcomes import join_outcomes
from leadline_compiler.scorer.recall import Recall
from leadline_compiler.scorer.walk import Walked
from leadline_compiler.scorer.worths import Worth


class Adder:
    """Adds up events by the tables of a plan."""

    def __init__(self, frame: Frame, tables: EventTables, always: Outcome) -> None:
        """`always` is what every contact is worth."""
        self._frame = frame
        self._tables = tables
        self._caps, self._limits, self._keyed = tables.caps, tables.tallies.limits, tables.keyed
        self._empty, self._bits = frame.lanes.empty, frame.lanes.bits
        self._mask = (1 << self._bits) - 1
        self._lead = self._caps.lead + (self._limits.lead << self._caps.bits)
        self._top = self._caps.over + (self._limits.top << self._caps.bits)
        tallies, marks, keyed = tables.tallies, tables.marks, tables.keyed.tallies
        self._groups = Recall(("Q", tallies.memories), ("H", marks.memories), ("Q", keyed.memories))
        self._marks_at, self._keyed_at = tallies.bits, tallies.bits + marks.bits
        self._standing = tallies.standing
        self._always = [always] if always != WORTHLESS else []
        found = [(place, listed.quiet) for place, listed in enumerate(tables.lists)]
        self._quiet_lists = [(place, quiet) for place, quiet in found if quiet != WORTHLESS]
        self._unlisted = [*self._always, *[quiet for _, quiet in self._quiet_lists]]
        groups = self._groups.find(tallies.standing | marks.standing << self._marks_at)
        self.quiet = join_outcomes([*groups, *self._unlisted])
        """What a contact without events is worth, apart from its fields."""
        self.quiet_number = self._empty + self.quiet[0]
        """The same as a number to be added."""

    def add(
        self, number: int, walked: Walked, gathered: Gathered | None
    ) -> tuple[int, list[Outcome], Sequence[Addition]]:
        """A number with what the events of a contact give, and empty lanes of points.

        And what they are worth together, and what bounds take back.
        """
        held: list[Outcome] = []
        total, marked, worths, by_key, _ = walked
        if len(worths) > MOST:
            number, counted, excess = self._add_many(number, worths)
            held += self._keyed.find_many(by_key)
        else:
            number += total & self._mask
            lanes = total >> self._bits
            over = lanes + self._lead & self._top
            counted, excess = self._hold(lanes, over, worths) if over else (lanes >> self._caps.bits, ())
            if by_key[0]:
                counted |= self._keyed.count(by_key) << self._keyed_at
        if marked:
            counted |= marked << self._marks_at
        if self._standing:
            counted |= self._standing
        if counted:
            held += self._groups.find(counted)
        held += self._unlisted if gathered is None else self._find_listed(gathered)
        for outcome in held:
            number += outcome[0]
        if excess:
            number += self._frame.pack([(rule, points, 0) for rule, points in excess])
        return number, held, excess

    def _find_listed(self, gathered: Gathered) -> Iterator[Outcome]:
        """What events are worth that must be looked at one by one, and what it is that there are none."""
        yield from self._always
        yield from self._keyed.find_uneven(gathered)
        for place, items in gathered.lists.items():
            yield from self._tables.lists[place].find(gathered, items)
        for place, quiet in self._quiet_lists:
            if place not in gathered.lists:
                yield quiet

    def _hold(self, lanes: int, over: int, worths: Sequence[Worth]) -> tuple[int, Sequence[Addition]]:
        """The counts of features within their limits, and what bounds take back.

        `over` has a bit for each lane that may be beyond its bound, and for each that is beyond its limit.
        """
        caps = self._caps
        bounds = over & caps.over
        excess = caps.correct(bounds, sum([worth[3][1] for worth in worths])) if bounds else ()
        return self._limits.hold(lanes >> caps.bits, over >> caps.bits), excess

    def _add_many(self, number: int, worths: Sequence[Worth]) -> tuple[int, int, Sequence[Addition]]:
        """The same for more events than can be added up in lanes at once, with packed points."""
        caps, limits = self._caps, self._limits
        shift, counted = self._bits + caps.bits, 0
        number += self._empty
        for start in range(0, len(worths), MOST):
            total = sum([worth[0] for worth in worths[start : start + MOST]], self._empty)
            number += (total & self._mask) - self._empty
            counted = limits.clamp(counted + limits.clamp(total >> shift))
        return number, counted, caps.correct_many([worth[3][0] for worth in worths])
