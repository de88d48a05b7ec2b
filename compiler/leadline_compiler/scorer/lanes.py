"""Sums of points side by side in one whole number, so that adding up a contact is adding numbers."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from leadline_compiler.numbers import LARGEST
from leadline_compiler.plan import plan as p

_NARROW = 8
_WIDE = 32
"""Bytes of a lane. A wide one holds the sums of any rules that can be written."""
_MANY_EVENTS = 2**24


class Lanes:
    """A lane for what each score gets outside of bounded groups, one for each bounded group, one that counts fields.

    Points may be below zero, so every lane of points stands at `rest` when it is empty.
    """

    def __init__(self, plan: p.Plan) -> None:
        self._lane_of_group: list[int] = []
        self.bounded: list[tuple[int, int, int | None, int | None]] = []
        """Lane, score, low and high of each group with bounds."""
        lanes = len(plan.scores)
        for group in plan.groups:
            if group.low is None and group.high is None:
                self._lane_of_group.append(group.score)
            else:
                self._lane_of_group.append(lanes)
                self.bounded.append((lanes, group.score, group.low, group.high))
                lanes += 1
        width = _NARROW if sum(map(_farthest, plan.rules)) < 2**61 else _WIDE
        self._size = (lanes + 1) * width
        self._bits = 8 * width
        self._unpack = struct.Struct(f"<{lanes + 1}Q").unpack if width == _NARROW else self._unpack_wide
        self.rest = 1 << (self._bits - 2)
        self.empty = sum(self.rest << (self._bits * lane) for lane in range(lanes))
        self.known = 1 << (self._bits * lanes)
        """One known field."""
        self._groups = [rule.group for rule in plan.rules]

    def worth(self, rule: int, points: int) -> int:
        """A rule's points in the lane of its group."""
        return points << (self._bits * self._lane_of_group[self._groups[rule]])

    def split(self, packed: int) -> Sequence[int]:
        """The lanes, those of points lifted by `rest`; the last one counts the known fields."""
        return self._unpack(packed.to_bytes(self._size, "little"))

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
