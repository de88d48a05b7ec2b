"""Amounts that are sums: of counts, of properties, of scores, of fields. They are reckoned with instead of guessed.

In millionths, or in microseconds where dates are compared. A property's sum over a column of n events lies anywhere
between n times the least and n times the most that the property can be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from leadline_compiler.analysis.constants import constant_value, is_constant, plain
from leadline_compiler.analysis.formulas import Lit
from leadline_compiler.analysis.orders import Gap
from leadline_compiler.analysis.sets import Ranges
from leadline_compiler.analysis.solve.newest import TakenFrom, taken_test
from leadline_compiler.analysis.space import EventSet, Scope
from leadline_compiler.analysis.spans import FAR, Spans
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.conditions import (
    Amount,
    CountAmount,
    FieldAmount,
    MeasureAmount,
    ProductAmount,
    ScoreAmount,
    SumAmount,
)
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind
from leadline_compiler.typing import is_whole, type_of

LARGEST_VALUE = 10**15
"""Millionths; with larger values of fields nothing is reckoned, and whatever hangs on that may be so or not."""
MOST_SUMMED = 400
"""Events of a column that are ever needed for a sum over a property."""


@dataclass(frozen=True, slots=True)
class CountOf:
    events: EventSet


@dataclass(frozen=True, slots=True)
class SumOf:
    """A property over the events of a set that have it."""

    events: EventSet
    property: str


@dataclass(frozen=True, slots=True)
class DifferentOf:
    """How many values a property has over the events of a set, all of which have one."""

    events: EventSet
    property: str


@dataclass(frozen=True, slots=True)
class ScoreOf:
    score: str | None


@dataclass(frozen=True, slots=True)
class FieldOf:
    field: str
    is_date: bool


Term: TypeAlias = CountOf | SumOf | DifferentOf | ScoreOf | FieldOf


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each times a whole number, and a constant."""

    terms: tuple[tuple[int, Term], ...]
    constant: int

    def plus(self, other: Sum, factor: int) -> Sum:
        more = tuple((weight * factor, term) for weight, term in other.terms)
        return Sum(self.terms + more, self.constant + other.constant * factor)


@dataclass(frozen=True, slots=True)
class InSpans:
    """The sum lies in the spans; `missing`: or a field that it needs is missing.

    `is_plain`: no more than two amounts as they are take part, one on each side, so that nothing on the way to the
    sum is larger than all of them.
    """

    sum: Sum
    spans: Spans
    missing: bool
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class MeanInSpans:
    """The sum divided by the count, rounded, lies in the spans; `missing`: or the count is 0."""

    sum: Sum
    count: CountOf
    spans: Spans
    missing: bool


Test: TypeAlias = InSpans | MeanInSpans


def test_of(literal: Lit, scope: Scope) -> Test | TakenFrom | None:
    """What is asked of sums, or of the latest or the earliest, where something unknown is made of such."""
    what = scope.space.what(literal.key) if literal.key.kind in ("free", "amount") else None
    match what, literal.constraint:
        case Gap(), Ranges(spans, missing):
            return gap_test(what, spans, missing, scope)
        case MeasureAmount(kind="latest" | "earliest"), constraint:
            return taken_test(what, constraint, scope)
        case ((MeasureAmount() | SumAmount() | ProductAmount()), Ranges(spans, missing)):
            return amount_test(what, spans, missing, scope)
    return None


def amount_test(amount: Amount, spans: Spans, missing: bool, scope: Scope) -> Test | None:
    """What it means that an amount lies in spans, as sums; None where it is no sum."""
    amount = plain(amount)
    unit = MILLION if is_whole(amount) else 1
    wide = tuple((low if low <= -FAR else low * unit, high if high >= FAR else high * unit) for low, high in spans)
    if isinstance(amount, MeasureAmount) and amount.kind == "average" and amount.type.kind is Kind.NUMBER:
        summed = _sum_of(amount, scope)
        return MeanInSpans(Sum(((1, summed),), 0), CountOf(summed.events), wide, missing)
    if isinstance(amount, ProductAmount) and (mean := _mean_of(amount, scope)) is not None:
        return MeanInSpans(*mean, wide, missing)
    found = sum_of(amount, scope)
    return None if found is None else InSpans(found, wide, missing, _is_plain(found))


def _mean_of(amount: ProductAmount, scope: Scope) -> tuple[Sum, CountOf] | None:
    """Something of events divided by how many there are of some; None where it is no such mean."""
    match amount.factors:
        case (("*", above), ("/", below)):
            number, summed = plain(below), sum_of(above, scope)
            if isinstance(number, CountAmount) and summed is not None and not _fields_in(summed):
                return summed, CountOf(events_of(number.occurrence, scope))
    return None


def _fields_in(summed: Sum) -> bool:
    return any(isinstance(term, FieldOf) for _, term in summed.terms)


def gap_test(gap: Gap, spans: Spans, missing: bool, scope: Scope) -> Test | None:
    """What it means that one sum is so much above another; None where they are no sums."""
    if type_of(gap.one).kind is Kind.DATE and not all(isinstance(one, FieldAmount) for one in (gap.one, gap.other)):
        return None
    one, other = sum_of(gap.one, scope), sum_of(gap.other, scope)
    if one is None or other is None:
        return None
    return InSpans(one.plus(other, -1), spans, missing, _is_plain(one) and _is_plain(other))


def _is_plain(one: Sum) -> bool:
    """Whether a sum is one amount as it is, or a constant."""
    units = {CountOf: MILLION, DifferentOf: MILLION, ScoreOf: 1000}
    if not one.terms:
        return True
    return (
        len(one.terms) == 1 and not one.constant and all(units.get(type(of), 1) == weight for weight, of in one.terms)
    )


def sum_of(amount: Amount, scope: Scope) -> Sum | None:
    """The amount as a sum; None where it is none."""
    amount = plain(amount)
    if is_constant(amount):
        value = constant_value(amount, scope)
        return Sum((), value) if isinstance(value, int) and not isinstance(value, bool) else None
    match amount:
        case CountAmount():
            return Sum(((MILLION, CountOf(events_of(amount.occurrence, scope))),), 0)
        case MeasureAmount(kind="sum") if amount.type.kind is Kind.NUMBER:
            return Sum(((1, _sum_of(amount, scope)),), 0)
        case MeasureAmount(kind="different"):
            events = events_of(amount.occurrence, scope)
            return Sum(((MILLION, DifferentOf(events._replace(known=(amount.property, None)), amount.property)),), 0)
        case ScoreAmount():
            return Sum(((1000, ScoreOf(amount.score)),), 0)
        case FieldAmount() if scope.event is None and type_of(amount).kind in (Kind.NUMBER, Kind.DATE):
            return Sum(((1, FieldOf(amount.name, type_of(amount).kind is Kind.DATE)),), 0)
        case SumAmount(terms):
            return _added(terms, scope)
        case ProductAmount(factors):
            return _multiplied(factors, scope)
        case _:
            return None


def _sum_of(amount: MeasureAmount, scope: Scope) -> SumOf:
    events = events_of(amount.occurrence, scope)
    return SumOf(events._replace(known=(amount.property, None)), amount.property)


def _added(terms: tuple[tuple[Any, Amount], ...], scope: Scope) -> Sum | None:
    summed = Sum((), 0)
    for sign, term in terms:
        part = sum_of(term, scope)
        if part is None:
            return None
        summed = summed.plus(part, 1 if sign == "+" else -1)
    return summed


def _multiplied(factors: tuple[tuple[Any, Amount], ...], scope: Scope) -> Sum | None:
    """A sum times whole numbers, which rounds nothing."""
    summed: Sum | None = None
    factor = 1
    for sign, part in factors:
        value = constant_value(part, scope) if is_constant(part) else None
        if sign == "*" and isinstance(value, int) and value % MILLION == 0:
            factor *= value // MILLION
        elif sign == "*" and value is None and summed is None:
            summed = sum_of(part, scope)
            if summed is None:
                return None
        else:
            return None
    return None if summed is None else Sum((), 0).plus(summed, factor)


def terms_of(test: Test) -> Iterator[Term]:
    """The terms of a test."""
    for _, term in test.sum.terms:
        yield term
    if isinstance(test, MeanInSpans):
        yield test.count


def asks_for_scores(test: Test | TakenFrom) -> bool:
    """Whether a test hangs on the points of a score."""
    return not isinstance(test, TakenFrom) and any(isinstance(term, ScoreOf) for term in terms_of(test))


def ends_of(test: Test) -> int:
    """The largest number that a test compares with, in its unit."""
    ends = [abs(end) for span in test.spans for end in span if abs(end) < FAR]
    return max(ends, default=0) + abs(test.sum.constant)
