"""Tests of sums as literals of a constraint model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.solve.building import Builder, Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.facts import Cells, Fact
from leadline_compiler.analysis.solve.histories import Counted, Histories
from leadline_compiler.analysis.solve.linear import (
    LARGEST_VALUE,
    MOST_SUMMED,
    CountOf,
    DifferentOf,
    FieldOf,
    InSpans,
    MeanInSpans,
    ScoreOf,
    Sum,
    SumOf,
    Term,
    Test,
    ends_of,
    terms_of,
)
from leadline_compiler.analysis.space import Column
from leadline_compiler.analysis.spans import FAR, common
from leadline_compiler.numbers import LARGEST, MILLION
from leadline_compiler.zones import EARLIEST, LATEST

_LARGEST_TOTAL = 10**18
_LARGEST_SUM = 4 * 10**18
"""What the solver can hold."""


class Known(NamedTuple):
    """What terms are made of: the number of their set, the points of a score, how many values a property has in a set
    by its number."""

    number_of: Callable[[Term], int]
    score: Callable[[str | None], Linear]
    different: Callable[[int, str], Linear]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is reckoned with, the same for all sides: the values of `fields`, and the `totals` of properties over
    columns, by the place of the column; and whether a sum is `beyond` all amounts, by its set, its property, and how
    many times it counts."""

    fields: dict[str, Linear] = field(default_factory=dict)
    totals: dict[tuple[int, str], Linear] = field(default_factory=dict)
    beyond: dict[tuple[int, str, int], Literal] = field(default_factory=dict)


class Reckoning:
    """The sums of one side."""

    def __init__(
        self, builder: Builder, histories: Histories, facts: dict[Key, Fact], reckoned: Reckoned, known: Known
    ) -> None:
        self._builder = builder
        self._histories = histories
        self._facts = facts
        self._fields, self._totals, self._beyond = reckoned.fields, reckoned.totals, reckoned.beyond
        self._number_of, self._score, self._different = known
        self.large: list[Literal] = []
        """Where something hangs on fields that are too large to be reckoned with."""

    def literal(self, test: Test) -> Literal | None:
        """Whether a test holds; None where its numbers are too large to be reckoned with."""
        if ends_of(test) > LARGEST_VALUE or not all(self._is_within(term, test) for term in terms_of(test)):
            return None
        if self._reach(test.sum) > _LARGEST_SUM:
            return None
        literal = self._mean(test) if isinstance(test, MeanInSpans) else self._sum(test)
        factors = _factors(test)
        beyond = self._builder.either(
            self._is_beyond(term, factors[term]) for term in factors if isinstance(term, SumOf)
        )
        # A sum beyond all amounts is missing, and so is what such a sum is a part of on the way.
        literal = self._builder.both((literal, negation(beyond)))
        literal = self._builder.either((literal, beyond)) if test.missing else literal
        large = self._builder.either(
            self._is_large(term.field, factors[term])
            for term in factors
            if isinstance(term, FieldOf) and not term.is_date
        )
        if large is False:
            return literal
        self.large.append(large)
        small = self._builder.both((negation(large), literal))
        return self._builder.either((small, self._builder.both((large, self._builder.flag()))))

    def _sum(self, test: InSpans) -> Literal:
        known = self._builder.both(
            negation(self._fact(term.field).missing) for term in terms_of(test) if isinstance(term, FieldOf)
        )
        summed = self._builder.named(self._total_of(test.sum))
        inside = self._builder.lies_in(summed, [_within(span, summed) for span in test.spans])
        literal = self._builder.both((known, inside))
        return self._builder.either((literal, negation(known))) if test.missing else literal

    def _mean(self, test: MeanInSpans) -> Literal:
        number, summed = self._value(test.count), self._total_of(test.sum)
        some = self._builder.at_least(number, 1)
        ways = []
        for low, high in test.spans:
            above = True if low <= -FAR else self._mean_at_least(summed, number, low)
            below = True if high >= FAR else negation(self._mean_at_least(summed, number, high + 1))
            ways.append(self._builder.both((some, above, below)))
        inside = self._builder.either(ways)
        return self._builder.either((inside, negation(some))) if test.missing else inside

    def _total_of(self, one: Sum) -> Linear:
        parts = [self._value(term).times(weight) for weight, term in one.terms]
        return total_of([*parts, Linear((), one.constant, one.constant, one.constant)])

    def _mean_at_least(self, summed: Linear, number: Linear, least: int) -> Literal:
        """The sum divided by the number, rounded half away from zero, is at least so much."""
        rest = self._builder.named(summed.times(2).plus(number.times(1 - 2 * least)))
        return self._builder.at_least(rest, 0 if least > 0 else 1)

    def _reach(self, one: Sum) -> int:
        """How far from 0 a sum can come, and what it is made of on the way."""
        values = [(weight, self._value(term)) for weight, term in one.terms]
        return abs(one.constant) + sum(abs(weight) * max(-value.low, value.high) for weight, value in values)

    def _is_within(self, term: Term, test: Test) -> bool:
        """Whether so few events as are looked at are enough for a sum over a property."""
        if not isinstance(term, SumOf):
            return True
        wanted = ends_of(test)
        for one in self._in(term):
            low, high = self._ends(one, term.property)
            # Only what leads away from 0 needs many events; the other end of a column makes do with few.
            if any(end and wanted // abs(end) >= MOST_SUMMED // 2 for end in (min(low, 0), max(high, 0))):
                return False
        return True

    def _value(self, term: Term) -> Linear:
        match term:
            case CountOf():
                return self._histories.count(self._number_of(term))
            case SumOf():
                return total_of(self._total(one, term.property) for one in self._in(term))
            case DifferentOf(_, name):
                return self._different(self._number_of(term), name)
            case ScoreOf(score):
                return self._score(score)
            case FieldOf(field, is_date):
                return self._field(field, is_date)

    # ---- fields

    def _fact(self, field: str) -> Cells:
        fact = self._facts[Key("field", field)]
        assert isinstance(fact, Cells)
        return fact

    def _is_large(self, field: str, factor: int) -> Literal:
        """Whether a field lies beyond what is reckoned with, where its cells are cut, or so many times it may be."""
        if factor * LARGEST_VALUE > LARGEST:
            value, most = self._field(field, is_date=False), LARGEST // factor + 1
            ends = self._builder.at_least(value, most), self._builder.at_least(value.times(-1), most)
            return self._builder.either((self._is_large(field, 1), *ends))
        cells = zip(self._fact(field).literals, self._fact(field).means, strict=True)
        span = (-LARGEST_VALUE, LARGEST_VALUE)
        return self._builder.one_of(
            [
                literal
                for literal, meant in cells
                if isinstance(meant, Ranges) and not meant.missing and not common(meant.spans, (span,))
            ]
        )

    def _field(self, field: str, is_date: bool) -> Linear:
        """The value of a field, which lies in its cell; of one that is missing any."""
        if field not in self._fields:
            low, high = (EARLIEST, LATEST) if is_date else (-LARGEST_VALUE, LARGEST_VALUE)
            self._fields[field] = value = self._builder.variable(low, high)
            for literal, meant in zip(self._fact(field).literals, self._fact(field).means, strict=True):
                spans = common(meant.spans, ((low, high),)) if isinstance(meant, Ranges) else ()
                if spans:
                    self._builder.confine(value, spans, literal)
        return self._fields[field]

    # ---- properties

    def _in(self, term: SumOf) -> list[Counted]:
        number = self._number_of(term)
        return [one for one in self._histories.columns if number in one.members]

    def _ends(self, one: Counted, name: str) -> tuple[int, int]:
        """The least and the most that a property is in a column."""
        largest = min(10**13, _LARGEST_TOTAL // (max(1, one.times.high) * len(self._histories.columns)))
        low, high = ends_in(one.column, name)
        return max(low, -largest), min(high, largest)

    def _is_beyond(self, term: SumOf, factor: int) -> Literal:
        """Whether a sum, or so many times it, comes out larger than any amount may be: it takes large values."""
        key = self._number_of(term), term.property, factor
        if key not in self._beyond:
            parts = [one.times.times(_in_millionths_of_all(one, term.property) * factor) for one in self._in(term)]
            can_be = self._builder.at_least(total_of(parts), MILLION + 1) if parts else False
            self._beyond[key] = self._builder.both((can_be, self._builder.flag())) if can_be is not False else False
        return self._beyond[key]

    def _total(self, one: Counted, name: str) -> Linear:
        place = self._histories.columns.index(one)
        if (place, name) not in self._totals:
            low, high = self._ends(one, name)
            most = one.times.high
            total = self._builder.variable(min(0, low * most), max(0, high * most))
            self._builder.not_above(one.times.times(low), total)
            self._builder.not_above(total, one.times.times(high))
            self._totals[place, name] = total
        return self._totals[place, name]


def _factors(test: Test) -> dict[Term, int]:
    """By term how many times it may come to all amounts before anything that it is a part of does."""
    if isinstance(test, InSpans) and test.is_plain:
        return dict.fromkeys(terms_of(test), 1)
    terms = [(abs(weight), term) for weight, term in test.sum.terms]
    factors = dict.fromkeys(terms_of(test), 1)
    for weight, term in terms:
        factors[term] = max(factors[term], 2 * len(terms) * weight)
    return factors


def _in_millionths_of_all(one: Counted, name: str) -> int:
    """How much an event of a column adds to a sum at most, in millionths of the largest amount, rounded up."""
    low, high = ends_in(one.column, name)
    return -(-min(max(-low, high), LARGEST) * MILLION // LARGEST)


def ends_in(column: Column, name: str) -> tuple[int, int]:
    """The least and the most that a property is in a column."""
    several = [cube.get(Key("property", name)) for cube in column.cubes]
    spans = [span for one in several for span in (one.spans if isinstance(one, Ranges) else ((-FAR, FAR),))]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _within(span: tuple[int, int], summed: Linear) -> tuple[int, int]:
    """The span as far as the sum can come; what is beyond is never asked of the solver."""
    low, high = span
    return max(low, summed.low), min(high, summed.high)
