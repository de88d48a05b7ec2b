"""Sums of points side by side in one whole number, so that adding up a contact is adding numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from leadline_compiler.numbers import LARGEST
from leadline_compiler.plan import plan as p

_NARROW = 8
_WIDE = 32
"""Bytes of a lane. A wide one holds the sums of any rules that can be written."""
_SPARE = 10
"""Bits of a lane above the one that it stands at when it is empty, so that a few lanes can be added up."""
_MANY_EVENTS = 2**24


class Lanes:
    """A lane for what each score gets outside of bounded groups, one for each bounded group, one that counts fields.

    Points may be below zero, so every lane of points stands at `rest` when it is empty. The lanes of a score stand
    next to each other.
    """

    def __init__(self, plan: p.Plan) -> None:
        self._lane_of_group = [0] * len(plan.groups)
        limits: list[tuple[int | None, int | None]] = []
        spans: list[tuple[int, int]] = []
        for score in range(len(plan.scores)):
            start = len(limits)
            limits.append((None, None))
            for index, group in enumerate(plan.groups):
                if group.score == score:
                    is_bounded = group.low is not None or group.high is not None
                    self._lane_of_group[index] = len(limits) if is_bounded else start
                    limits += [(group.low, group.high)] * is_bounded
            spans.append((start, len(limits)))
        self._groups = [rule.group for rule in plan.rules]
        narrow_rest = 1 << (8 * _NARROW - _SPARE)
        width = _NARROW if sum(map(_farthest, plan.rules)) + _farthest_bound(plan) < narrow_rest else _WIDE
        self._bits = 8 * width
        self.bits = 8 * width * (len(limits) + 1)
        """How many bits all lanes have."""
        self._rest = 1 << (self._bits - _SPARE)
        self._size = (len(limits) + 1) * width
        self._unpack = struct.Struct(f"<{len(limits) + 1}Q").unpack if width == _NARROW else self._unpack_wide
        self._mask = (1 << self.bits) - 1
        self._ranges = [(slice(start, end), (end - start) * self._rest) for start, end in spans]
        self.empty = self._of_lanes([self._rest] * len(limits))
        self.known = 1 << (self._bits * len(limits))
        """One known field."""
        self._set_limits(limits)

    def worth(self, rule: int, points: int) -> int:
        """A rule's points in the lane of its group."""
        return points << (self._bits * self._lane_of_group[self._groups[rule]])

    def split(self, packed: int) -> tuple[list[int], int]:
        """The points of each score, its groups within their bounds, and the number of known fields.

        Whatever stands above the lanes is passed over.
        """
        packed &= self._mask
        if self._is_bounded:
            packed = self._clamp(packed)
        values = self._unpack(packed.to_bytes(self._size, "little"))
        scores = []
        for lanes, lifted in self._ranges:
            scores.append(sum(values[lanes]) - lifted)
        return scores, values[-1]

    def _set_limits(self, limits: Sequence[tuple[int | None, int | None]]) -> None:
        first, last, rest = 0, (1 << (self._bits - 1)) - 1, self._rest
        lows = [first if low is None else low + rest for low, _ in limits]
        highs = [last if high is None else high + rest for _, high in limits]
        self._is_bounded = any(limit != (None, None) for limit in limits)
        self._top = self._of_lanes([last + 1] * len(limits))
        self._highs, self._lows = self._of_lanes(highs), self._of_lanes(lows)
        self._above = self._of_lanes([last - high for high in highs])
        self._from = self._of_lanes([last + 1 - low for low in lows])

    def _clamp(self, packed: int) -> int:
        """Every lane within its limits: a lane beyond them carries into its top bit, or does not reach it."""
        top = self._top
        over = (packed + self._above) & top
        if over:
            packed ^= (packed ^ self._highs) & ((over << 1) - (over >> (self._bits - 1)))
        under = (packed + self._from) & top ^ top
        if under:
            packed ^= (packed ^ self._lows) & ((under << 1) - (under >> (self._bits - 1)))
        return packed

    def _of_lanes(self, values: Sequence[int]) -> int:
        return sum([value << (self._bits * lane) for lane, value in enumerate(values)])

    def _unpack_wide(self, packed: bytes) -> tuple[int, ...]:
        return tuple(int.from_bytes(packed[start : start + _WIDE], "little") for start in range(0, len(packed), _WIDE))


def _farthest(rule: p.PlanRule) -> int:
    """The most thousandths, up or down, that a rule can be worth."""
    match rule.body:
        case p.WhenBody():
            return abs(rule.points)
        case p.TableBody(_, rows):
            return max((abs(row.points) for row in rows), default=0)
        case p.EveryBody(step, _, up_to):
            return abs(rule.points) * (LARGEST // step + 1) if up_to is None else up_to
        case p.EachBody(up_to=up_to):
            return abs(rule.points) * _MANY_EVENTS if up_to is None else up_to


def _farthest_bound(plan: p.Plan) -> int:
    bounds = [bound for group in plan.groups for bound in (group.low, group.high) if bound is not None]
    return max(map(abs, bounds), default=0)
