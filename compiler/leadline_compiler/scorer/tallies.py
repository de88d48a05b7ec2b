"""How often each counted occurrence occurred, side by side in one number, and what that changes."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.scorer.outcomes import CountTable, Outcome, join_outcomes

_LANES = 8
"""Counts that are looked up together."""
_BITS = 8
_MOST = 255
_MOST_REMEMBERED = 30_000


class Tallies:
    """The tables of counts. Neighbours should be occurrences that tend to occur together."""

    def __init__(self, tables: Sequence[CountTable]) -> None:
        self._tables = tables
        self._size = -(-len(tables) // _LANES) * _LANES
        self._found: dict[tuple[int, int], Outcome] = {}

    def find(self, counted: Sequence[int]) -> list[Outcome]:
        """What events change, of each of which one number tells the occurrences that mean it, a lane each."""
        if len(counted) > _MOST:
            return self._find_many(counted)
        packed = sum(counted)
        if not packed:
            return []
        lanes = memoryview(packed.to_bytes(self._size, "little")).cast("Q")
        found = self._found
        return [found.get(place) or self._remember(place) for place in enumerate(lanes) if place[1]]

    def _find_many(self, counted: Sequence[int]) -> list[Outcome]:
        """The same for more events than a lane can count."""
        parts = [counted[start : start + _MOST] for start in range(0, len(counted), _MOST)]
        lanes = zip(*(sum(part).to_bytes(self._size, "little") for part in parts), strict=True)
        totals = map(sum, lanes)
        return [table[total] for table, total in zip(self._tables, totals, strict=False) if total]

    def _remember(self, place: tuple[int, int]) -> Outcome:
        chunk, lanes = place
        counts = enumerate(lanes.to_bytes(_LANES, "little"), start=chunk * _LANES)
        if len(self._found) >= _MOST_REMEMBERED:
            self._found.clear()
        found = self._found[place] = join_outcomes([self._tables[number][count] for number, count in counts if count])
        return found


def lane_of(number: int) -> int:
    """One event of the occurrence with this number."""
    return 1 << (_BITS * number)
