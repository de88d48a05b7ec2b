"""Rules that count only the newest few events of each day, or of each value of a property."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import NamedTuple

from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.outcomes import Outcome, bound
from leadline_compiler.scorer.sums import Left, Sum, sum_of
from leadline_compiler.scorer.tallies import MOST, Tallies, clamp_lanes


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
        outcome = self[times] = self._frame.pack([entry]), (entry,), (), 0, ()
        return outcome


class UnevenRule:
    """A rule for which it matters how old the events are. `number` is that of its table of sums."""

    def __init__(self, frame: Frame, index: int, number: int) -> None:
        rule = frame.plan.rules[index]
        assert isinstance(rule.body, p.EachBody)
        decay = rule.body.decay
        self.number = number
        self._times = rule.body.times[0].times
        self._points = rule.points
        self._left = None if decay is None else Left(rule.points, decay)
        self._step = timedelta(microseconds=decay.step) if decay is not None else timedelta(0)

    def sum(self, ages: Sequence[timedelta]) -> Sum:
        """What events under one key add; of those of one instant it does not matter which count."""
        counted = sorted(ages)[: self._times]
        if self._left is None:
            return sum_of(self._points * len(counted), len(counted))
        return sum_of(sum([self._left[age // self._step] for age in counted]), len(counted))


class KeyedRules:
    """All rules with one limit by day or value. `limits` are those of the even ones."""

    def __init__(self, tables: Sequence[TimesTable], limits: Sequence[int], uneven: Sequence[UnevenRule]) -> None:
        self._tallies = Tallies(tables)
        self._limits = limits
        self._uneven = uneven

    def find(self, gathered: Gathered, sums: dict[int, Sum]) -> list[Outcome]:
        """What the even rules are worth for a contact's events; what the others add goes to the sums."""
        once: dict[Hashable, int] = {}
        often: dict[Hashable, list[int]] = {}
        ages: dict[tuple[int, Hashable], list[timedelta]] = {}
        for item in gathered.noted:
            for name, ones, more, uneven in item[0][1]:
                key = (name, gathered.day(item) if name is None else item[3].key(item[2], name))
                if ones:
                    # Under one key an event counts once, however many there are.
                    once[key] = once.get(key, 0) | ones
                if more:
                    often.setdefault(key, []).append(more)
                for place in uneven:
                    ages.setdefault((place, key), []).append(item[1])
        for (place, _), found in ages.items():
            rule = self._uneven[place]
            sums[rule.number] = sums.get(rule.number, 0) + rule.sum(found)
        counted = [*once.values(), *map(self._clamped, often.values())]
        return self._tallies.find(counted, is_many=len(gathered.noted) > MOST) if counted else []

    def _clamped(self, lanes: list[int]) -> int:
        """How often the events under one key count."""
        return lanes[0] if len(lanes) == 1 else clamp_lanes(lanes, self._limits)
