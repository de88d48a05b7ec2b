"""Evidence in the shape of the sample files: the contact, the as-of, and what the interpreter makes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION, json_number
from leadline_compiler.result import result_of
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.zones import DAY, Zone


def evidence_of(analysis: Analysis, contact: Contact) -> dict[str, Any]:
    """The evidence of a contact that was confirmed."""
    outcome = analysis.outcome(contact)
    return {
        "contact": write_contact(analysis, contact),
        "as_of": analysis.model.zone.write(analysis.as_of),
        "result": result_of(outcome),
    }


def write_contact(analysis: Analysis, contact: Contact) -> dict[str, Any]:
    """A contact as a sample file has it, the newest event first."""
    schema, space = analysis.model.schema, analysis.space
    written: dict[str, Any] = {schema.identifier: contact.id}
    for field in schema.fields:
        value = contact.values.get(field.name)
        if value is not None:
            written[field.name] = write_value(value, field.type, schema.zone)
    events = sorted(contact.events, key=lambda event: -event.at)
    if events:
        written["events"] = [_write_event(event, space.events[event.type].properties, analysis) for event in events]
    return written


def _write_event(event: Event, properties: tuple[Any, ...], analysis: Analysis) -> dict[str, Any]:
    types = {prop.name: prop.type for prop in properties}
    zone = analysis.model.zone
    values = {name: write_value(value, types[name], zone) for name, value in event.values.items() if value is not None}
    days, rest = divmod(analysis.as_of - event.at, DAY)
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
