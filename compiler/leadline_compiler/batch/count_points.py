"""Points that go by how often one occurrence occurred: worked out once for each number of times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Whole
from leadline_compiler.batch.events import Events, Meant, Span
from leadline_compiler.batch.rows import Rows
from leadline_compiler.batch.worth import Worth
from leadline_compiler.zones import Zone

_USUAL = 2**8 - 1


class ManyTimes:
    """Cases in which every occurrence occurred 0, 1, 2 … times."""

    def __init__(self, most: int) -> None:
        self._counts: Whole = np.arange(most + 1, dtype=np.int64)
        none = np.zeros(0, np.int64)
        self._events = Events(most + 1, none, none, none, Cells(), {})

    def meant(self, occurrence: int, spans: Sequence[Span]) -> Meant:
        return Meant(self._events, occurrence, spans, self._counts)


class CountPoints:
    """The rules that go by how often one occurrence occurred."""

    def __init__(self, worth: Worth, as_of: int, zone: Zone) -> None:
        self._worth = worth
        self._as_of = as_of
        self._zone = zone
        self._found: dict[int, Whole] = {}
        self.without: dict[int, int] = {}
        """By word, what they give where it did not occur."""
        self._reckon(_USUAL)

    @property
    def words(self) -> tuple[int, ...]:
        """The words to which the rules add."""
        return tuple(self._worth.words)

    @property
    def matters_how_often(self) -> bool:
        """Whether more than once gives something else than once."""
        return any(bool((packed[1:] != packed[1]).any()) for packed in self._found.values())

    def by_count(self, most: int) -> Mapping[int, Whole]:
        """By word, what so many times give more than none."""
        if most >= len(next(iter(self._found.values()), ())):
            self._reckon(most)
        return self._found

    def _reckon(self, most: int) -> None:
        judged = self._worth.judge(Rows(most + 1, self._as_of, self._zone, {}, ManyTimes(most)))
        self.without = {word: int(packed[0]) for word, packed in judged.items()}
        self._found = {word: packed - packed[0] for word, packed in judged.items()}


class BitPoints:
    """What occurrences give of which only the first time matters, eight of them in one look-up."""

    def __init__(self, points: Sequence[CountPoints | None]) -> None:
        patterns = np.arange(2**8)[:, np.newaxis] >> np.arange(8) & 1
        self._tables: list[dict[int, Whole]] = []
        for start in range(0, len(points), 8):
            found: dict[int, Any] = {}
            for place, item in enumerate(points[start : start + 8]):
                for word, packed in ({} if item is None else item.by_count(1)).items():
                    found.setdefault(word, np.zeros(8, np.int64))[place] = packed[1]
            self._tables.append({word: patterns @ given for word, given in found.items()})

    def sums(self, bits: Any) -> dict[int, Whole]:
        """By word, what contacts get."""
        sums: dict[int, Whole] = {}
        for table, places in zip(self._tables, bits, strict=False):
            for word, packed in table.items():
                more = packed[places]
                sums[word] = sums[word] + more if word in sums else more
        return sums


def count_sums(points: Sequence[CountPoints | None], counts: Any, most: int) -> dict[int, Whole]:
    """By word, what contacts get for how often occurrences occurred, no more than `most` times."""
    sums: dict[int, Whole] = {}
    for item, times in zip(points, counts, strict=True):
        for word, packed in ({} if item is None else item.by_count(most)).items():
            more = packed[times]
            sums[word] = sums[word] + more if word in sums else more
    return sums
