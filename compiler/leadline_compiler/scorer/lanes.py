"""Sums of points side by side in one whole number, so that adding up a contact is adding numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from leadline_compiler.numbers import LARGEST
from leadline_compiler.plan import plan as p

_WIDTHS = {4: "I", 8: "Q", 32: ""}
"""Bytes of a lane, and what unpacks it. The widest holds the sums of any rules that can be written."""
_SOME_EVENTS, _MANY_EVENTS = 2**10, 2**24
"""Lanes are as narrow as is enough for so many events, or, where there are more, for so many."""


class Lanes:
    """A lane for each bounded group, and one for what each score gets outside of these.

    Points may be below zero, so every lane stands at `rest` when it is empty. The lanes of a score stand next to each
    other.
    """

    def __init__(self, plan: p.Plan, *, holds_many: bool) -> None:
        self._lane_of_group = [0] * len(plan.groups)
        limits: list[tuple[int | None, int | None]] = []
        spans: list[tuple[int, int]] = []
        used = {rule.group for rule in plan.rules}
        for score in range(len(plan.scores)):
            start = len(limits)
            groups = [(index, group) for index, group in enumerate(plan.groups) if group.score == score]
            free = {index for index, group in groups if group.low is None and group.high is None}
            limits += [(None, None)] * bool(free & used)
            for index, group in groups:
                if index not in free:
                    self._lane_of_group[index] = len(limits)
                    limits.append((group.low, group.high))
                elif index in used:
                    self._lane_of_group[index] = start
            spans.append((start, len(limits)))
        self._groups = [rule.group for rule in plan.rules]
        width, self.most_events = self._fit(plan, len(limits), _MANY_EVENTS if holds_many else _SOME_EVENTS)
        self._bits = 8 * width
        self.bits = self._bits * len(limits)
        """How many bits all lanes have."""
        self.rest = _rest(width)
        self.size = len(limits) * width
        self.unpack = struct.Struct(f"<{len(limits)}{_WIDTHS[width]}").unpack if _WIDTHS[width] else _unpack_wide
        self.mask = (1 << self.bits) - 1
        self.spans = spans
        """The first lane of each score, and the one after its last."""
        self.empty = self._of_lanes([self.rest] * len(limits))
        self._set_limits(limits)

    def worth(self, rule: int, points: int) -> int:
        """A rule's points in the lane of its group."""
        return points << (self._bits * self._lane_of_group[self._groups[rule]])

    def clamp(self, packed: int, over: int, under: int) -> int:
        """Every lane within its limits; the top bits of those that are not tell which limit it is.

        They are those into which `above` carries, and those into which `below` does not.
        """
        packed ^= (packed ^ self._highs) & ((over << 1) - (over >> (self._bits - 1)))
        return packed ^ (packed ^ self._lows) & ((under << 1) - (under >> (self._bits - 1)))

    def _fit(self, plan: p.Plan, lanes: int, events: int) -> tuple[int, int]:
        """The bytes that a lane needs for so many events, and the most events for which these are enough."""
        fixed, by_event = [_farthest_bound(plan)] * max(lanes, 1), [1] * max(lanes, 1)
        lane_of_group = self._lane_of_group
        for rule in plan.rules:
            sums = by_event if type(rule.body) is p.EachBody else fixed
            sums[lane_of_group[rule.group]] += _farthest(rule)
        for width in _WIDTHS:
            most = min((_rest(width) - far) // each for far, each in zip(fixed, by_event, strict=True))
            if most > events:
                break
        return width, most

    def _set_limits(self, limits: Sequence[tuple[int | None, int | None]]) -> None:
        first, last, rest = 0, (1 << (self._bits - 1)) - 1, self.rest
        lows = [first if low is None else low + rest for low, _ in limits]
        highs = [last if high is None else high + rest for _, high in limits]
        self.is_bounded = any(limit != (None, None) for limit in limits)
        self.top = self._of_lanes([last + 1] * len(limits))
        self._highs, self._lows = self._of_lanes(highs), self._of_lanes(lows)
        self.above = self._of_lanes([last - high for high in highs])
        self.below = self._of_lanes([last + 1 - low for low in lows])

    def _of_lanes(self, values: Sequence[int]) -> int:
        return sum([value << (self._bits * lane) for lane, value in enumerate(values)])


def _rest(width: int) -> int:
    """Where a lane stands when it is empty: as far from its first number as from its top bit."""
    return 1 << (8 * width - 2)


def _unpack_wide(packed: bytes) -> tuple[int, ...]:
    wide = max(_WIDTHS)
    return tuple(int.from_bytes(packed[start : start + wide], "little") for start in range(0, len(packed), wide))


def _farthest(rule: p.PlanRule) -> int:
    """The most thousandths, up or down, that a rule can be worth; of one that goes by events, for each of them."""
    match rule.body:
        case p.WhenBody() | p.EachBody():
            return abs(rule.points)
        case p.TableBody(_, rows):
            return max((abs(row.points) for row in rows), default=0)
        case p.EveryBody(step, _, up_to):
            return abs(rule.points) * (LARGEST // step + 1) if up_to is None else up_to


def _farthest_bound(plan: p.Plan) -> int:
    bounds = [bound for group in plan.groups for bound in (group.low, group.high) if bound is not None]
    return max(map(abs, bounds), default=0)
