"""Rules that count only the newest few events of each day, or of each value of a property."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.iso import HEAD
from leadline_compiler.scorer.outcomes import Outcome, bound
from leadline_compiler.scorer.tallies import FULL, LaneLimits

_MOST_REMEMBERED = 20_000
_GROUP = 8
"""Lanes that are looked through together."""


class Keyed(NamedTuple):
    """A rule with one limit, by `property` or, where that is None, by the day. `place` is its place among its like.

    Only those that are `even` count all events alike: they have no decay, and a limit that fits into a lane.
    """

    place: int
    property: str | None
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
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
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
        left = left_after(self._points, self._decay, steps)
        if len(self) < _MOST_REMEMBERED:
            self[steps] = left
        return left


_ByKey: TypeAlias = dict[Hashable, list[int]]
_Ages: TypeAlias = dict[int, dict[Hashable, list[timedelta]]]


class KeyedRules:
    """All rules with one limit by day or value. The even ones have a lane each."""

    def __init__(self, even: Sequence[TimesTable], limits: Sequence[int], uneven: Sequence[UnevenRule]) -> None:
        self._even = even
        self._limits = LaneLimits(limits)
        self._uneven = uneven
        self._size = -(-len(even) // _GROUP) * _GROUP
        self.is_needed = bool(even or uneven)

    def find(self, gathered: Gathered) -> list[Outcome]:
        """What the rules are worth for the events of a contact."""
        by_key, ages = self._sort(gathered)
        found: list[Outcome] = []
        if by_key:
            total = self._limits.sum
            counted = [numbers[0] if len(numbers) == 1 else total(numbers) for numbers in by_key.values()]
            found += self._outcomes(counted, len(gathered.noted))
        if ages:
            found += [self._uneven[place].find(under.values()) for place, under in ages.items()]
        return found

    def _sort(self, gathered: Gathered) -> tuple[_ByKey, _Ages]:
        """The events by key: their lanes for the even rules; their ages for each of the others."""
        hours = gathered.local_days.hours
        by_key: _ByKey = {}
        ages: _Ages = {}
        for item in gathered.noted:
            notes, age, raw, form, time = item
            for name, lanes, uneven in notes[1]:
                key: Hashable = None
                if name is not None:
                    try:
                        place, memory = form.limits[name]
                        key = memory[raw[place]]
                    except (KeyError, TypeError):
                        key = form.key(raw, name)
                elif time is not None:
                    key = hours.get(time[:HEAD])
                if key is None:
                    key = gathered.day(item)
                if lanes:
                    found = by_key.get(key)
                    if found is None:
                        by_key[key] = [lanes]
                    else:
                        found.append(lanes)
                for rule in uneven:
                    ages.setdefault(rule, {}).setdefault(key, []).append(age)
        return by_key, ages

    def _outcomes(self, counted: Sequence[int], events: int) -> list[Outcome]:
        """What the even rules are worth, by how often they counted under each key."""
        size = self._size
        if events > FULL:
            sums = map(sum, zip(*(number.to_bytes(size, "little") for number in counted), strict=True))
            return [table[count] for table, count in zip(self._even, sums, strict=False) if count]
        total = sum(counted).to_bytes(size, "little")
        found: list[Outcome] = []
        for group, lanes in enumerate(memoryview(total).cast("Q")):
            if lanes:
                tables, counts = self._even[_GROUP * group : _GROUP * (group + 1)], total[_GROUP * group :]
                found += [table[count] for table, count in zip(tables, counts, strict=False) if count]
        return found
