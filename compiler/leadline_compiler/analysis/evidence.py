"""Evidence in the shape of the sample files: the contact, the as-of, and what the interpreter makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION, json_number
from leadline_compiler.result import result_of
from leadline_compiler.schema import Kind, Schema, ValueType
from leadline_compiler.zones import DAY, Zone


def evidence_of(analysis: Analysis, contact: Contact) -> dict[str, Any]:
    """The evidence of a contact that was confirmed."""
    outcome = analysis.outcome(contact)
    return {
        "contact": write_contact(analysis.model.schema, contact, analysis.as_of),
        "as_of": analysis.model.zone.write(analysis.as_of),
        "result": result_of(outcome),
    }


def write_contact(schema: Schema, contact: Contact, as_of: int) -> dict[str, Any]:
    """A contact as a sample file has it, the newest event first."""
    written: dict[str, Any] = {schema.identifier: contact.id}
    for field in schema.fields:
        value = contact.values.get(field.name)
        if value is not None:
            written[field.name] = write_value(value, field.type, schema.zone)
    events = write_events(schema, contact.events, as_of)
    if events:
        written["events"] = events
    return written


def write_events(schema: Schema, events: Iterable[Event], as_of: int) -> list[dict[str, Any]]:
    """Declared events as a sample file has them, the newest first."""
    declared = {event.name: {prop.name: prop.type for prop in event.properties} for event in schema.events}
    known = [event for event in events if event.type in declared]
    return [
        _write_event(event, declared[event.type], schema.zone, as_of)
        for event in sorted(known, key=lambda one: -one.at)
    ]


def _write_event(event: Event, types: Mapping[str, ValueType], zone: Zone, as_of: int) -> dict[str, Any]:
    values = {name: write_value(value, types[name], zone) for name, value in event.values.items() if value is not None}
    days, rest = divmod(as_of - event.at, DAY)
    when: dict[str, Any] = {"at": zone.write(event.at)} if rest else {"days ago": days}
    return {event.type: values, **when}


def write_value(value: Value, type_: ValueType, zone: Zone) -> Any:
    """A value as JSON has it."""
    match value:
        case bool() | None | str():
            return value
        case int():
            return _write_moment(value, zone) if type_.kind is Kind.DATE else json_number(value, MILLION)
        case tuple():
            return list(value)


def _write_moment(moment: int, zone: Zone) -> str:
    wall: datetime = zone.wall(moment)
    if zone.midnight(wall.date()) == moment:
        return wall.date().isoformat()
    return zone.write(moment)
