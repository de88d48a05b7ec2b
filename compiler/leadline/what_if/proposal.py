"""How a change that has been begun may go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leadline.completion import ValuesSeen
from leadline.what_if.change import find_field
from leadline_compiler.schema import EventType, Kind, Schema, ValueType


def propose_change(text: str, schema: Schema, seen: ValuesSeen | None = None) -> str | None:
    """The text with the likeliest end, None where there is none; `seen` are values that the data has."""
    known = seen or ValuesSeen()
    for whole in _wholes(text, schema, known):
        if len(whole) > len(text) and whole.casefold().startswith(text.casefold()):
            return text + whole[len(text) :]
    return None


def _wholes(text: str, schema: Schema, seen: ValuesSeen) -> Iterator[str]:
    if text.startswith("+"):
        yield from _events(text, schema, seen)
        return
    name, equals, _ = text.partition("=")
    if not equals:
        if text:
            yield from (f"{field.name} = " for field in schema.fields if field.name != schema.identifier)
            yield "today = +"
        return
    field = find_field(name.strip(), schema)
    if field is not None:
        start = text[: len(text) - len(text.partition("=")[2].lstrip())]
        yield from (start + value for value in _values(field.type, seen.fields.get(field.name, ())))


def _events(text: str, schema: Schema, seen: ValuesSeen) -> Iterator[str]:
    begun, _, last = text.rpartition(" ")
    if not begun:
        yield from (f"+{event.name}" for event in schema.events)
        return
    words = begun[1:].split()
    event = next((item for item in schema.events if words and item.name == words[0]), None)
    if event is None:
        return
    name, equals, _ = last.partition("=")
    if not equals:
        if last:
            yield from (f"{begun} {prop.name}=" for prop in event.properties)
        return
    yield from (f"{begun} {name}={value}" for value in _property_values(event, name, seen) if " " not in value)


def _property_values(event: EventType, name: str, seen: ValuesSeen) -> Iterable[str]:
    prop = event.property_named(name)
    return () if prop is None else _values(prop.type, seen.properties.get((event.name, name), ()))


def _values(type_: ValueType, seen: Iterable[str]) -> Iterator[str]:
    yield from type_.choices
    if type_.kind is Kind.YES_NO:
        yield from ("yes", "no")
    yield from seen
