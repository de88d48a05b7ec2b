"""The latest and the earliest value of a property: of which column the event is that is taken.

Of the events of a set one is taken, and none lies in a newer stretch of time (for the earliest: in an older one). In
which order events of one stretch come is left open. Events of one instant count by their values, so that properties
may be taken from unlike events; each property has its own answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadline_compiler.analysis.amounts import DATES, NUMBERS
from leadline_compiler.analysis.sets import Choices, Constraint, Ranges, Texts
from leadline_compiler.analysis.solve.building import ZERO, Builder, Literal, negation
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.places import stretches_of
from leadline_compiler.analysis.space import EventSet, Scope
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


class Newest:
    """Which columns are taken from. `number_of` is that of a set that was wanted."""

    def __init__(self, builder: Builder, histories: Histories) -> None:
        self._builder = builder
        self._histories = histories
        self._taken: dict[tuple[int, str, bool], dict[int, Literal]] = {}

    def literal(self, test: TakenFrom, number: int, wanted: int) -> Literal:
        """Whether a test holds; the sets are those of its events by number."""
        taken = self._from(number, test.property, test.latest)
        columns = self._histories.columns
        found = self._builder.one_of([one for place, one in taken.items() if wanted in columns[place].members])
        if not test.missing:
            return found
        return self._builder.either((found, negation(self._histories.reaches(number, 1))))

    def _from(self, number: int, name: str, latest: bool) -> dict[int, Literal]:
        """For each column of a set, by its place, whether the event that is taken lies in it."""
        key = number, name, latest
        if key not in self._taken:
            self._taken[key] = made = self._make(number, latest)
            for (other, its, way), taken in self._taken.items():
                if its == name and way is latest and other != number:
                    self._tie(made, taken)
                    self._tie(taken, made)
        return self._taken[key]

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

    def _tie(self, smaller: dict[int, Literal], larger: dict[int, Literal]) -> None:
        """What is taken out of a set is taken out of every smaller set that has it."""
        if set(smaller) < set(larger):
            for place, one in smaller.items():
                self._builder.implies(larger[place], one)
