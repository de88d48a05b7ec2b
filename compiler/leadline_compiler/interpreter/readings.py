"""What a single test read: values of amounts, the events they come from, and what they are reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadline_compiler.conditions import (
    All,
    Amount,
    Between,
    Comparison,
    Condition,
    CountAmount,
    DateAmount,
    DaysSinceAmount,
    DaysSinceEventAmount,
    Defined,
    DefinedAmount,
    DomainAmount,
    Either,
    Has,
    MeasureAmount,
    Not,
    NumberAmount,
    Occurrence,
    ProductAmount,
    PropertyAmount,
    SumAmount,
)
from leadline_compiler.contacts import Event, Value
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.occurrences import matching
from leadline_compiler.interpreter.view import View
from leadline_compiler.values import rank
from leadline_dsl.nodes import changed


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount and its value; None is missing.

    `events` are those that it comes from, newest first. `parts` are the fields and events that a reckoned
    amount is made of, each once.
    """

    amount: Amount
    value: Value
    events: tuple[Event, ...]
    parts: tuple[Reading, ...]


def readings_of(test: Condition, view: View) -> tuple[Reading, ...]:
    """The readings of a single test, in the order in which they stand; literals are none."""
    return tuple(read(amount, view) for amount in amounts_of(test) if not is_literal(amount))


def read(amount: Amount, view: View) -> Reading:
    """The value of an amount and where it comes from."""
    leaves = {leaf.text: leaf for leaf in _leaves(amount, set()) if leaf is not amount}
    parts = tuple(Reading(leaf, value_of(leaf, view), _events(leaf, view), ()) for leaf in leaves.values())
    return Reading(amount, value_of(amount, view), _events(amount, view), parts)


def is_literal(amount: Amount) -> bool:
    return isinstance(amount, NumberAmount | DateAmount)


def amounts_of(test: Condition) -> tuple[Amount, ...]:
    """The amounts that a single test compares; `has` counts its events."""
    match test:
        case Comparison():
            return test.left, test.right
        case Between():
            return test.amount, test.low, test.high
        case Has():
            return (CountAmount(test.occurrence, text=f"count of {test.occurrence.text}"),)
        case All() | Either() | Not() | Defined():
            return ()
        case _:
            return (test.amount,)


def occurrence_of(amount: Amount) -> Occurrence | None:
    """The events that an amount is about, if it is about events."""
    match amount:
        case CountAmount() | MeasureAmount() | DaysSinceEventAmount():
            return amount.occurrence
        case DefinedAmount():
            return occurrence_of(amount.amount)
        case _:
            return None


def _events(amount: Amount, view: View) -> tuple[Event, ...]:
    match amount:
        case DefinedAmount():
            return _events(amount.amount, view)
        case DaysSinceEventAmount(which="first"):
            return matching(amount.occurrence, view)[-1:]
        case DaysSinceEventAmount():
            return matching(amount.occurrence, view)[:1]
        case MeasureAmount(kind="latest" | "earliest"):
            return _whose_value_counts(amount, matching(amount.occurrence, view))
        case CountAmount() | MeasureAmount():
            return matching(amount.occurrence, view)
        case _:
            return ()


def _whose_value_counts(amount: MeasureAmount, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The newest or the oldest event; of several at its instant, the one whose value is the largest."""
    if not events:
        return ()
    instant = events[0 if amount.kind == "latest" else -1].at
    tied = [event for event in events if event.at == instant]
    return (max(tied, key=lambda event: rank(event.values.get(amount.property))),)


def _inner(amount: Amount) -> tuple[Amount, ...]:
    match amount:
        case SumAmount():
            return tuple(term for _, term in amount.terms)
        case ProductAmount():
            return tuple(factor for _, factor in amount.factors)
        case DaysSinceAmount():
            return (amount.date,)
        case DomainAmount():
            return (amount.of,)
        case DefinedAmount():
            return (amount.amount,)
        case _:
            return ()


def _leaves(amount: Amount, seen: set[str]) -> Iterator[Amount]:
    if isinstance(amount, DefinedAmount):
        if amount.name in seen:
            return
        seen.add(amount.name)
    inner = _inner(amount)
    if not inner and not is_literal(amount):
        yield amount
    for part in inner:
        yield from _leaves(part, seen)


def tested_properties(condition: Condition | None) -> tuple[str, ...]:
    """The properties that a `where` tests, in the order in which they first stand."""
    return tuple(dict.fromkeys(_properties(condition))) if condition is not None else ()


def _properties(condition: Condition) -> Iterator[str]:
    match condition:
        case All() | Either():
            for part in condition.parts:
                yield from _properties(part)
        case Not():
            yield from _properties(condition.part)
        case _:
            for amount in amounts_of(condition):
                yield from (leaf.name for leaf in _leaves(amount, set()) if isinstance(leaf, PropertyAmount))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Events that an occurrence does not mean, newest first, by why not: each is in the first that fits.

    `ignored`: the model ignores them. `outside`: they pass `where` and lie outside of the windows. `unlike`:
    they lie in the windows and do not pass `where`.
    """

    ignored: tuple[Event, ...]
    outside: tuple[Event, ...]
    unlike: tuple[Event, ...]


def left_out(occurrence: Occurrence, view: View, whole: View) -> LeftOut:
    """The events of the right kind that came near; `whole` is the view with the ignored events."""
    kept = {id(event) for event in matching(occurrence, view)}
    seen = {id(event) for event in view.events}
    ignored = tuple(event for event in matching(occurrence, whole) if id(event) not in seen)
    anytime = matching(changed(occurrence, windows=()), view) if occurrence.windows else ()
    alike = matching(changed(occurrence, where=None), view) if occurrence.where is not None else ()
    return LeftOut(
        ignored,
        tuple(event for event in anytime if id(event) not in kept),
        tuple(event for event in alike if id(event) not in kept),
    )
