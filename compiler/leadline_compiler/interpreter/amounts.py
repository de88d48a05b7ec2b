"""What an amount is worth. None is missing; numbers are millionths, dates moments, texts as written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from leadline_compiler.conditions import (
    Amount,
    CountAmount,
    DateAmount,
    DaysSinceAmount,
    DaysSinceEventAmount,
    DefinedAmount,
    DomainAmount,
    FieldAmount,
    GradeAmount,
    MeasureAmount,
    NumberAmount,
    ProductAmount,
    PropertyAmount,
    ScoreAmount,
    SumAmount,
)
from leadline_compiler.contacts import Event, Value
from leadline_compiler.interpreter.occurrences import matching
from leadline_compiler.interpreter.view import View
from leadline_compiler.numbers import MILLION, THOUSAND, bounded, divide, multiply, round_half_away
from leadline_compiler.texts import domain_of, fold
from leadline_compiler.values import rank
from leadline_compiler.zones import DAY


def value_of(amount: Amount, view: View) -> Value:
    """The value of an amount for a contact, or for an event inside of a `where`."""
    return _VALUES[type(amount)](amount, view)


def _number(amount: NumberAmount, view: View) -> Value:
    return amount.value


def _date(amount: DateAmount, view: View) -> Value:
    return amount.days.first


def _field(amount: FieldAmount | PropertyAmount, view: View) -> Value:
    return view.values.get(amount.name)


def _score(amount: ScoreAmount, view: View) -> Value:
    points = view.total if amount.score is None else view.scores[amount.score]
    assert points is not None, "scores are worked out before they are read"
    return bounded(points * (MILLION // THOUSAND))


def _grade(amount: GradeAmount, view: View) -> Value:
    return view.grades[amount.score]


def _count(amount: CountAmount, view: View) -> Value:
    return len(matching(amount.occurrence, view)) * MILLION


def _measure(amount: MeasureAmount, view: View) -> Value:
    events = matching(amount.occurrence, view)
    if amount.kind in ("latest", "earliest"):
        return _at_the_end(events if amount.kind == "latest" else events[::-1], amount.property)
    known = [value for event in events if (value := event.values.get(amount.property)) is not None]
    return _MEASURES[amount.kind](known)


def _at_the_end(events: Sequence[Event], name: str) -> Value:
    """The value of the first of the events; the largest, where several share its instant."""
    tied = takewhile(lambda event: event.at == events[0].at, events)
    return max((event.values.get(name) for event in tied), key=rank, default=None)


def _sum(known: list[Any]) -> Value:
    return bounded(sum(known))


def _average(known: list[Any]) -> Value:
    return bounded(round_half_away(sum(known), len(known))) if known else None


def _different(known: list[Any]) -> Value:
    return len({fold(value) if isinstance(value, str) else value for value in known}) * MILLION


_MEASURES: dict[str, Callable[[list[Any]], Value]] = {
    "sum": _sum,
    "average": _average,
    "lowest": lambda known: min(known, default=None),
    "highest": lambda known: max(known, default=None),
    "different": _different,
}


def _days_since(amount: DaysSinceAmount, view: View) -> Value:
    date = value_of(amount.date, view)
    if not isinstance(date, int):
        return None
    return (date - view.as_of if amount.until else view.as_of - date) // DAY * MILLION


def _days_since_event(amount: DaysSinceEventAmount, view: View) -> Value:
    events = matching(amount.occurrence, view)
    if not events:
        return None
    event = events[0] if amount.which == "last" else events[-1]
    return (view.as_of - event.at) // DAY * MILLION


def _domain(amount: DomainAmount, view: View) -> Value:
    text = value_of(amount.of, view)
    return domain_of(fold(text)) if isinstance(text, str) else None


def _sum_of_terms(amount: SumAmount, view: View) -> Value:
    result: int | None = 0
    for sign, term in amount.terms:
        value = value_of(term, view)
        if result is None or not isinstance(value, int):
            return None
        result = bounded(result + value if sign == "+" else result - value)
    return result


def _product_of_factors(amount: ProductAmount, view: View) -> Value:
    result: int | None = MILLION
    for sign, factor in amount.factors:
        value = value_of(factor, view)
        if result is None or not isinstance(value, int):
            return None
        result = multiply(result, value) if sign == "*" else divide(result, value)
    return result


def _defined(amount: DefinedAmount, view: View) -> Value:
    key = ("define", amount.name)
    if key not in view.memo:
        view.memo[key] = value_of(amount.amount, view)
    value: Value = view.memo[key]
    return value


_VALUES: dict[type, Callable[[Any, View], Value]] = {
    NumberAmount: _number,
    DateAmount: _date,
    FieldAmount: _field,
    PropertyAmount: _field,
    ScoreAmount: _score,
    GradeAmount: _grade,
    CountAmount: _count,
    MeasureAmount: _measure,
    DaysSinceAmount: _days_since,
    DaysSinceEventAmount: _days_since_event,
    DomainAmount: _domain,
    SumAmount: _sum_of_terms,
    ProductAmount: _product_of_factors,
    DefinedAmount: _defined,
}
