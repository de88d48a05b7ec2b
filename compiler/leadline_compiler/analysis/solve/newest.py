"""The latest and the earliest value of a property: of which column the event is that is taken.

Of the events of a set one is taken, and none lies in a newer stretch of time (for the earliest: in an older one). In
which order events of one stretch come is left open. Events of one instant count by their values, so that properties
may be taken from unlike events; each property has its own answer.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from leadline_compiler.analysis.amounts import DATES, NUMBERS
from leadline_compiler.analysis.sets import Choices, Constraint, Ranges, Texts
from leadline_compiler.analysis.solve.building import ZERO, Builder, Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.places import stretches_of
from leadline_compiler.analysis.solve.ranks import RankSpan, rank_span
from leadline_compiler.analysis.space import EventSet, Scope, Space
from leadline_compiler.analysis.spans import common
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.conditions import MeasureAmount
from leadline_compiler.schema import Kind


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """The event that the latest (or the earliest) of `events` is taken from lies in `wanted`; `missing`: or there is
    none."""

    events: EventSet
    wanted: EventSet
    property: str
    latest: bool
    missing: bool


def taken_test(amount: MeasureAmount, constraint: Constraint, scope: Scope) -> TakenFrom | None:
    """What it means that the latest or the earliest value is as a constraint says."""
    events = events_of(amount.occurrence, scope)
    match constraint:
        case Ranges(spans, missing):
            domain = DATES if amount.type.kind is Kind.DATE else NUMBERS
            constraint = Ranges(common(spans, (domain,)), missing, domain)
        case Choices(mask):
            missing = bool(mask & 1)
        case Texts(yes):
            missing = not yes
        case _:
            return None
    wanted = events._replace(known=(amount.property, constraint))
    return TakenFrom(events, wanted, amount.property, amount.kind == "latest", missing)


class _Asked(NamedTuple):
    """A set by its number, the property that is taken of it, and whether of its latest event."""

    number: int
    property: str
    latest: bool


class Newest:
    """Which columns are taken from."""

    def __init__(self, builder: Builder, histories: Histories) -> None:
        self._builder = builder
        self._histories = histories
        self._taken: dict[_Asked, dict[int, Literal]] = {}
        self._apart: dict[tuple[_Asked, _Asked], Literal] = {}

    def literal(self, test: TakenFrom, number: int, wanted: int, space: Space) -> Literal:
        """Whether a test holds; the sets are those of its events by number."""
        taken = self._from(_Asked(number, test.property, test.latest), space)
        columns = self._histories.columns
        found = self._builder.one_of([one for place, one in taken.items() if wanted in columns[place].members])
        if not test.missing:
            return found
        return self._builder.either((found, negation(self._histories.reaches(number, 1))))

    def _from(self, asked: _Asked, space: Space) -> dict[int, Literal]:
        """For each column of a set, by its place, whether the event that is taken lies in it."""
        if asked not in self._taken:
            made = self._make(asked.number, asked.latest)
            for other, taken in self._taken.items():
                if other.latest is asked.latest and other.property == asked.property:
                    self._tie(made, taken)
                elif other.latest is asked.latest:
                    self._compare((asked.property, made), (other.property, taken), space)
            self._taken[asked] = made
        return self._taken[asked]

    def _make(self, number: int, latest: bool) -> dict[int, Literal]:
        builder, columns = self._builder, self._histories.columns
        stretches = stretches_of(columns, number)
        taken: dict[int, Literal] = {}
        nearer = ZERO
        for _, places in reversed(stretches) if latest else stretches:
            for place in places:
                taken[place] = flag = builder.flag()
                builder.implies(flag, builder.at_least(columns[place].times, 1))
                builder.implies(flag, negation(builder.at_least(nearer, 1)))
            nearer = nearer.plus(self._histories.count_of(places))
        some = self._histories.reaches(number, 1)
        if some is False:
            return {}
        builder.model.add_exactly_one([*taken.values(), negation(some)])
        return taken

    def _tie(self, one: dict[int, Literal], other: dict[int, Literal]) -> None:
        """Of two sets the same is taken where what is taken of each lies in both: at the same instant, the largest."""
        if set(one) > set(other):
            one, other = other, one
        shared = set(one) & set(other)
        elsewhere = self._outside(one, shared)
        for place in shared:
            self._builder.require((one[place], elsewhere), negation(other[place]))

    def _compare(
        self, one: tuple[str, dict[int, Literal]], other: tuple[str, dict[int, Literal]], space: Space
    ) -> None:
        """Of two properties that are taken from events of both sets, and so of one instant, each is the largest there:
        neither event has more of what is taken from the other."""
        (name, taken), (its, from_) = one, other
        columns, kinds = self._histories.columns, dict[tuple[RankSpan, RankSpan], list[int]]()
        for place in set(taken) & set(from_):
            spans = rank_span(columns[place], name, space), rank_span(columns[place], its, space)
            kinds.setdefault(spans, []).append(place)
        for (mine, second), places in kinds.items():
            barred = [
                place
                for (first, theirs), others in kinds.items()
                if first.low > mine.high or second.low > theirs.high
                for place in others
            ]
            if barred:
                flags = [*(taken[place] for place in places), *(from_[place] for place in barred)]
                self._builder.model.add_at_most_one(flags)

    def _outside(self, taken: dict[int, Literal], shared: Container[int]) -> Literal:
        """Whether what is taken lies in none of some columns."""
        return self._builder.one_of([flag for place, flag in taken.items() if place not in shared])

    def ties(self) -> Linear:
        """How many pairs of properties are taken from two events of one instant, which count by their values.

        It is no less; where it is not kept small it may be more.
        """
        for (one, first), (other, second) in combinations(self._taken.items(), 2):
            if one.property != other.property and one.latest is other.latest and (one, other) not in self._apart:
                self._apart[one, other] = self._is_tied(first, second)
        return total_of(self._builder.worth(flag, 1) for flag in self._apart.values())

    def _is_tied(self, one: dict[int, Literal], other: dict[int, Literal]) -> Literal:
        shared = set(one) & set(other)
        if not shared:
            return False
        flag, elsewhere = self._builder.flag(), self._outside(other, shared)
        for place in shared:
            self._builder.require((other[place], elsewhere, flag), negation(one[place]))
        return flag
