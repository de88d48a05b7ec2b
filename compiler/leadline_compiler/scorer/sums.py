"""Rules whose points add up over events before a bound: sums and times are kept in one number each."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import TypeAlias

from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.gathered import Gathered
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


class KeyedRule:
    """A rule that counts the newest few events of each day or of each value of a property."""

    def __init__(self, frame: Frame, index: int, number: int) -> None:
        rule = frame.plan.rules[index]
        assert isinstance(rule.body, p.EachBody)
        (limit,) = rule.body.times
        decay = rule.body.decay
        self.number = number
        """The number of its table of sums."""
        self.times = limit.times
        self.property = limit.property
        self.is_decaying = decay is not None
        self.unit = sum_of(rule.points, 1)
        """What an event adds, without a decay."""
        self._left = None if decay is None else Left(rule.points, decay)
        self._step = timedelta(microseconds=decay.step) if decay is not None else timedelta(0)

    def sum_left(self, ages: Sequence[timedelta]) -> Sum:
        """What events under one key add; of those of one instant it does not matter which count."""
        assert self._left is not None
        counted = sorted(ages)[: self.times] if len(ages) > 1 else ages
        return sum_of(sum([self._left[age // self._step] for age in counted]), len(counted))


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


def add_keyed(sums: dict[int, Sum], rules: Sequence[KeyedRule], gathered: Gathered) -> None:
    """Adds to the sums, by the numbers of their tables, what each key of each rule gives."""
    seen: dict[tuple[int, Hashable], int] = {}
    ages: dict[tuple[int, Hashable], list[timedelta]] = {}
    for item in gathered.noted:
        for name, even, decaying in item[0][1]:
            key = gathered.day(item) if name is None else item[3].key(item[2], name)
            for place in even:
                pair = place, key
                times = seen.get(pair, 0)
                rule = rules[place]
                if times < rule.times:
                    seen[pair] = times + 1
                    sums[rule.number] = sums.get(rule.number, 0) + rule.unit
            for place in decaying:
                ages.setdefault((place, key), []).append(item[1])
    for (place, _), found in ages.items():
        rule = rules[place]
        sums[rule.number] = sums.get(rule.number, 0) + rule.sum_left(found)
