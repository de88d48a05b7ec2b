"""Rules that count only the newest few events of each day, or of each value of a property."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeAlias

from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.outcomes import Outcome, bound
from leadline_compiler.scorer.tallies import clamp_lanes


class Keyed(NamedTuple):
    """A rule with one limit, by `property` or, where that is None, by the day. `place` is its place among its like.

    Only those that are `even` count all events alike: they have no decay, and a limit that fits into a lane.
    """

    place: int
    property: str | None
    times: int
    is_even: bool


class TimesTable(dict[int, Outcome]):
    """What a rule without a decay is worth that counted so often."""

    __slots__ = ("_frame", "_rule")

    def __init__(self, frame: Frame, rule: int) -> None:
        super().__init__()
        self._frame = frame
        self._rule = rule

    def __missing__(self, times: int) -> Outcome:
        rule = self._frame.plan.rules[self._rule]
        assert isinstance(rule.body, p.EachBody)
        entry = self._rule, bound(rule.points * times, rule.body.up_to), times
        outcome = self[times] = self._frame.pack([entry]), (entry,), (), 0, 0
        return outcome


class UnevenRule:
    """A rule for which it matters how old the events are."""

    def __init__(self, frame: Frame, index: int) -> None:
        rule = frame.plan.rules[index]
        assert isinstance(rule.body, p.EachBody)
        decay = rule.body.decay
        self._frame = frame
        self._index = index
        self._times = rule.body.times[0].times
        self._up_to = rule.body.up_to
        self._points = rule.points
        self._left = None if decay is None else Left(rule.points, decay)
        self._step = timedelta(microseconds=decay.step) if decay is not None else timedelta(0)

    def find(self, ages: Iterable[Sequence[timedelta]]) -> Outcome:
        """What events of these ages, key by key, are worth; which of those of one instant count does not matter."""
        counted = [age for under_key in ages for age in sorted(under_key)[: self._times]]
        if self._left is None:
            points = self._points * len(counted)
        else:
            points = sum([self._left[age // self._step] for age in counted])
        entry = self._index, bound(points, self._up_to), len(counted)
        return self._frame.pack([entry]), (entry,), (), 0, 0


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


Crowd: TypeAlias = Sequence[tuple[int, int]]
"""The events under one key, as lanes of the rules that count one of them and of those that count more."""


class KeyedRules:
    """All rules with one limit by day or value. `limits` are those of the lanes of the even ones."""

    def __init__(self, limits: Sequence[int], uneven: Sequence[UnevenRule], *, is_needed: bool) -> None:
        self._limits = limits
        self._uneven = uneven
        self.is_needed = is_needed

    def find(self, gathered: Gathered) -> tuple[Sequence[Crowd], list[Outcome]]:
        """For every key under which several events stand their lanes; and what the uneven rules are worth."""
        day = gathered.day
        lanes: dict[Hashable, list[tuple[int, int]]] = {}
        ages: dict[int, dict[Hashable, list[timedelta]]] = {}
        for item in gathered.noted:
            for name, even, uneven in item[0][1]:
                key: Hashable = day(item) if name is None else (name, item[3].key(item[2], name))
                if even is not None:
                    found = lanes.get(key)
                    if found is None:
                        lanes[key] = [even]
                    else:
                        found.append(even)
                for place in uneven:
                    ages.setdefault(place, {}).setdefault(key, []).append(item[1])
        outcomes = [self._uneven[place].find(by_key.values()) for place, by_key in ages.items()] if ages else []
        return [found for found in lanes.values() if len(found) > 1], outcomes

    def excess(self, lanes: Crowd) -> int:
        """What the events under one key count for too much, if each of them is counted."""
        once, more = [one for one, _ in lanes], [other for _, other in lanes if other]
        return sum(once) - reduce(or_, once) + (sum(more) - clamp_lanes(more, self._limits) if len(more) > 1 else 0)

    def excess_of_many(self, lanes: Crowd) -> list[int]:
        """The same for more events than lanes can hold, lane by lane."""
        size = len(self._limits)
        excess = [0] * size
        for numbers, limits in ([one for one, _ in lanes], [1] * size), ([other for _, other in lanes], self._limits):
            counts = map(sum, zip(*(number.to_bytes(size, "little") for number in numbers), strict=True))
            for place, (count, limit) in enumerate(zip(counts, limits, strict=True)):
                excess[place] += max(0, count - limit)
        return excess
