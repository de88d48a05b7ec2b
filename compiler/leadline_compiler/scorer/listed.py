"""Occurrences whose events must be looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.scorer.assign import Share
from leadline_compiler.scorer.frame import Frame, Outcome
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.joints import Joints
from leadline_compiler.scorer.limited import Limited, build_limited
from leadline_compiler.scorer.notes import Item
from leadline_compiler.scorer.outcomes import CountTable, Outcomes, RecentTable, join_outcomes


class Listed:
    """What reads the events of one occurrence: their age, their properties, or both; or too large a count of them."""

    def __init__(self, frame: Frame, occurrence: int, number: int) -> None:
        self._frame = frame
        self._number = number
        self._occurrence = occurrence
        self.count: CountTable | None = None
        self.recent: RecentTable | None = None
        self._measures: Outcomes | None = None
        self._limited: list[Limited] = []

    def measure(self, share: Share, joints: Joints) -> None:
        """Takes up what reads the events themselves."""
        self._limited = [build_limited(self._frame, rule, self._occurrence, self._number) for rule in share.eaches]
        if share.whens or share.bodies or share.parts:
            self._measures = Outcomes(self._frame, self._occurrence, share, joints)

    @property
    def quiet(self) -> Outcome:
        """What it is worth that there is no event."""
        tables = (self.count, self.recent)
        measures = [table.outcomes for table in tables if table is not None]
        return join_outcomes([found.quiet for found in (*measures, self._measures) if found is not None])

    def find(self, gathered: Gathered, items: Sequence[Item]) -> list[Outcome]:
        """What the events of a contact are worth, of which there is at least one."""
        found: list[Outcome] = []
        if self.count is not None:
            found.append(self.count[len(items)])
        if self.recent is not None:
            days = [gathered.age(item).days for item in items]
            found.append(self.recent.find(min(days), max(days)))
        if self._measures is not None:
            run = gathered.run({self._occurrence: gathered.events(self._number)}, self._frame.plan.schema.zone)
            found.append(self._measures.outcome(run))
        if self._limited:
            entries = tuple([entry for limited in self._limited if (entry := limited(gathered)) is not None])
            found.append((self._frame.pack(entries), entries))
        return found
