"""A contact with what it gets, as a sample file has it: for YAML as lines, for JSON as an object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.readers.headings import normalise_heading
from leadline.readers.records import DAYS_AGO, EVENT_NAMES, TIMES
from leadline.sample_text import write_moment, write_scalar, write_value
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION, json_number, write_number
from leadline_compiler.outcome import Outcome
from leadline_compiler.result import points_value
from leadline_compiler.schema import Kind, Schema, ValueType
from leadline_compiler.zones import DAY

_NOT_EVENTS = frozenset({*EVENT_NAMES, *TIMES, DAYS_AGO, "id", "expect", "events"})


@dataclass(frozen=True, slots=True)
class Record:
    """A contact to be written under an id. `as_of` is the instant that its events are told from as days ago; None
    where they bear their times."""

    contact: Contact
    id: str
    outcome: Outcome
    as_of: int | None

    @property
    def schema(self) -> Schema:
        return self.outcome.model.schema


# ---- YAML


def yaml_lines(record: Record, indent: str) -> list[str]:
    """The lines of an item of a list, its dash after the indent."""
    keys, zone = _keys(record.schema), record.schema.zone
    lines = [f"- {write_scalar(keys[record.schema.identifier])}: {write_scalar(record.id)}"]
    for name, type_, value in _fields(record):
        lines.append(f"  {write_scalar(keys[name])}: {write_value(value, type_, zone)}")
    if record.contact.events:
        lines.append("  events:")
        lines += [f"    - {_yaml_event(event, record)}" for event in _events(record)]
    return [indent + line for line in [*lines, f"  expect: {_yaml_flow(_expected(record.outcome))}"]]


def yaml_flow(record: Record) -> str:
    """The contact on one line, between braces."""
    keys, zone = _keys(record.schema), record.schema.zone
    parts = [f"{write_scalar(keys[record.schema.identifier])}: {write_scalar(record.id)}"]
    parts += [
        f"{write_scalar(keys[name])}: {write_value(value, type_, zone)}" for name, type_, value in _fields(record)
    ]
    if record.contact.events:
        parts.append(f"events: [{', '.join(_yaml_event(event, record) for event in _events(record))}]")
    return f"{{{', '.join([*parts, f'expect: {_yaml_flow(_expected(record.outcome))}'])}}}"


def _yaml_event(event: Event, record: Record) -> str:
    zone = record.schema.zone
    said = [
        f"{write_scalar(name)}: {write_value(value, type_, zone)}" for name, type_, value in _properties(event, record)
    ]
    when = (
        f"at: {write_moment(event.at, zone)}" if record.as_of is None else f"days ago: {_days(event.at, record.as_of)}"
    )
    if _is_short(event):
        return f"{{{write_scalar(event.type)}: {{{', '.join(said)}}}, {when}}}"
    return f"{{{', '.join([f'event: {write_scalar(event.type)}', when, *said])}}}"


def _yaml_flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{write_scalar(key)}: {_yaml_flow(inner)}' for key, inner in value.items())}}}"
    if value is None:
        return "null"
    return write_scalar(value) if isinstance(value, str) else str(value)


# ---- JSON


def json_object(record: Record) -> dict[str, Any]:
    """The contact as an object."""
    keys = _keys(record.schema)
    found: dict[str, Any] = {keys[record.schema.identifier]: record.id}
    found |= {keys[name]: _json_value(value, type_, record) for name, type_, value in _fields(record)}
    if record.contact.events:
        found["events"] = [_json_event(event, record) for event in _events(record)]
    return {**found, "expect": _expected(record.outcome)}


def _json_event(event: Event, record: Record) -> dict[str, Any]:
    values = {name: _json_value(value, type_, record) for name, type_, value in _properties(event, record)}
    when: dict[str, Any] = {"at": write_moment(event.at, record.schema.zone)}
    if record.as_of is not None:
        when = {"days ago": json_number(_days_exactly(event.at, record.as_of), MILLION)}
    return {event.type: values, **when} if _is_short(event) else {"event": event.type, **when, **values}


def _json_value(value: Value, type_: ValueType, record: Record) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return write_moment(value, record.schema.zone) if type_.kind is Kind.DATE else json_number(value, MILLION)
    return value


# ---- what is told


def _expected(outcome: Outcome) -> dict[str, Any]:
    """What the contact gets: total, scores where there are several, grades, stage, and a status that takes it out."""
    found: dict[str, Any] = {"total": points_value(outcome.total)}
    if len(outcome.scores) > 1:
        found["scores"] = {score.score.name: points_value(score.points) for score in outcome.scores}
    if outcome.grades:
        found["grades"] = {"total" if name is None else name: letter for name, letter in outcome.grades}
    found["stage"] = outcome.stage
    if outcome.status != "scored":
        found["status"] = outcome.status
    return found


def _keys(schema: Schema) -> Mapping[str, str]:
    """What stands for each field: its name, or its heading where the name could be taken for another's heading."""
    headings = {field.name: field.heading or field.name for field in schema.fields}
    alike = Counter(alias for names in headings.items() for alias in set(map(normalise_heading, names)))
    keys = {schema.identifier: schema.identifier}
    for name, heading in headings.items():
        keys[name] = name if alike[normalise_heading(name)] == 1 else heading
    return keys


def _fields(record: Record) -> list[tuple[str, ValueType, Value]]:
    values, schema = record.contact.values, record.schema
    known = [(item.name, item.type, values.get(item.name)) for item in schema.fields if item.name != schema.identifier]
    return [field for field in known if field[2] is not None]


def _properties(event: Event, record: Record) -> list[tuple[str, ValueType, Value]]:
    declared = next(item for item in record.schema.events if item.name == event.type)
    known = [(prop.name, prop.type, event.values.get(prop.name)) for prop in declared.properties]
    return [prop for prop in known if prop[2] is not None]


def _events(record: Record) -> list[Event]:
    return sorted(record.contact.events, key=lambda event: event.at)


def _is_short(event: Event) -> bool:
    """Whether the event's name may stand as a key, and none of its properties is called like a time."""
    names = {normalise_heading(name) for name in event.values}
    return normalise_heading(event.type) not in _NOT_EVENTS and not names & {*TIMES, DAYS_AGO}


def _days(at: int, as_of: int) -> str:
    return write_number(_days_exactly(at, as_of))


def _days_exactly(at: int, as_of: int) -> int:
    """Millionths of days."""
    return (as_of - at) * MILLION // DAY
