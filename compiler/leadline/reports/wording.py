"""Values and events in words: `employees is 12`, `2 times: /pricing, 1 day ago (20 Nov 09:00); …`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadline.reports.moments import Now, say_age, say_moment
from leadline_compiler.conditions import CountAmount, DefinedAmount, DomainAmount, MeasureAmount, Occurrence
from leadline_compiler.contacts import Event, Value
from leadline_compiler.interpreter import view_of, whole_view_of
from leadline_compiler.interpreter.readings import Reading, occurrence_of, tested_properties
from leadline_compiler.interpreter.view import View
from leadline_compiler.model import Model
from leadline_compiler.numbers import write_number
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Kind, Schema, ValueType
from leadline_compiler.typing import type_of
from leadline_dsl.tokens import quote_text

_LONGEST = 60
EVENTS_SAID = 3
_ITEMS_SAID = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """What words depend on. `whole` is the view that has the ignored events too.

    `is_brief`: of several events only the newest is told, of an event only how long ago it was, and of a value
    nothing of where it comes from.
    """

    model: Model
    now: Now
    view: View
    whole: View
    is_brief: bool = False

    @property
    def events_said(self) -> int:
        """How many events of a list are told."""
        return 1 if self.is_brief else EVENTS_SAID


def setting_of(outcome: Outcome) -> Setting:
    """The setting in which an outcome came about."""
    now = Now(outcome.model.zone, outcome.as_of)
    return Setting(outcome.model, now, view_of(outcome), whole_view_of(outcome))


def shorten(text: str) -> str:
    """The text, cut to 60 characters."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def say_value(value: Value, type_: ValueType, now: Now) -> str:
    """A value as a person writes it; texts in quotes, long ones cut."""
    match value:
        case None:
            return "missing"
        case bool():
            return "yes" if value else "no"
        case int():
            return say_moment(value, now) if type_.kind is Kind.DATE else write_number(value)
        case str():
            return quote_text(shorten(value))
        case _:
            said = [quote_text(shorten(item)) for item in value[:_ITEMS_SAID]]
            more = len(value) - len(said)
            return ", ".join(said) + (f" and {more} more" if more else "")


def say_times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def say_kinds(occurrence: Occurrence) -> str:
    """The names of the events without what narrows them."""
    if occurrence.every_event:
        return "any event"
    names = occurrence.events[:EVENTS_SAID]
    return " or ".join(names) + (" or others" if len(names) < len(occurrence.events) else "")


def say_event(event: Event, occurrence: Occurrence, setting: Setting, also: tuple[str, ...] = ()) -> str:
    """`/pricing, seconds 35, 1 day ago (20 Nov 09:00)`: the properties that `where` tests, and those in `also`."""
    said = [event.type] if len(occurrence.events) > 1 else []
    said += _say_tested(event, (*tested_properties(occurrence.where), *also), setting)
    moment = "" if setting.is_brief else f" ({say_moment(event.at, setting.now)})"
    return ", ".join([*said, say_age(event.at, setting.now) + moment])


def say_what(event: Event, occurrence: Occurrence, setting: Setting) -> str:
    """`page_view /pricing`: what an event is, without when."""
    tested = ", ".join(_say_tested(event, tested_properties(occurrence.where), setting))
    return f"{event.type} {tested}".rstrip()


def _say_tested(event: Event, names: tuple[str, ...], setting: Setting) -> list[str]:
    known = [(name, value) for name in dict.fromkeys(names) if (value := event.values.get(name)) is not None]
    return [_say_property(event, name, value, setting) for name, value in known]


def say_whole_event(event: Event, setting: Setting) -> str:
    """`/pricing, seconds 35, 1 day ago (20 Nov 09:00)`: all that is known of an event."""
    known = [(name, value) for name, value in event.values.items() if value is not None]
    said = [_say_property(event, name, value, setting) for name, value in known]
    return ", ".join([*said, f"{say_age(event.at, setting.now)} ({say_moment(event.at, setting.now)})"])


def _say_property(event: Event, name: str, value: Value, setting: Setting) -> str:
    """A text alone says enough; whatever else has its name before it."""
    if isinstance(value, str):
        return shorten(value)
    return f"{name} {say_value(value, property_type(event, name, setting.model.schema), setting.now)}"


def property_type(event: Event, name: str, schema: Schema) -> ValueType:
    """The type that a property of an event is declared with."""
    declared = next(kind for kind in schema.events if kind.name == event.type)
    return next(prop.type for prop in declared.properties if prop.name == name)


def say_events(events: Sequence[Event], occurrence: Occurrence, setting: Setting, also: tuple[str, ...] = ()) -> str:
    """`…; …; …; and 2 more`, the newest first."""
    said = [say_event(event, occurrence, setting, also) for event in events[: setting.events_said]]
    return say_list(said, len(events))


def say_list(said: list[str], count: int) -> str:
    """What is said of some, and of how many nothing is said."""
    more = count - len(said)
    return "; ".join([*said, f"and {more} more"] if more else said)


# ---- readings


def say_reading(reading: Reading, setting: Setting) -> str:
    """`employees is 40`; for a reckoned amount also what it is made of."""
    parts = () if setting.is_brief else _parts(reading)
    said = ", ".join(_say_amount(part, setting) for part in parts)
    return f"{_say_amount(reading, setting)}{f' ({said})' if said else ''}"


def _parts(reading: Reading) -> tuple[Reading, ...]:
    """What is worth saying of where a value comes from: of a domain nothing, but that there is no address."""
    is_plain = isinstance(reading.amount, DomainAmount) and reading.value is not None
    return () if is_plain or occurrence_of(reading.amount) is not None else reading.parts[:_ITEMS_SAID]


def _say_amount(reading: Reading, setting: Setting) -> str:
    return f"{reading.amount.text} is {say_value(reading.value, type_of(reading.amount), setting.now)}"


def say_sources(reading: Reading, setting: Setting) -> str:
    """`; from 4 events: …; …`: the events behind a value, empty where there are none."""
    occurrence = occurrence_of(reading.amount)
    if occurrence is None or not reading.events or setting.is_brief:
        return ""
    many = "" if len(reading.events) == 1 else f"from {len(reading.events)} events: "
    return f"; {many}{say_events(reading.events, occurrence, setting, _measured(reading))}"


def say_fact(reading: Reading, setting: Setting) -> str:
    """A value with its events; a count by its events alone: `page_view 2 times: …`, `no page_view …`."""
    if not isinstance(reading.amount, CountAmount):
        return say_reading(reading, setting) + say_sources(reading, setting)
    occurrence = reading.amount.occurrence
    if not reading.events:
        return f"no {occurrence.text.removeprefix('any ')}"
    events = say_events(reading.events, occurrence, setting)
    return f"{say_kinds(occurrence)} {say_times(len(reading.events))}: {events}"


def _measured(reading: Reading) -> tuple[str, ...]:
    amount = reading.amount
    while isinstance(amount, DefinedAmount):
        amount = amount.amount
    return (amount.property,) if isinstance(amount, MeasureAmount) else ()
