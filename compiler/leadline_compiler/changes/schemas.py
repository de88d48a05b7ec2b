"""Changes of fields, events and properties."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.pairs import pair_by_name
from leadline_compiler.schema import EventType, Field, Schema, ValueType
from leadline_dsl.tokens import quote_text


def compare_schemas(old: Schema, new: Schema) -> Iterator[Change]:
    """A field or an event alone changes no score before a rule asks for it, but its type or heading does."""
    if old.identifier != new.identifier:
        yield Change("changed", "contact", "", (Detail("identified by", old.identifier, new.identifier),))
    for name, field, now in pair_by_name(old.fields, new.fields, lambda field: field.name):
        if field is None and now is not None:
            yield Change("added", "field", name, (Detail("type", None, _say_type(now.type)),), matters=False)
        elif field is not None and now is None:
            yield Change("removed", "field", name, (), matters=False)
        elif field is not None and now is not None and field != now:
            yield Change("changed", "field", name, tuple(_field_details(field, now)))
    for name, event, then in pair_by_name(old.events, new.events, lambda event: event.name):
        yield from _compare_events(name, event, then)


def _field_details(old: Field, new: Field) -> Iterator[Detail]:
    if old.type != new.type:
        yield Detail("type", _say_type(old.type), _say_type(new.type))
    if (old.heading or old.name) != (new.heading or new.name):
        yield Detail("from", _quoted(old.heading or old.name), _quoted(new.heading or new.name))


def _compare_events(name: str, old: EventType | None, new: EventType | None) -> Iterator[Change]:
    if old is None:
        # An event more is one that `any event` sees.
        yield Change("added", "event", name, ())
    elif new is None:
        yield Change("removed", "event", name, ())
    elif details := tuple(_event_details(old, new)):
        yield Change("changed", "event", name, details)


def _event_details(old: EventType, new: EventType) -> Iterator[Detail]:
    for name, prop, now in pair_by_name(old.properties, new.properties, lambda prop: prop.name):
        before = None if prop is None else _say_type(prop.type)
        after = None if now is None else _say_type(now.type)
        if before != after:
            yield Detail(name, before, after)
    if (old.source_name or old.name) != (new.source_name or new.name):
        yield Detail("from", _quoted(old.source_name or old.name), _quoted(new.source_name or new.name))


def _say_type(type_: ValueType) -> str:
    choices = ", ".join(map(quote_text, type_.choices))
    return f"{type_.kind.value} {choices}".rstrip()


def _quoted(text: str) -> str:
    return quote_text(text)
