"""What two models have in common: whether they read the same data, and a contact as each of them sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.model import Model
from leadline_compiler.schema import EventType, Kind, Property, Schema, ValueType
from leadline_compiler.texts import fold


def why_not_shared(old: Schema, new: Schema) -> str:
    """Why the models cannot be laid side by side, in words; empty where they can."""
    return next(_obstacles(old, new), "")


def _obstacles(old: Schema, new: Schema) -> Iterator[str]:
    for field in old.fields:
        for other in new.fields:
            if field.name == other.name and field.type != other.type:
                yield f"the field {field.name} has another type"
            if (field.name == other.name) is not ((field.heading or field.name) == (other.heading or other.name)):
                yield f"the field {field.name} is read from elsewhere, or under another name"
    for event in old.events:
        for then in new.events:
            same_name, same_source = event.name == then.name, _source(event) == _source(then)
            if same_name is not same_source:
                yield f"the event {event.name} is read from elsewhere, or under another name"
            types = {prop.name: prop.type for prop in event.properties}
            if same_name and any(types.get(prop.name, prop.type) != prop.type for prop in then.properties):
                yield f"a property of {event.name} has another type"


def _source(event: EventType) -> str:
    return event.source_name or event.name


def merged(old: Schema, new: Schema) -> Schema:
    """A schema with the fields, events and properties of both, which must be shared."""
    names = {field.name for field in old.fields}
    fields = (*old.fields, *(field for field in new.fields if field.name not in names))
    others = {event.name: event for event in new.events}
    events = [_with_more(event, others.pop(event.name, None)) for event in old.events]
    return Schema(new.zone, new.identifier, fields, (*events, *others.values()))


def _with_more(event: EventType, other: EventType | None) -> EventType:
    known = {prop.name for prop in event.properties}
    more: tuple[Property, ...] = () if other is None else other.properties
    return EventType(
        event.name, (*event.properties, *(prop for prop in more if prop.name not in known)), event.source_name
    )


def seen_by(model: Model, contact: Contact) -> Contact:
    """A contact without the values that the model does not admit."""
    types = {field.name: field.type for field in model.schema.fields}
    events = {event.name: {prop.name: prop.type for prop in event.properties} for event in model.schema.events}
    seen = (
        Event(event.type, event.at, _admitted(events[event.type], event.values))
        for event in contact.events
        if event.type in events
    )
    return Contact(contact.id, _admitted(types, contact.values), tuple(seen))


def _admitted(types: Mapping[str, ValueType], values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name in types and _admits(types[name], value)}


def _admits(type_: ValueType, value: Value) -> bool:
    match type_.kind:
        case Kind.CHOICE:
            return isinstance(value, str) and fold(value) in {fold(one) for one in type_.choices}
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.YES_NO:
            return isinstance(value, bool)
        case Kind.LIST:
            return isinstance(value, tuple)
        case _:
            return isinstance(value, int) and not isinstance(value, bool)
