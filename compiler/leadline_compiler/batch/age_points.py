"""Points that go by the whole days since the newest or the oldest event of one occurrence: worked out once a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Whole
from leadline_compiler.batch.events import Events, Meant, Span
from leadline_compiler.batch.groups import starts_of
from leadline_compiler.batch.kind_order import Segment
from leadline_compiler.batch.rows import Rows
from leadline_compiler.batch.worth import Worth
from leadline_compiler.zones import DAY, Zone

_USUAL = 2**10 - 1


class OneEach:
    """Cases that have one event, 0, 1, 2 … days before as-of; the first case has none."""

    def __init__(self, most: int, as_of: int) -> None:
        whose = np.arange(1, most + 2)
        self._places = np.arange(most + 1)
        cells = np.zeros(most + 1, np.int64)
        self._events = Events(most + 2, whose, as_of - self._places * DAY, cells, Cells(), {})

    def meant(self, occurrence: int, spans: Sequence[Span]) -> Meant:
        return Meant(self._events, occurrence, spans, places=self._places)


class AgePoints:
    """The rules that go by the days since the newest event of an occurrence, or since the oldest."""

    def __init__(self, worth: Worth, cells: Cells, occurrence: int, as_of: int, zone: Zone, *, of_newest: bool) -> None:
        self._worth = worth
        self._cells = cells
        self._occurrence = occurrence
        self._as_of = as_of
        self._zone = zone
        self._nearest = np.minimum if of_newest else np.maximum
        self.without: Mapping[int, int] = {}
        """By word, what they give where there is no event."""
        self._found: Mapping[int, Whole] = {}
        self._reckon(_USUAL)

    def add(self, words: Sequence[Whole], segment: Segment, ages: Whole) -> None:
        """Adds the points of each contact to its words, beyond what none gives; `ages` are those of the segment's
        events in whole days."""
        meant = np.flatnonzero(self._cells.flags(self._occurrence)[segment.cells])
        if not len(meant):
            return
        whose = segment.whose[meant]
        starts = starts_of(whose)
        days = self._nearest.reduceat(ages[meant], starts)
        most, contacts = int(days.max()), whose[starts]
        if any(most >= len(packed) for packed in self._found.values()):
            self._reckon(2 * most)
        for word, packed in self._found.items():
            words[word][contacts] += packed[days]

    def _reckon(self, most: int) -> None:
        judged = self._worth.judge(Rows(most + 2, self._as_of, self._zone, {}, OneEach(most, self._as_of)))
        self.without = {word: int(packed[0]) for word, packed in judged.items()}
        self._found = {word: packed[1:] - packed[0] for word, packed in judged.items()}


def ages_of(at: Whole, as_of: int) -> Whole:
    """The ages of events in whole days."""
    ages: Whole = (as_of - at) // DAY
    return ages
