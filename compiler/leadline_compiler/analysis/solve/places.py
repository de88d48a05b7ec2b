"""How many events count where only so many do for each day, or for each value of a property.

For a set of events this is a number of its own, shared by all rules that ask for it: no more than there are events and
than the days or values allow, no fewer than one day or value has. Sets that differ by their window alone are tied to
each other by the days between. How the days of unlike sets fall together is not looked at, so that more may seem
possible than is.
"""

from __future__ import annotations

from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.sets import Choices, Key, Ranges, Texts
from leadline_compiler.analysis.solve.building import Builder, Linear, total_of
from leadline_compiler.analysis.solve.histories import Counted, Histories
from leadline_compiler.analysis.solve.prices import PerLimit
from leadline_compiler.analysis.space import AT, Column, EventSet, Space
from leadline_compiler.analysis.spans import Spans
from leadline_compiler.zones import EARLIEST


class Places:
    """The numbers of events that count, by set and limit."""

    def __init__(self, builder: Builder, histories: Histories, space: Space) -> None:
        self._builder = builder
        self._histories = histories
        self._space = space
        self._kept: dict[tuple[int, PerLimit], Linear] = {}
        self._columns: dict[tuple[int, int], Linear] = {}

    def kept(self, number: int, events: EventSet, limit: PerLimit) -> Linear:
        """How many events of a set count by a limit alone."""
        key = number, limit
        if key not in self._kept:
            self._kept[key] = made = self._make(number, events, limit)
            for (other, its), kept in list(self._kept.items()):
                if its == limit and other != number:
                    self._tie((number, made), (other, kept), limit)
        return self._kept[key]

    def _make(self, number: int, events: EventSet, limit: PerLimit) -> Linear:
        count = self._histories.count(number)
        places = self._places(number, events, limit)
        upper = count if places is None else self._builder.least_of((count, _constant(limit.times * places)))
        kept = self._builder.variable(0, upper.high)
        self._builder.not_above(kept, upper)
        if limit.property is None:
            self._builder.not_above(kept, total_of(self._in_column(one, limit) for one in self._of(number)))
        self._builder.not_above(self._builder.least_of((upper, _constant(limit.times))), kept)
        return kept

    def _of(self, number: int) -> list[Counted]:
        return [one for one in self._histories.columns if number in one.members]

    def _in_column(self, one: Counted, limit: PerLimit) -> Linear:
        """How many events of a column can count by its days."""
        key = id(one), limit.times
        if key not in self._columns:
            spans = [span for cube in one.column.cubes for span in _moments(cube)]
            days = self._days(min(low for low, _ in spans), max(high for _, high in spans))
            most = one.times if days is None else self._builder.least_of((one.times, _constant(limit.times * days)))
            self._columns[key] = most
        return self._columns[key]

    def _places(self, number: int, events: EventSet, limit: PerLimit) -> int | None:
        if limit.property is None:
            return self._days(events.first, events.last)
        values: set[object] = set()
        for column in self._histories.columns_in(number):
            mine = _values_of(column, limit.property)
            if mine is None:
                return None
            values |= mine
        return len(values)

    def _days(self, first: int, last: int) -> int | None:
        if first > last:
            return 0
        if first <= EARLIEST:
            return None
        zone = self._space.schema.zone
        return (zone.day(last) - zone.day(first)).days + 1

    def _tie(self, one: tuple[int, Linear], other: tuple[int, Linear], limit: PerLimit) -> None:
        """Of two sets that differ by how far they reach back, the larger has what the smaller has, and more days."""
        (small, few), (large, many) = one, other
        inner, outer = self._histories.events_in(small), self._histories.events_in(large)
        if inner.first < outer.first:
            (small, few), (large, many), inner, outer = (large, many), (small, few), outer, inner
        if outer._replace(first=inner.first) != inner:
            return
        builder, count = self._builder, self._histories.count
        builder.not_above(few, many)
        builder.not_above(many.plus(count(small)), count(large).plus(few))
        if limit.property is None and inner.first <= inner.last:
            between = self._days(outer.first, inner.first - 1)
            if between is not None:
                builder.not_above(many, few.plus(_constant(limit.times * between)))


def _moments(cube: Cube) -> Spans:
    constraint = cube[AT]
    return constraint.spans if isinstance(constraint, Ranges) else ()


def _constant(value: int) -> Linear:
    return Linear((), value, value, value)


def _values_of(column: Column, name: str) -> set[object] | None:
    """The values that a property can have in a column; None where there is no end of them."""
    values: set[object] = set()
    for cube in column.cubes:
        match cube.get(Key("property", name)):
            case Choices(mask):
                values |= {("bit", bit) for bit in range(mask.bit_length()) if mask >> bit & 1}
            case Texts(yes) if not yes:
                values.add(None)
            case Texts(yes) if any(atom.kind == "is" and not atom.of_domain for atom in yes):
                named = [frozenset(atom.value) for atom in yes if atom.kind == "is" and not atom.of_domain]
                values |= frozenset.intersection(*named)
            case _:
                return None
    return values
