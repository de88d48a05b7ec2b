"""Rules whose points add up over events before a bound: sums and times are kept in one number each."""

from __future__ import annotations

from typing import TypeAlias

from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.outcomes import Outcome, bound

_BITS = 32
_TIMES = (1 << _BITS) - 1
_MOST_REMEMBERED = 20_000

Sum: TypeAlias = int
"""Points in thousandths, moved up by 32 bits, and below them how often a rule counted. Sums add up."""


def sum_of(points: int, times: int) -> Sum:
    """The sum of events that are worth these points together."""
    return (points << _BITS) + times


class SumTable(dict[Sum, Outcome]):
    """What a sum of a rule is worth."""

    __slots__ = ("_frame", "_rule", "_up_to")

    def __init__(self, frame: Frame, rule: int, up_to: int | None) -> None:
        super().__init__()
        self._frame = frame
        self._rule = rule
        self._up_to = up_to

    def __missing__(self, found: Sum) -> Outcome:
        entry = self._rule, bound(found >> _BITS, self._up_to), found & _TIMES
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        outcome = self[found] = self._frame.pack([entry]), (entry,), (), 0, ()
        return outcome


class Left(dict[int, int]):
    """What is left of some points after so many steps of a decay."""

    __slots__ = ("_decay", "_points")

    def __init__(self, points: int, table: p.DecayTable) -> None:
        super().__init__()
        self._points = points
        self._decay = read_decay(table)

    def __missing__(self, steps: int) -> int:
        left = self[steps] = left_after(self._points, self._decay, steps)
        return left
