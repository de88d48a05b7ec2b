"""A solution of a constraint model, read as contacts with dated events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from leadline_compiler.analysis.events import Planned
from leadline_compiler.analysis.fits import fits
from leadline_compiler.analysis.sets import Constraint, Key, Ranges
from leadline_compiler.analysis.solve.building import Linear, negation
from leadline_compiler.analysis.solve.building import Literal as Flag
from leadline_compiler.analysis.solve.facts import constraint_of
from leadline_compiler.analysis.solve.mending import MOST_MENDED, Claims, Draft
from leadline_compiler.analysis.solve.reckoned import ends_in
from leadline_compiler.analysis.space import AT, Column, Space
from leadline_compiler.analysis.spans import common
from leadline_compiler.analysis.witness import NAME, contacts_around, events_of_plan, varied_events
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import LARGEST
from leadline_compiler.zones import DAY, EARLIEST

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.encoding import Encoding

_MOST_EVENTS = 4_000

Dating = Literal["old", "new", "wanted", "apart", "meeting", "daily", "at once", "alike", "varied", "varied apart"]
"""How the events of a column are dated: a day apart from the old or the new end of their time, on as many calendar
days as the limits per day want, on as many that are no days of other columns, all on the day that a column shares with
an older one, on as many days as there are, or all at one moment; `alike` are events with the same values, dated as new,
and `varied` are events that differ in whatever they can, each on a day of its own, or dated as those apart."""


DATINGS: Final[tuple[Dating, ...]] = get_args(Dating)
_BY_LIMITS: Final[tuple[Dating, ...]] = ("wanted", "apart", "varied apart")
_BY_DAYS: Final[tuple[Dating, ...]] = (*_BY_LIMITS, "meeting")
"""These say more than others only where days are counted."""


class Solution:
    """Values of all variables of a constraint model."""

    def __init__(self, encoding: Encoding, solver: Any) -> None:
        self._encoding = encoding
        self._solver = solver

    def holds(self, literal: Flag) -> bool:
        return literal if isinstance(literal, bool) else bool(self._solver.boolean_value(literal))

    def value(self, one: Linear) -> int:
        return one.constant + sum(weight * int(self._solver.value(variable)) for weight, variable in one.parts)

    def cube(self) -> dict[Key, Constraint]:
        """What the solution says of each attribute, but for those that are reckoned with."""
        cube = {
            key: constraint_of(fact, self.holds)
            for key, fact in self._encoding.facts.items()
            if key.kind == "field" or key in self._encoding.guessed
        }
        for field, value in self._encoding.reckoned_fields():
            known = cube[Key("field", field)]
            if isinstance(known, Ranges) and not known.missing:
                number = self.value(value)
                if common(known.spans, ((number, number),)):
                    cube[Key("field", field)] = Ranges(((number, number),), False, known.domain)
        return cube

    def unlike(self, counts: Iterable[Linear]) -> Flag:
        """Whether another solution differs from this one in a cell of a field, an answer, or one of the counts."""
        builder = self._encoding.builder
        same: list[Flag] = []
        for key, fact in self._encoding.facts.items():
            if key.kind == "field":
                same += [one if self.holds(one) else negation(one) for one in fact.all_literals]
        for count in counts:
            times = self.value(count)
            same += [builder.at_least(count, times), negation(builder.at_least(count, times + 1))]
        return builder.either(negation(one) for one in same)

    def plan(self) -> tuple[Planned, ...]:
        """How many events there are of each column."""
        counted = ((self.value(one.times), one.column) for one in self._encoding.histories.columns)
        return tuple(Planned(times, column) for times, column in counted if times)

    def contacts(self, side: int = 0) -> Iterator[Contact]:
        """Contacts that the solution describes, the likeliest first; more than one where it leaves something open."""
        space, cube = self._encoding.analyses[side].space, self.cube()
        if sum(planned.times for planned in self.plan()) > _MOST_EVENTS:
            return

        def dated(dating: Dating) -> Iterator[Contact]:
            yield from contacts_around(space, cube, self.events(space, dating))

        yield from _in_turn([dated(dating) for dating in self._datings()])

    def events(self, space: Space, dating: Dating) -> tuple[Event, ...]:
        """The events of the solution."""
        return tuple(event for event, _ in self._placed(space, dating))

    def drafts(self, side: int = 0) -> Iterator[Draft]:
        """The same contacts in parts that can be changed."""
        space, cube = self._encoding.analyses[side].space, self.cube()
        if sum(planned.times for planned in self.plan()) > MOST_MENDED:
            return
        values = next(contacts_around(space, cube, ())).values
        for dating in self._datings():
            yield Draft(values, self._placed(space, dating), cube, lambda values, events: Contact(NAME, values, events))

    def _datings(self) -> list[Dating]:
        counts_days = any(True for side in self._encoding.places.values() for _ in side.days_wanted())
        return [dating for dating in DATINGS if counts_days or dating not in _BY_DAYS]

    def claims(self, side: int = 0) -> Claims:
        """What the solution says of the rules, exits and stages of a side."""
        mine = self._encoding.sides[side]
        points = (self.value(mine.sums.rules[id(rule)]) for rule in mine.analysis.model.rules)
        return Claims(tuple(points), tuple(map(self.holds, mine.given.exits)), tuple(map(self.holds, mine.given.met)))

    def _placed(self, space: Space, dating: Dating) -> tuple[tuple[Event, Column], ...]:
        """The events of the solution, with the columns that they are of."""
        wanted = [
            Wanted(place, Planned(times, one.column), self._totals(place, times))
            for place, one in enumerate(self._encoding.histories.columns)
            if one.column.type in space.events and (times := self.value(one.times))
        ]
        if dating in ("varied", "varied apart"):
            # What has few values to choose from chooses first.
            wanted.sort(key=lambda one: len(one.planned.column.cubes))
        return tuple(self.make(space, dating, wanted))

    def _totals(self, place: int, times: int) -> list[tuple[str, int]]:
        """What properties of so many events of a column add up to."""
        totals = {name: self.value(total) for name, total in self._encoding.reckoned_totals(place)}
        return list({**totals, **self.totals_beyond(place, times)}.items())

    def totals_beyond(self, place: int, times: int) -> dict[str, int]:
        """What properties of so many events of a column add up to where their sum has to be missing: more than an
        amount may be."""
        column = self._encoding.histories.columns[place].column
        ends = {name: ends_in(column, name) for name, one in self._encoding.beyond(place) if self.holds(one)}
        return {
            name: times * (min(high, LARGEST) if high >= -low else max(low, -LARGEST))
            for name, (low, high) in ends.items()
        }

    def make(self, space: Space, dating: Dating, several: Iterable[Wanted]) -> Iterator[tuple[Event, Column]]:
        """The events that are wanted of some columns, each with the column that it is of."""
        days, used, made = self.days(space, dating), Counter[tuple[str, Value]](), 0
        wanted = list(several)
        last_days = {space.schema.zone.day(_newest_span(one.planned.column)[1]) for one in wanted}
        for place, planned, totals in wanted:
            found = make_events(space, planned, totals, dating, Among(made, used, days.get(place), last_days))
            made += len(found)
            yield from ((event, planned.column) for event in found)

    def days(self, space: Space, dating: Dating) -> dict[int, tuple[int, ...]]:
        """For columns whose events fall on a known number of days the day of each event, counted from the newest of the
        column on.

        Nothing for a dating that does not ask for them. The events of several columns share the days of their stretch.
        """
        if dating not in _BY_LIMITS:
            return {}
        wanted = [one for side in self._encoding.places.values() for one in side.days_wanted()]
        columns = self._encoding.histories.columns
        if dating != "wanted":
            # What has few days to choose from chooses first, and of those the newest, since it takes its newest days.
            wanted.sort(key=lambda one: _few_and_new(_newest_span(columns[one[0][0]].column)))
        found: dict[int, tuple[int, ...]] = {}
        taken = set[date]()
        for places, times, kept in wanted:
            left = _filled_days(self.value(kept), times)
            last = left[-1:]
            for place in places:
                mine = left[: self.value(columns[place].times)]
                if place not in found and dating == "wanted":
                    found[place] = mine or last or (0,)
                elif place not in found:
                    days = _filled_days(len(mine), times)
                    free = _free_days(_newest_span(columns[place].column), len(set(days)), taken, space)
                    found[place] = tuple(free[day] for day in days if day < len(free)) or free
                left = left[len(mine) :]
        return found


def _filled_days(number: int, times: int) -> tuple[int, ...]:
    """The days of so many events that count, so many a day; the last day is full, so that no more of it count."""
    first = (number - 1) % times + 1
    return tuple(0 if index < first else 1 + (index - first) // times for index in range(number))


def _in_turn(several: Sequence[Iterator[Contact]]) -> Iterator[Contact]:
    """The first of each, then the second of each; none is worked out before it is wanted."""
    while several:
        left = []
        for one in several:
            for contact in islice(one, 1):
                left.append(one)
                yield contact
        several = left


class Wanted(NamedTuple):
    """Events that are wanted of a column, by its place, and by property what they are to add up to."""

    place: int
    planned: Planned
    totals: list[tuple[str, int]]


class Among(NamedTuple):
    """How many events of other columns came before those that are made, how often each value of a property that has
    few is used by them; if told so, the day that each falls on, the newest day being 0; and the last day of each
    column."""

    before: int
    used: Counter[tuple[str, Value]]
    days: tuple[int, ...] | None
    last_days: Set[date]


def make_events(
    space: Space,
    planned: Planned,
    totals: Iterable[tuple[str, int]],
    dating: Dating,
    among: Among,
) -> list[Event]:
    """Events of a column, whose properties add up to the totals."""
    if dating in ("varied", "varied apart"):
        events = list(varied_events(space, planned, among.before, among.used))
    else:
        events = list(events_of_plan(space, (planned,), dating != "old"))
    if dating == "alike":
        events = [replace(event, values=events[0].values) for event in events]
    summed = dict(totals)
    for name, total in summed.items():
        events = _summing(events, name, total)
    if summed:
        events = [_refitted(event, planned.column, summed, space) for event in events]
    if among.days is not None:
        return _on_days(events, planned.column, among.days, space)
    if dating in ("varied", "varied apart"):
        return _on_days(events, planned.column, range(among.before, among.before + len(events)), space)
    if dating == "meeting":
        return _meeting(events, planned.column, among.last_days, space)
    return _dated(events, planned.column, dating, space)


def _summing(events: list[Event], name: str, total: int) -> list[Event]:
    """The events with values of a property that add up to a total."""
    share, rest = divmod(total, len(events))
    return [
        replace(event, values={**event.values, name: share + (number < rest)}) for number, event in enumerate(events)
    ]


def _refitted(event: Event, column: Column, summed: Iterable[str], space: Space) -> Event:
    """The event, where it fits its column with what was summed up; else one like another part of the column."""
    if any(fits(event, cube, space) is not False for cube in column.cubes):
        return event
    kept = {name: event.values[name] for name in summed}
    for cube in column.cubes:
        [other] = events_of_plan(space, (Planned(1, column._replace(cubes=(cube,))),), newest=True)
        changed = replace(other, values={**other.values, **kept})
        if fits(changed, cube, space) is not False:
            return changed
    return event


def _dated(events: list[Event], column: Column, dating: Dating, space: Space) -> list[Event]:
    if dating in ("old", "new", "alike") or len(events) == 1:
        return events
    span = _newest_span(column)
    moments = list(_days(span, len(events), space)) if dating == "daily" else [span[1]]
    return [replace(event, at=moments[number % len(moments)]) for number, event in enumerate(events)]


def _meeting(events: list[Event], column: Column, last_days: Set[date], space: Space) -> list[Event]:
    """All at one moment: the first of the column's time, where another column ends on its day, and else the last."""
    (low, high), day = _newest_span(column), space.schema.zone.day
    meets = low > EARLIEST and day(low) != day(high) and day(low) in last_days
    return [replace(event, at=low if meets else high) for event in events]


def _newest_span(column: Column) -> tuple[int, int]:
    """The newest time that events of a column may have."""
    constraint = max((cube[AT] for cube in column.cubes), key=lambda one: one.spans[-1][1])  # type: ignore[union-attr]
    assert isinstance(constraint, Ranges)
    return constraint.spans[-1]


def _few_and_new(span: tuple[int, int]) -> tuple[int, int]:
    return span[1] - span[0], -span[1]


def _free_days(span: tuple[int, int], number: int, taken: set[date], space: Space) -> tuple[int, ...]:
    """So many days of a span, first those that are not taken yet; all of them are taken then."""
    days = [space.schema.zone.day(moment) for moment in _days(span, number + len(taken) + 1, space)]
    shared = [index for index, day in enumerate(days) if day in taken]
    free = [index for index, day in enumerate(days) if day not in taken]
    found = tuple((free + shared)[:number] if number else (shared + free)[:1])
    taken.update(days[index] for index in found)
    return found


def _on_days(events: list[Event], column: Column, days: Sequence[int], space: Space) -> list[Event]:
    """The events on these days, the newest day being 0; what is left falls on the last of them."""
    span = _newest_span(column)
    moments = list(_days(span, max(days) + 1, space))
    chosen = [moments[day] for day in days if day < len(moments)] or [span[1]]
    return [replace(event, at=chosen[min(number, len(chosen) - 1)]) for number, event in enumerate(events)]


def _days(span: tuple[int, int], most: int, space: Space) -> Iterator[int]:
    """A moment in each calendar day of a span, the newest first."""
    low, high = span
    zone, moment = space.schema.zone, high
    for _ in range(most):
        yield max(low, moment)
        midnight = zone.midnight(zone.day(moment))
        if midnight <= low:
            return
        moment = min(midnight - 1, max(low, midnight - DAY // 2))
