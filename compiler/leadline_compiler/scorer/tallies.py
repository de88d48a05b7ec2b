"""How often each counted occurrence occurred, side by side in one number, and what that changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leadline_compiler.scorer.outcomes import Outcome, join_outcomes

_LANES = 8
"""Counts that are looked up together."""
LANE_BITS = 8
_CHUNK = 1 << (_LANES * LANE_BITS)
MOST = 255
"""What a lane can count."""
_MOST_REMEMBERED = 5000


class Tallies:
    """Tables by how often something counted. Neighbours should be such as tend to occur together."""

    def __init__(self, tables: Sequence[Mapping[int, Outcome]]) -> None:
        self._tables = tables
        self._size = -(-len(tables) // _LANES) * _LANES
        self.bits = LANE_BITS * self._size
        """How many bits all lanes have, those included that nothing is in."""
        self.mask = (1 << self.bits) - 1
        self._found: list[dict[int, Outcome]] = [{} for _ in range(0, self._size, _LANES)]

    def find(self, packed: int) -> list[Outcome]:
        """What the sum of some lanes changes, none of which is more than a lane can count."""
        if packed < _CHUNK:
            return [self._found[0].get(packed) or self._remember(self._found[0], packed)]
        lanes = memoryview(packed.to_bytes(self._size, "little")).cast("Q")
        chunks = zip(self._found, lanes, strict=True)
        return [found.get(chunk) or self._remember(found, chunk) for found, chunk in chunks if chunk]

    def find_many(self, counted: Iterable[int], excess: Iterable[Sequence[int]]) -> list[Outcome]:
        """What the sum of some numbers changes whose lanes may be too much together, less some lanes as they are."""
        totals = [sum(lane) for lane in zip(*(self._lanes_of(number) for number in counted), strict=True)]
        for lanes in excess:
            for place, less in enumerate(lanes):
                totals[place] -= less
        return [table[total] for table, total in zip(self._tables, totals, strict=False) if total]

    def _lanes_of(self, number: int) -> bytes:
        return (number & self.mask).to_bytes(self._size, "little")

    def _remember(self, found: dict[int, Outcome], chunk: int) -> Outcome:
        start = next(place for place, other in enumerate(self._found) if other is found) * _LANES
        counts = enumerate(chunk.to_bytes(_LANES, "little"), start)
        if len(found) >= _MOST_REMEMBERED:
            found.clear()
        outcome = found[chunk] = join_outcomes([self._tables[number][count] for number, count in counts if count])
        return outcome


def clamp_lanes(counted: Sequence[int], limits: Sequence[int]) -> int:
    """The sums of some lanes, each no larger than its limit."""
    lanes = zip(*(number.to_bytes(len(limits), "little") for number in counted), strict=True)
    return int.from_bytes(bytes(map(min, map(sum, lanes), limits)), "little")


def lane_of(number: int) -> int:
    """One event of the occurrence with this number."""
    return 1 << (LANE_BITS * number)
