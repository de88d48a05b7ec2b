"""Occurrences whose events must be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leadline_compiler.scorer.assign import Share
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.gathered import Gathered, Item
from leadline_compiler.scorer.limited import Limited, build_limited
from leadline_compiler.scorer.outcomes import Outcome, Outcomes, RecentTable


class Listed:
    """What reads the events of one occurrence: their age, their properties, or both.

    `recent` are what reads only the days since the first and the last, `events` all the rest.
    """

    def __init__(
        self,
        frame: Frame,
        occurrence: int,
        number: int,
        shares: tuple[Share | None, Share | None],
        woken: Mapping[int, int],
    ) -> None:
        recent, events = shares
        self._frame = frame
        self._number = number
        self._occurrence = occurrence
        self._recent = None if recent is None else RecentTable(frame, occurrence, recent, woken)
        self._measures: Outcomes | None = None
        self._limited: list[Limited] = []
        if events is not None:
            self._limited = [build_limited(frame, rule, occurrence, number) for rule in events.eaches]
            if events.whens or events.bodies or events.parts:
                self._measures = Outcomes(frame, occurrence, events, woken)

        self._is_recent = events is None

    @property
    def outcomes(self) -> Iterator[Outcomes]:
        """What is worth something without any event."""
        if self._recent is not None:
            yield self._recent.outcomes
        if self._measures is not None:
            yield self._measures

    def find(self, gathered: Gathered, items: Sequence[Item]) -> list[Outcome]:
        """What the events of a contact, of which there is at least one, change."""
        found: list[Outcome] = []
        if self._recent is not None:
            newest = oldest = items[0][1].days
            if len(items) > 1:
                days = [item[1].days for item in items]
                newest, oldest = min(days), max(days)
            found.append(self._recent.find(newest, oldest))
            if self._is_recent:
                return found
        if self._measures is not None:
            run = gathered.run({self._occurrence: gathered.events(self._number)}, self._frame.plan.schema.zone)
            found.append(self._measures.outcome(run))
        if self._limited:
            entries = tuple([entry for limited in self._limited if (entry := limited(gathered)) is not None])
            found.append((self._frame.pack(entries), entries, (), 0, 0))
        return found
