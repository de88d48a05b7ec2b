"""What is new in a way into a stage, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from leadline.points import write_change
from leadline.reports.moments import Now, say_age
from leadline.reports.wording import property_type, say_value
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Schema
from leadline_compiler.ways import Cost, Way, Ways
from leadline_compiler.zones import DAY

_VALUES_SAID = 2


def now_of(outcome: Outcome) -> Now:
    return Now(outcome.model.zone, outcome.as_of)


def say_cost(cost: Cost, is_new: bool) -> str:
    """`1 new event and 2 fields`, without what is 0."""
    new = "new " if is_new else ""
    events = f"{cost.events} {new}event{'' if cost.events == 1 else 's'}" if cost.events else ""
    facts = f"{cost.facts} field{'' if cost.facts == 1 else 's'}" if cost.facts else ""
    return " and ".join(filter(None, (events, facts))) or "nothing"


def say_new(way: Way, found: Ways) -> str:
    """`employees 25; 2 page_view with path "/pricing", today`"""
    had, now, schema = found.start.contact.values, now_of(way.outcome), way.outcome.model.schema
    return "; ".join((*_fields(way.values, had, schema, now), *_events(way.events, schema, now)))


def say_contact(contact: Contact, schema: Schema, as_of: int) -> str:
    """All that is known of a contact."""
    now = Now(schema.zone, as_of)
    said = (*_fields(contact.values, {}, schema, now), *_events(contact.events, schema, now))
    return "; ".join(said) or "one of whom nothing is known"


def _fields(values: Mapping[str, Value], before: Mapping[str, Value], schema: Schema, now: Now) -> Iterator[str]:
    types = {field.name: field.type for field in schema.fields}
    for name, value in values.items():
        had = before.get(name)
        instead = f" instead of {say_value(had, types[name], now)}" if had is not None else ""
        yield f"{name} {say_value(value, types[name], now)}{instead}"


def _events(events: Iterable[Event], schema: Schema, now: Now) -> Iterator[str]:
    """The events, those of one type with the same properties together."""
    alike: dict[tuple[str, tuple[str, ...]], list[Event]] = {}
    for event in events:
        known = tuple(name for name, value in event.values.items() if value is not None)
        alike.setdefault((event.type, known), []).append(event)
    for (type_, names), several in alike.items():
        having = ", ".join(f"{name} {_values(several, name, schema, now)}" for name in names)
        said = f"{type_} with {having}" if having else type_
        count = f"{len(several)} " if len(several) > 1 else ""
        yield f"{count}{said}, {_days(several, now)}"


def _values(events: Sequence[Event], name: str, schema: Schema, now: Now) -> str:
    type_ = property_type(events[0], name, schema)
    values = list(dict.fromkeys(say_value(event.values[name], type_, now) for event in events))
    more = f" and {len(values) - _VALUES_SAID} more" if len(values) > _VALUES_SAID else ""
    return " or ".join(values[:_VALUES_SAID]) + more


def _days(events: Iterable[Event], now: Now) -> str:
    """`today`, `3 days ago`, `between 3 days ago and today`."""
    moments = sorted(event.at for event in events)
    oldest, newest = _day(moments[0], now), _day(moments[-1], now)
    return newest if oldest == newest else f"between {oldest} and {newest}"


def _day(moment: int, now: Now) -> str:
    return "today" if now.as_of - moment < DAY else say_age(moment, now)


def gains_of(before: Outcome, after: Outcome) -> Iterator[tuple[str, int]]:
    """The rules that give other points than before, with the difference, the largest first."""
    changes = [
        (now.rule.name, now.points - was.points)
        for was, now in zip(before.rules, after.rules, strict=True)
        if now.points != was.points
    ]
    yield from sorted(changes, key=lambda change: -abs(change[1]))


def say_gains(before: Outcome, after: Outcome) -> str:
    """`+70 Asked for demo, -5 Tiny`"""
    return ", ".join(f"{write_change(points)} {name}" for name, points in gains_of(before, after))
