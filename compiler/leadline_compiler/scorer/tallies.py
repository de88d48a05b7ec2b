"""How often each counted occurrence occurred, side by side in one number, and what that changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadline_compiler.scorer.outcomes import Outcome, join_outcomes

_LANES = 8
"""Counts that are looked up together."""
_BITS = 8
MOST = 255
"""What a lane can count."""
_MOST_REMEMBERED = 30_000


class Tallies:
    """Tables by how often something counted. Neighbours should be such as tend to occur together."""

    def __init__(self, tables: Sequence[Mapping[int, Outcome]]) -> None:
        self._tables = tables
        self._size = -(-len(tables) // _LANES) * _LANES
        self._found: dict[tuple[int, int], Outcome] = {}

    def find(self, counted: Sequence[int], *, is_many: bool = False) -> list[Outcome]:
        """What the sums of some lanes change. Where there are many, they may be more than a lane can count."""
        if is_many or len(counted) > MOST:
            return self._find_many(counted)
        packed = sum(counted)
        if not packed:
            return []
        lanes = memoryview(packed.to_bytes(self._size, "little")).cast("Q")
        found = self._found
        return [found.get(place) or self._remember(place) for place in enumerate(lanes) if place[1]]

    def _find_many(self, counted: Sequence[int]) -> list[Outcome]:
        """The same with each number taken apart."""
        totals = map(sum, zip(*(lanes.to_bytes(self._size, "little") for lanes in counted), strict=True))
        return [table[total] for table, total in zip(self._tables, totals, strict=False) if total]

    def _remember(self, place: tuple[int, int]) -> Outcome:
        chunk, lanes = place
        counts = enumerate(lanes.to_bytes(_LANES, "little"), start=chunk * _LANES)
        if len(self._found) >= _MOST_REMEMBERED:
            self._found.clear()
        found = self._found[place] = join_outcomes([self._tables[number][count] for number, count in counts if count])
        return found


def clamp_lanes(counted: Sequence[int], limits: Sequence[int]) -> int:
    """The sums of some lanes, each no larger than its limit."""
    lanes = zip(*(number.to_bytes(len(limits), "little") for number in counted), strict=True)
    return int.from_bytes(bytes(map(min, map(sum, lanes), limits)), "little")


def lane_of(number: int) -> int:
    """One event of the occurrence with this number."""
    return 1 << (_BITS * number)
