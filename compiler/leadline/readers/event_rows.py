"""Rows of the events' data, and events inside of contacts, become events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from leadline.readers.columns import complain
from leadline.readers.contact_rows import EVENTS, read_id
from leadline.readers.dates import days_before
from leadline.readers.event_layout import DATE, EventLayout, EventLayouts, EventOrigin
from leadline.readers.event_names import EventNames
from leadline.readers.problems import MissingColumn, Tally
from leadline.readers.records import record_row, unfold_event
from leadline.readers.rows import Headings, Row
from leadline_compiler.contacts import Value
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.values import BAD, read_value, write_raw
from leadline_compiler.zones import EARLIEST, LATEST

RawEvent: TypeAlias = tuple[int, int, str, tuple[Value, ...]]
"""Index of the declared event, moment, its own id (or empty), the values of its properties as declared."""

_NUMBER = ValueType(Kind.NUMBER)
_NO_EVENT = "this is not an event: write an object with `event` and `at`"


class EventReader:
    """Turns rows into events; what cannot be read is told to the tally. `as_of` is what `days ago` counts from."""

    def __init__(self, origin: EventOrigin, tally: Tally, as_of: int | None) -> None:
        self._file = origin.rows.file
        self._zone = origin.schema.zone
        self._tally = tally
        self._as_of = as_of
        self._names = EventNames(origin.schema.events)
        self._layouts = EventLayouts(origin, self._names.declared)

    def layout_of(self, headings: Headings) -> EventLayout:
        """Where rows under these headings have what."""
        return self._layouts.of(headings)

    def contact_of(self, row: Row, layout: EventLayout) -> str:
        """The id of the contact that a row names; empty where it names none."""
        return "" if layout.contact is None else read_id(row[2][layout.contact])

    def kind_of(self, row: Row, layout: EventLayout, contact: str) -> int | None:
        """The index of a row's declared event; None where it has none, which is counted or told."""
        raw = None if layout.event is None else row[2][layout.event]
        name = raw if type(raw) is str else write_raw(raw)
        index = self._names.find(name) if name else None
        if index is None:
            if name and name.strip():
                self._tally.undeclared(name.strip())
            else:
                self.refuse(row, "the event has no name", "event", contact)
        return index

    def read(self, row: Row, layout: EventLayout, kind: int, contact: str) -> RawEvent | None:
        """The event of a row, None where it has no moment, which is told."""
        line, _, cells = row
        at = self._moment(row, layout, contact)
        if at is None:
            return None
        values: list[Value] = []
        for cell in layout.cells[kind]:
            if cell is None:
                values.append(None)
                continue
            raw = cells[cell.position]
            value = cell.read(raw)
            if value is BAD:
                self._tally.bad_value(self._file, line, cell.heading, raw, complain(raw, cell.property.type), contact)
                value = None
            values.append(value)
        return kind, at, "" if layout.id is None else read_id(cells[layout.id]), tuple(values)

    def read_nested(self, line: int | None, raw_events: Any, contact: str) -> list[RawEvent]:
        """The events inside a contact."""
        if raw_events is None or raw_events == "":
            return []
        if not isinstance(raw_events, list | tuple):
            self._tally.bad_row(self._file, line, raw_events, "`events` is not a list", EVENTS, contact)
            return []
        events = (self._read_one(getattr(raw, "line", line), raw, contact) for raw in raw_events)
        return [event for event in events if event is not None]

    def refuse(self, row: Row, message: str, column: str, contact: str) -> None:
        """Tells of a row that is left out."""
        line, headings, cells = row
        self._tally.bad_row(self._file, line, dict(zip(headings, cells, strict=False)), message, column, contact)

    def missing_columns(self) -> tuple[MissingColumn, ...]:
        """The properties that a table has no column for."""
        return self._layouts.missing_columns()

    def _read_one(self, line: int | None, raw: Any, contact: str) -> RawEvent | None:
        if not isinstance(raw, Mapping):
            self._tally.bad_row(
                self._file, line, raw, "this is not an event: write an object with `event` and `at`", EVENTS, contact
            )
            return None
        row = record_row(line, unfold_event(raw, self._names.declared))
        layout = self._layouts.of(row[1])
        kind = self.kind_of(row, layout, contact)
        return None if kind is None else self.read(row, layout, kind, contact)

    def _moment(self, row: Row, layout: EventLayout, contact: str) -> int | None:
        _, headings, cells = row
        if layout.days_ago is not None and _is_given(cells[layout.days_ago]):
            return self._days_ago(row, layout, layout.days_ago, contact)
        if layout.at is None or layout.read_at is None:
            self.refuse(row, "the event has no time (at)", "at", contact)
            return None
        raw = cells[layout.at]
        at = layout.read_at(raw)
        if type(at) is int:
            return at
        message = "the event has no time (at)" if at is None else complain(raw, DATE)
        self.refuse(row, message, headings[layout.at], contact)
        return None

    def _days_ago(self, row: Row, layout: EventLayout, position: int, contact: str) -> int | None:
        _, headings, cells = row
        days = read_value(cells[position], _NUMBER, self._zone)
        if layout.at is not None and _is_given(cells[layout.at]):
            message = "the event has both `at` and `days ago`"
        elif not isinstance(days, int):
            message = complain(cells[position], _NUMBER)
        elif self._as_of is None:
            message = "`days ago` needs an `as of` to count from"
        else:
            at = days_before(self._as_of, days)
            if EARLIEST <= at <= LATEST:
                return at
            message = f"{write_raw(cells[position])} days ago is in none of the years 1 to 9999"
        self.refuse(row, message, headings[position], contact)
        return None


def _is_given(raw: Any) -> bool:
    return raw is not None and not (isinstance(raw, str) and not raw)
