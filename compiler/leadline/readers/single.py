"""One contact that is already in memory, such as a service gets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leadline.readers.columns import Dates
from leadline.readers.contact_rows import ContactReader
from leadline.readers.event_layout import EventOrigin
from leadline.readers.event_rows import EventReader
from leadline.readers.joining import take_events
from leadline.readers.problems import DataReport, Problem, Tally
from leadline.readers.records import record_row
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline_compiler.contacts import Contact
from leadline_compiler.schema import Schema


class ContactConverter:
    """Turns objects with nested `events` into contacts, each judged alone: nothing is learnt from the others.

    Made once for a schema and used for many objects. `file` is what problems name as their file.
    """

    def __init__(self, schema: Schema, *, dates: Dates | None = None, as_of: int | None = None, file: str = "") -> None:
        self._schema = schema
        self._file = file
        self._tally = Tally()
        rows = Rows(file, _no_rows)
        self._contacts = ContactReader(schema, rows, self._tally, dates or {}, alone=True)
        self._events = EventReader(EventOrigin(schema, rows, dates or {}, nested=True, alone=True), self._tally, as_of)

    def convert(self, raw: Mapping[str, Any], line: int | None = None) -> tuple[Contact, tuple[Problem, ...]]:
        """The contact and what was wrong with it. One without an id has the empty id, and no problem for that."""
        problems: list[Problem] = []
        self._tally.sink = problems.append
        self._tally.contacts += 1
        _, headings, cells = record_row(line, raw)
        contact = self._contacts.contact_id(headings, cells)
        values = self._contacts.values(line, headings, cells, contact)
        events = self._events.read_nested(line, self._contacts.raw_events(headings, cells), contact)
        taken = take_events(events, self._schema.events, self._tally)
        return Contact(contact, values, taken), tuple(problems)

    def report(self) -> DataReport:
        """What all objects so far amount to."""
        return self._tally.report(self._contacts.missing_columns(), self._contacts.unused_columns())


def convert_contact(
    schema: Schema, raw: Mapping[str, Any], *, as_of: int | None = None, dates: Dates | None = None
) -> tuple[Contact, tuple[Problem, ...]]:
    """One object with nested `events` as a contact, and what was wrong with it.

    `as_of`, in microseconds, is what `days ago` counts from. Dates such as `03/04/2026` are bad values unless
    `dates` says how to read them. Use a ContactConverter for many.
    """
    return ContactConverter(schema, dates=dates, as_of=as_of).convert(raw)


def _no_rows(refuse: RefuseRow) -> Iterator[Row]:
    return iter(())
