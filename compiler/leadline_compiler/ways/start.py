"""A contact within a constraint model: what it has holds in every solution, and what is new is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from leadline_compiler.analysis.events import Planned
from leadline_compiler.analysis.fits import admits, fits
from leadline_compiler.analysis.sets import Ranges, known_part
from leadline_compiler.analysis.solve.building import ZERO, Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.encoding import Encoding
from leadline_compiler.analysis.solve.facts import Cells, Fact, Questions
from leadline_compiler.analysis.solve.histories import Counted
from leadline_compiler.analysis.solve.reading import Dating, Solution, Wanted
from leadline_compiler.analysis.solve.reckoned import ends_in
from leadline_compiler.analysis.space import AT, Column
from leadline_compiler.analysis.spans import FAR, common, from_to
from leadline_compiler.analysis.texts import is_true
from leadline_compiler.analysis.witness import contacts_around
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.schema import ValueType
from leadline_compiler.texts import fold
from leadline_compiler.ways.way import Start
from leadline_compiler.zones import DAY


@dataclass(slots=True)
class _Stock:
    """A column: how many of the start's events lie in it and may lie in it, and what of it may be new."""

    counted: Counted
    has: int
    perhaps: Linear
    open: Column | None


class Started:
    """See the module. `required` has to hold in every question; `events` and `facts` are what a solution adds.

    `old` counts the new events that cannot be of the last day.
    """

    def __init__(self, encoding: Encoding, start: Start) -> None:
        self._encoding = encoding
        self._start = start
        self._space = encoding.analyses[0].space
        # The constraint model is shared with other questions: what holds of the start holds only where this does.
        self._asked = encoding.builder.flag()
        self.required: list[Literal] = [self._asked]
        self.changed: dict[str, Literal] = {}
        self._reckoned = dict(encoding.reckoned_fields())
        for key, fact in encoding.facts.items():
            if key.kind == "field":
                self._hold(str(key.name), fact)
        self._totals: dict[tuple[int, str], Linear] = {}
        self._stocks = self._stock()
        self.events = total_of(self._added(stock) for stock in self._stocks)
        self.old = total_of(self._added(stock) for stock in self._stocks if not self._is_recent(stock))
        self.facts = total_of(encoding.builder.worth(literal, 1) for literal in self.changed.values())

    # ---- fields

    def _hold(self, name: str, fact: Fact) -> None:
        builder = self._encoding.builder
        value = self._start.contact.values.get(name)
        same = _literals_of(fact, value, self._space.fields[name])
        reckoned = self._reckoned.get(name)
        if reckoned is not None and isinstance(value, int) and reckoned.low <= value <= reckoned.high:
            same.append(builder.lies_in(reckoned, ((value, value),)))
        if not self._start.may_change(name):
            self.required += same
        elif value is None:
            self.changed[name] = negation(fact.missing)
        else:
            unchanged = builder.both(same)
            self.changed[name] = negation(unchanged)
            # A value that is known can become another one, and not unknown.
            self.required.append(builder.either((unchanged, fact.has_value)))

    # ---- events

    def _stock(self) -> list[_Stock]:
        columns = self._encoding.histories.columns
        sure = [0] * len(columns)
        unsure: dict[tuple[int, ...], int] = {}
        for event in self._start.contact.events:
            lies = [(index, self._lies_in(event, one.column)) for index, one in enumerate(columns)]
            within = next((index for index, answer in lies if answer), None)
            if within is not None:
                sure[within] += 1
            elif perhaps := tuple(index for index, answer in lies if answer is None):
                unsure[perhaps] = unsure.get(perhaps, 0) + 1
        has = [min(count, one.times.high) for count, one in zip(sure, columns, strict=True)]
        shares = self._share(unsure, len(columns))
        stocks = [
            _Stock(one, count, share, self._opened(one.column))
            for one, count, share in zip(columns, has, shares, strict=True)
        ]
        for place, stock in enumerate(stocks):
            self._keep(stock)
            if stock.has == sure[place] and not any(place in perhaps for perhaps in unsure):
                self._keep_totals(place, stock)
        return stocks

    def _lies_in(self, event: Event, column: Column) -> bool | None:
        """Whether an event lies in a column; None where that hangs on something that nothing is known of."""
        if event.type != column.type or event.at > self._space.as_of:
            return False
        answers = [fits(event, cube, self._space) for cube in column.cubes]
        return True if True in answers else None if None in answers else False

    def _share(self, unsure: dict[tuple[int, ...], int], size: int) -> list[Linear]:
        """For each column a number of the events that may lie in it, each of which lies in one at most."""
        builder = self._encoding.builder
        shares: list[list[Linear]] = [[] for _ in range(size)]
        for columns, count in unsure.items():
            mine = [builder.variable(0, count) for _ in columns]
            builder.not_above(total_of(mine), _constant(count), self._asked)
            for index, share in zip(columns, mine, strict=True):
                shares[index].append(share)
        return [total_of(several) if several else ZERO for several in shares]

    def _opened(self, column: Column) -> Column | None:
        """The events of a column that may be new."""
        span = from_to(self._start.since, self._space.as_of)
        cubes = []
        for cube in column.cubes:
            constraint = cube[AT]
            assert isinstance(constraint, Ranges)
            spans = common(constraint.spans, span)
            if spans:
                cubes.append({**cube, AT: Ranges(spans, False, constraint.domain)})
        return column._replace(cubes=tuple(cubes)) if cubes else None

    def _keep(self, stock: _Stock) -> None:
        """The start's events stay; where none can be new there are no others."""
        builder = self._encoding.builder
        has = stock.perhaps.plus(_constant(stock.has))
        builder.not_above(has, stock.counted.times, self._asked)
        if stock.open is None:
            builder.not_above(stock.counted.times, has, self._asked)

    def _keep_totals(self, place: int, stock: _Stock) -> None:
        """What the start's events add up to stays; the new ones add what they can have."""
        builder, column = self._encoding.builder, stock.counted.column
        mine = [event for event in self._start.contact.events if self._lies_in(event, column)]
        for name, total in self._encoding.reckoned_totals(place):
            known = [value for event in mine if isinstance(value := event.values.get(name), int)]
            rest = total.plus(_constant(-sum(known)))
            self._totals[place, name] = rest
            largest = max(-total.low, total.high) // max(1, stock.counted.times.high)
            low, high = _ends(stock.open or column, name, largest)
            builder.not_above(self._added(stock).times(low), _wide(rest), self._asked)
            builder.not_above(_wide(rest), self._added(stock).times(high), self._asked)

    @staticmethod
    def _added(stock: _Stock) -> Linear:
        times = stock.counted.times.plus(stock.perhaps.times(-1))
        most = times.high - stock.has
        return Linear(times.parts, times.constant - stock.has, 0, max(0, most))

    def _is_recent(self, stock: _Stock) -> bool:
        if stock.open is None:
            return True
        ends = [one.spans[-1][1] for cube in stock.open.cubes if isinstance(one := cube[AT], Ranges)]
        return max(ends) > self._space.as_of - DAY

    # ---- what a solution says

    def contacts(self, solution: Solution) -> Iterator[Contact]:
        """The start with what a solution adds, the newest events first; several where something is left open."""
        cube = solution.cube()
        # What is known stays so: a cell that it changes into may be one of what is missing, and have values too.
        kept = {
            key: known_part(one) if key.kind == "field" else one
            for key, one in cube.items()
            if key.kind != "field" or self._is_changed(str(key.name), solution)
        }
        variants = [contacts_around(self._space, kept, self._new_events(solution, dating)) for dating in _DATINGS]
        for several in zip_longest(*variants):
            for found in several:
                if found is not None:
                    yield self._start.with_more(found.values, found.events)

    def _new_events(self, solution: Solution, dating: Dating) -> tuple[Event, ...]:
        wanted = []
        for place, stock in enumerate(self._stocks):
            times = solution.value(self._added(stock))
            if times and stock.open is not None:
                totals = {name: solution.value(rest) for (at, name), rest in self._totals.items() if at == place}
                totals |= solution.totals_beyond(place, times)
                wanted.append(Wanted(place, Planned(times, stock.open), list(totals.items())))
        return tuple(event for event, _ in solution.make(self._space, dating, wanted))

    def _is_changed(self, name: str, solution: Solution) -> bool:
        return name in self.changed and solution.holds(self.changed[name])

    def unlike(self, solution: Solution) -> Literal:
        """Whether another solution differs from this one in a cell, an answer or a count."""
        return solution.unlike(stock.counted.times for stock in self._stocks)

    def used(self, contact: Contact) -> list[Literal]:
        """Whether a solution uses what a way uses: its fields and its types of events."""
        had = self._start.contact
        differs = [name for name in self.changed if contact.values.get(name) != had.values.get(name)]
        types = dict.fromkeys(event.type for event in contact.events[len(had.events) :])
        added = [
            total_of(self._added(stock) for stock in self._stocks if stock.counted.column.type == name)
            for name in types
        ]
        return [*(self.changed[name] for name in differs), *(self._encoding.builder.at_least(one, 1) for one in added)]


_DATINGS: tuple[Dating, ...] = ("at once", "new", "wanted", "apart", "meeting", "daily", "old", "varied")


def _constant(value: int) -> Linear:
    return Linear((), value, value, value)


def _wide(one: Linear) -> Linear:
    """A sum of which nothing is taken to be known, so that no bound of it is left out."""
    return Linear(one.parts, one.constant, -FAR, FAR)


def _ends(column: Column, name: str, largest: int) -> tuple[int, int]:
    """The least and the most that a property is in a column, where nothing larger is reckoned with."""
    low, high = ends_in(column, name)
    return max(-largest, low), min(largest, high)


def _literals_of(fact: Fact, value: Value, type_: ValueType) -> list[Literal]:
    """What holds of an attribute that has this value."""
    if isinstance(fact, Cells):
        return [
            literal for literal, meant in zip(fact.literals, fact.means, strict=True) if admits(meant, value, type_)
        ]
    if isinstance(fact, Questions):
        text = value if isinstance(value, str) else ""
        answered = {**fact.atoms, **fact.values}
        return [literal if text and is_true(atom, text) else negation(literal) for atom, literal in answered.items()]
    items = {fold(item) for item in value} if isinstance(value, tuple) else set()
    told = [literal if text in items else negation(literal) for text, literal in fact.items.items()]
    return [*told, fact.known if items else negation(fact.known)]
