"""Rules that count only the newest few events of each day, or of each value of a property."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from typing import TypeAlias

from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import WORTHLESS, Frame, Outcome
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.outcomes import bound
from leadline_compiler.scorer.tallies import LANE_BITS, Tallies

_MOST_REMEMBERED = 20_000


class TimesFeature:
    """What a rule without a decay is worth, by how often it counted. Its limit holds for each key by itself."""

    def __init__(self, frame: Frame, rule: int, limit: int) -> None:
        self.limits = (limit,)
        self.quiet = WORTHLESS
        self._frame = frame
        self._rule = rule

    def outcome(self, counts: Sequence[int]) -> Outcome:
        """What the rule is worth that counted so often."""
        rule = self._frame.plan.rules[self._rule]
        assert isinstance(rule.body, p.EachBody)
        entry = self._rule, bound(rule.points * counts[0], rule.body.up_to), counts[0]
        return self._frame.pack([entry]), (entry,)


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
        return self._frame.pack([entry]), (entry,)


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


ByKey: TypeAlias = tuple[dict[Hashable, int], list[tuple[Hashable, int]]]
"""The lanes of the even rules that count events, by what these rules are limited by: those of the first event for each,
and those of all further ones."""


class KeyedRules:
    """All rules with one limit by day or value. The even ones have a lane each, those of `tallies`."""

    def __init__(self, tallies: Tallies, even: Sequence[TimesFeature], uneven: Sequence[UnevenRule]) -> None:
        self.tallies = tallies
        self._even = even
        self._uneven = uneven

    def count(self, by_key: ByKey) -> int:
        """How often the even rules counted, for no more than FULL events."""
        if by_key[1]:
            self._count_again(by_key)
        return sum(by_key[0].values())

    def find_many(self, by_key: ByKey) -> list[Outcome]:
        """What the even rules are worth that may have counted more often than a lane can hold."""
        size = self.tallies.bits // LANE_BITS
        self._count_again(by_key)
        counted = [number.to_bytes(size, "little") for number in by_key[0].values()]
        found = zip(self._even, self.tallies.places, strict=True)
        counts = list(map(sum, zip(*counted, strict=True)))
        return [rule.outcome([counts[place]]) for rule, place in found if counts[place]]

    def _count_again(self, by_key: ByKey) -> None:
        """Counts the further events by what the even rules are limited by, within their limits, with the first ones."""
        counted, again = by_key
        together: dict[Hashable, list[int]] = {}
        for key, lanes in again:
            together.setdefault(key, [counted[key]]).append(lanes)
        for key, numbers in together.items():
            counted[key] = self.tallies.limits.sum(numbers)

    def find_uneven(self, gathered: Gathered) -> list[Outcome]:
        """What the others are worth for the events of a contact."""
        ages: dict[int, dict[Hashable, list[timedelta]]] = {}
        for item in gathered.noted:
            for name, rules in item[0][1]:
                key: Hashable = gathered.day(item) if name is None else item[3].key(item[2], name)
                for rule in rules:
                    ages.setdefault(rule, {}).setdefault(key, []).append(gathered.age(item))
        return [self._uneven[place].find(under.values()) for place, under in ages.items()]
