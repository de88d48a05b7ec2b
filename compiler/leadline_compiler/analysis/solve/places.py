"""How many events count where only so many do for each day, or for each value of a property.

For a set of events this is a number of its own, shared by all rules that ask for it: no more than there are events and
than the days or values allow, no fewer than one day or value has. Sets that have events in common are tied to each
other by those that they do not. How the days of unlike sets fall together is not looked at, so that more may seem
possible than is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.sets import Choices, Constraint, Key, Ranges, Texts, is_empty, meet
from leadline_compiler.analysis.solve.building import ZERO, Builder, Linear, total_of
from leadline_compiler.analysis.solve.histories import Counted, Histories
from leadline_compiler.analysis.solve.prices import PerLimit
from leadline_compiler.analysis.space import AT, Column, Space
from leadline_compiler.analysis.spans import Spans
from leadline_compiler.analysis.tests import values_of
from leadline_compiler.schema import Kind
from leadline_compiler.zones import EARLIEST

_MOST_NUMBERS = 64
"""Numbers that are counted as the values of a property."""
_MOST_TOLD = 16
"""Constraints of a property that are compared in pairs."""


class Places:
    """The numbers of events that count, by set and limit."""

    def __init__(self, builder: Builder, histories: Histories, space: Space) -> None:
        self._builder = builder
        self._histories = histories
        self._space = space
        self._kept: dict[tuple[int, PerLimit], Linear] = {}
        self._days: dict[tuple[tuple[int, ...], int], Linear] = {}

    def kept(self, number: int, limit: PerLimit) -> Linear:
        """How many events of a set count by a limit alone."""
        key = number, limit
        if key not in self._kept:
            self._kept[key] = made = self._make(number, limit)
            for (other, its), kept in list(self._kept.items()):
                if its.property == limit.property and (other, its) != key:
                    self._tie((number, limit.times, made), (other, its.times, kept), limit.property)
        return self._kept[key]

    def _make(self, number: int, limit: PerLimit) -> Linear:
        if limit.property is None:
            return self._by_days(number, limit)
        mine = [one for one in self._histories.columns if number in one.members]
        upper = self._by_values(mine, limit.times, limit.property)
        return self._between(self._by_unlike(number, limit.times, limit.property), upper)

    def _by_unlike(self, number: int, times: int, name: str) -> Linear:
        """No fewer events than so many for each of the parts of a set that have no value in common."""
        parts: list[tuple[set[Constraint | None], list[Linear]]] = []
        for one in self._histories.columns:
            if number in one.members:
                told, counts = {cube.get(Key("property", name)) for cube in one.column.cubes}, [one.times]
                apart = []
                for others, its in parts:
                    if len(told | others) > _MOST_TOLD or any(map(_have_common, product(told, others))):
                        told, counts = told | others, its + counts
                    else:
                        apart.append((others, its))
                parts = [*apart, (told, counts)]
        ends = [self._builder.least_of((total_of(counts), _constant(times))) for _, counts in parts]
        return total_of(ends)

    def _by_values(self, columns: Sequence[Counted], times: int, name: str) -> Linear:
        """No more events than so many for each value, of the columns that have the same values together."""
        together: dict[frozenset[object] | None, list[Linear]] = {}
        for one in columns:
            together.setdefault(_values_of(one.column, name, self._space), []).append(one.times)
        ends = [
            total_of(several)
            if values is None
            else self._builder.least_of((total_of(several), _constant(times * len(values))))
            for values, several in together.items()
        ]
        upper = self._builder.named(total_of(ends))
        if None in together:
            return upper
        every = frozenset(value for values in together if values is not None for value in values)
        return self._builder.least_of((upper, _constant(times * len(every))))

    def _between(self, low: Linear, high: Linear) -> Linear:
        made = self._builder.variable(0, high.high)
        self._builder.not_above(low, made)
        self._builder.not_above(made, high)
        return made

    def _by_days(self, number: int, limit: PerLimit) -> Linear:
        """How many count from the oldest stretch of time up to each, which may share a day with those before."""
        stretches = stretches_of(self._histories.columns, number)
        kept = [self._in_stretch(stretch, tuple(places), limit) for stretch, places in stretches]
        day = self._space.schema.zone.day
        totals, chain = [ZERO], 0
        for index, (mine, ((low, high), _)) in enumerate(zip(kept, stretches, strict=True)):
            apart = sum(day(end) < day(low) for (_, end), _ in stretches[:index])
            if apart == index:
                chain = index
                totals.append(totals[-1].plus(mine))
                continue
            made = self._sharing_a_day(totals[-1], mine, totals[apart], stretches[index], limit.times)
            self._builder.not_above(totals[apart].plus(mine), made)
            for older in range(chain, index):
                days = self._number_of_days(stretches[older][0][0], high)
                if days is not None:
                    self._builder.not_above(made, totals[older].plus(_constant(limit.times * days)))
            totals.append(made)
        return totals[-1]

    def _sharing_a_day(
        self, one: Linear, other: Linear, apart: Linear, stretch: tuple[tuple[int, int], list[int]], times: int
    ) -> Linear:
        """How many count of those before and after a moment within a day, of which each alone has so many.

        Of those before, `apart` are counted on days that none after it shares; those after it lie in `stretch`.
        """
        summed = one.plus(other)
        made = self._between(one, summed)
        self._builder.not_above(other, made)
        self._builder.not_above(summed, made.plus(_constant(times)))
        if times > 1:
            # No more can be too many on the day that is shared than the other days of those after it leave.
            days = self._in_stretch(stretch[0], tuple(stretch[1]), PerLimit(1, None))
            before = self._builder.named(one.plus(apart.times(-1)))
            after = self._builder.named(other.plus(days.times(-1)).plus(_constant(1)))
            on_it = [self._builder.least_of((most, _constant(times))) for most in (before, after)]
            lost = self._builder.clamped(total_of(on_it).plus(_constant(-times)), 0, None)
            self._builder.not_above(summed, made.plus(lost))
        return made

    def _in_stretch(self, stretch: tuple[int, int], places: tuple[int, ...], limit: PerLimit) -> Linear:
        """How many events of some columns of one stretch count."""
        key = places, limit.times
        if key not in self._days:
            upper = self._at_most(stretch, places, limit.times)
            made = self._between(self._builder.least_of((upper, _constant(limit.times))), upper)
            for (others, times), kept in self._days.items():
                if not set(others).isdisjoint(places):
                    self._builder.not_above(kept, _at_so_many(made, limit.times, times, self._outside(others, places)))
                    self._builder.not_above(made, _at_so_many(kept, times, limit.times, self._outside(places, others)))
            self._days[key] = made
        return self._days[key]

    def _outside(self, some: tuple[int, ...], others: tuple[int, ...]) -> Linear:
        """How many events there are of some columns that are none of the others."""
        return self._histories.count_of(sorted(set(some) - set(others)))

    def _at_most(self, stretch: tuple[int, int], places: tuple[int, ...], times: int) -> Linear:
        """So many for each day of the stretch, and for each day of those columns that lie in one part of it."""
        parts: dict[tuple[int, int], list[Linear]] = {}
        for place in places:
            one = self._histories.columns[place]
            parts.setdefault(_reach(one.column), []).append(one.times)
        summed = total_of(self._by_number_of_days(part, total_of(counts), times) for part, counts in parts.items())
        return summed if list(parts) == [stretch] else self._by_number_of_days(stretch, summed, times)

    def _by_number_of_days(self, stretch: tuple[int, int], count: Linear, times: int) -> Linear:
        days = self._number_of_days(*stretch)
        return count if days is None else self._builder.least_of((count, _constant(times * days)))

    def stretches(self, number: int, limit: PerLimit) -> list[tuple[tuple[int, ...], Linear]] | None:
        """The stretches of a set, the newest first: their columns, and how many events count by the day.

        None where two of them may share a day.
        """
        found = stretches_of(self._histories.columns, number)
        zone = self._space.schema.zone
        if any(zone.midnight(zone.day(low)) != low for (low, _), _ in found[1:]):
            return None
        return [(tuple(places), self._in_stretch(stretch, tuple(places), limit)) for stretch, places in reversed(found)]

    def days_wanted(self) -> Iterator[tuple[tuple[int, ...], int, Linear]]:
        """Columns by their places, how many of their events count a day, and how many count in all."""
        return ((places, times, kept) for (places, times), kept in self._days.items())

    def _number_of_days(self, first: int, last: int) -> int | None:
        if first > last:
            return 0
        if first <= EARLIEST:
            return None
        zone = self._space.schema.zone
        return (zone.day(last) - zone.day(first)).days + 1

    def _tie(self, one: tuple[int, int, Linear], other: tuple[int, int, Linear], name: str | None) -> None:
        """One set has no more than the other and what lies in it alone; each with its limit per day or value."""
        for (few, its_times, its), (many, times, mine) in ((one, other), (other, one)):
            inside = [column for column in self._histories.columns if many in column.members]
            alone = [column for column in inside if few not in column.members]
            if len(alone) < len(inside):
                others = total_of(column.times for column in alone)
                if alone and name is not None:
                    others = self._by_values(alone, times, name)
                self._builder.not_above(mine, _at_so_many(its, its_times, times, others))


def _at_so_many(kept: Linear, its: int, times: int, others: Linear) -> Linear:
    """No more count with a limit of `times`, where so many are `kept` with a limit of `its` and there are others."""
    return kept.times(-(-times // its)).plus(others)


def _have_common(pair: tuple[Constraint | None, Constraint | None]) -> bool:
    """Whether two values that are as these say may count as the same. A pattern is asked of a text as it is written."""
    one, other = pair
    if one is None or other is None:
        return True
    if any(isinstance(it, Texts) and any(atom.kind == "matches" for atom in it.yes | it.no) for it in pair):
        return True
    return not is_empty(meet(one, other))


def stretches_of(columns: Sequence[Counted], number: int) -> list[tuple[tuple[int, int], list[int]]]:
    """The columns of a set by place, those together whose times overlap, the oldest first."""
    found: list[tuple[tuple[int, int], list[int]]] = []
    mine = [(*_reach(one.column), place) for place, one in enumerate(columns) if number in one.members]
    for low, high, place in sorted(mine):
        if found and low <= found[-1][0][1]:
            (first, last), places = found[-1]
            found[-1] = (first, max(last, high)), [*places, place]
        else:
            found.append(((low, high), [place]))
    return found


def _reach(column: Column) -> tuple[int, int]:
    """The first and the last moment of a column."""
    spans = [span for cube in column.cubes for span in _moments(cube)]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _moments(cube: Cube) -> Spans:
    constraint = cube[AT]
    return constraint.spans if isinstance(constraint, Ranges) else ()


def _constant(value: int) -> Linear:
    return Linear((), value, value, value)


def _values_of(column: Column, name: str, space: Space) -> frozenset[object] | None:
    """The values that a property can have in a column; None where there is no end of them."""
    values: set[object] = set()
    prop = space.events[column.type].property_named(name)
    for cube in column.cubes:
        match cube.get(Key("property", name)):
            case Choices(mask):
                values |= {("bit", bit) for bit in range(mask.bit_length()) if mask >> bit & 1}
            case None if prop is not None and prop.type.kind in (Kind.CHOICE, Kind.YES_NO):
                values |= {("bit", bit) for bit in range(1 + len(values_of(prop.type)))}
            case Ranges(spans, missing) if sum(high - low + 1 for low, high in spans) <= _MOST_NUMBERS:
                values |= {number for low, high in spans for number in range(low, high + 1)}
                values |= {None} if missing else set()
            case Texts(yes) if not yes:
                values.add(None)
            case Texts(yes) if any(atom.kind == "is" and not atom.of_domain for atom in yes):
                named = [frozenset(atom.value) for atom in yes if atom.kind == "is" and not atom.of_domain]
                values |= frozenset.intersection(*named)
            case _:
                return None
    return frozenset(values)
