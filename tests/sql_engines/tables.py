"""Contacts as two typed tables, such as a warehouse would hold them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leadline_compiler.contacts import Contact
from leadline_compiler.schema import Kind, Schema


@dataclass(frozen=True, slots=True)
class Column:
    """`is_day`: a column of bare days, whose values are their midnights in UTC."""

    name: str
    kind: Kind
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values as contacts hold them: millionths, microseconds, texts; a list is one text."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    contacts: Table
    events: Table


def tables_of(schema: Schema, contacts: Iterable[Contact]) -> Tables:
    """The tables of some contacts with different ids."""
    people = list(contacts)
    return Tables(_contacts(schema, people), _events(schema, people))


def _contacts(schema: Schema, contacts: list[Contact]) -> Table:
    identifier = next((field for field in schema.fields if field.name == schema.identifier), None)
    heading = schema.identifier if identifier is None else identifier.heading or identifier.name
    fields = [field for field in schema.fields if field.name != schema.identifier]
    columns = [Column(heading, Kind.TEXT)]
    columns += [Column(field.heading or field.name, field.type.kind) for field in fields]
    rows = [(one.id, *(_cell(one.values.get(field.name)) for field in fields)) for one in contacts]
    return Table("contacts", tuple(columns), tuple(rows))


def _events(schema: Schema, contacts: list[Contact]) -> Table:
    properties = {prop.name: prop.type.kind for event in schema.events for prop in event.properties}
    called = {event.name: event.source_name or event.name for event in schema.events}
    columns = [Column("contact", Kind.TEXT), Column("event", Kind.TEXT), Column("at", Kind.DATE)]
    columns += [Column(name, kind) for name, kind in properties.items()]
    rows = [
        (one.id, called[event.type], event.at, *(_cell(event.values.get(name)) for name in properties))
        for one in contacts
        for event in one.events
    ]
    return Table("events", tuple(columns), tuple(rows))


def _cell(value: Any) -> Any:
    return ";".join(value) if isinstance(value, tuple) else value
