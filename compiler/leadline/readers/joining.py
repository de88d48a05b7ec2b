"""One pass over the data: contacts in the order of their file, each with its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from leadline.readers.columns import Dates
from leadline.readers.contact_rows import ContactReader
from leadline.readers.event_layout import EventOrigin, unfolded_rows
from leadline.readers.event_names import EventNames
from leadline.readers.event_rows import EventReader, RawEvent
from leadline.readers.event_store import EventStore
from leadline.readers.problems import DataReport, Tally, quoted
from leadline.readers.rows import Headings, RefuseRow, Rows, ignore_row
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.schema import EventType, Schema

Progress: TypeAlias = Callable[[int], None]
"""Told now and then how many rows have been read, over all files."""

_PROGRESS_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is read, and how."""

    schema: Schema
    contacts: Rows
    events: Rows | None
    dates: Dates
    as_of: int | None


class Pass:
    """Reads everything once. Making one matches the columns and raises DataError where that fails."""

    def __init__(self, inputs: Inputs, tally: Tally, progress: Progress | None = None) -> None:
        schema, dates, as_of = inputs.schema, inputs.dates, inputs.as_of
        self._inputs = inputs
        self._tally = tally
        self._progress = progress
        self._rows_read = 0
        self._contacts = ContactReader(schema, inputs.contacts, tally, dates)
        self._nested = EventReader(EventOrigin(schema, inputs.contacts, dates, nested=True), tally, as_of)
        self._event_rows: Rows | None = None
        self._events: EventReader | None = None
        if inputs.events is not None:
            self._event_rows = unfolded_rows(inputs.events, EventNames(schema.events).declared)
            self._events = EventReader(EventOrigin(schema, self._event_rows, dates, nested=False), tally, as_of)

    def contacts(self) -> Iterator[Contact]:
        """The contacts with their events."""
        ordinals: dict[str, int] = {}
        store = EventStore()
        try:
            if self._event_rows is not None and self._events is not None:
                self._number_contacts(ordinals)
                self._sort_events(self._event_rows, self._events, ordinals, store)
            yield from self._join(ordinals, store)
        finally:
            store.close()

    def report(self) -> DataReport:
        """What has been read so far."""
        missing = self._contacts.missing_columns()
        if self._events is not None:
            missing += self._events.missing_columns()
        return self._tally.report(missing, self._contacts.unused_columns())

    def _number_contacts(self, ordinals: dict[str, int]) -> None:
        """A first look at the contacts, so that each event can be laid where its contact will be."""
        for _, headings, cells in self._inputs.contacts.read(ignore_row):
            contact = self._contacts.contact_id(headings, cells)
            if contact:
                ordinals.setdefault(contact, len(ordinals))

    def _sort_events(self, rows: Rows, reader: EventReader, ordinals: dict[str, int], store: EventStore) -> None:
        for row in rows.read(self._refuse_in(rows)):
            self._step()
            layout = reader.layout_of(row[1])
            contact = reader.contact_of(row, layout)
            kind = reader.kind_of(row, layout, contact)
            if kind is None:
                continue
            ordinal = ordinals.get(contact)
            if ordinal is None:
                message = f"there is no contact {quoted(contact)}" if contact else "the event names no contact"
                reader.refuse(row, message, "contact", contact)
                continue
            event = reader.read(row, layout, kind, contact)
            if event is not None:
                store.add(ordinal, event)

    def _join(self, ordinals: dict[str, int], store: EventStore) -> Iterator[Contact]:
        rows, tally, reader = self._inputs.contacts, self._tally, self._contacts
        for line, headings, cells in rows.read(self._refuse_in(rows)):
            self._step()
            contact = reader.contact_id(headings, cells)
            # The first contact of an id has the number that comes next, whether numbered now or before.
            ordinal = ordinals.setdefault(contact, tally.contacts) if contact else -1
            if ordinal != tally.contacts:
                self._refuse_contact(line, headings, cells, contact)
                continue
            tally.contacts += 1
            values = reader.values(line, headings, cells, contact)
            events = self._nested.read_nested(line, reader.raw_events(headings, cells), contact)
            all_events = [*events, *store.events_of(ordinal)]
            yield Contact(contact, values, take_events(all_events, self._inputs.schema.events, tally))

    def _refuse_contact(self, line: int | None, headings: Headings, cells: Sequence[Any], contact: str) -> None:
        message = f"a second contact {quoted(contact)}" if contact else "the contact has no id"
        raw = dict(zip(headings, cells, strict=False))
        self._tally.bad_row(self._inputs.contacts.file, line, raw, message, self._contacts.id_heading, contact)

    def _refuse_in(self, rows: Rows) -> RefuseRow:
        def refuse(line: int | None, raw: Any, message: str) -> None:
            self._tally.bad_row(rows.file, line, raw, message)

        return refuse

    def _step(self) -> None:
        self._rows_read += 1
        if self._progress is not None and self._rows_read % _PROGRESS_EVERY == 0:
            self._progress(self._rows_read)


def take_events(raw_events: Iterable[RawEvent], declared: Sequence[EventType], tally: Tally) -> tuple[Event, ...]:
    """The events of one contact, in the order they came; of those with one `id` only the first."""
    seen: set[str] = set()
    events = []
    for kind, at, event_id, values in raw_events:
        if event_id:
            if event_id in seen:
                tally.repeated_events += 1
                continue
            seen.add(event_id)
        event = declared[kind]
        known = {prop.name: value for prop, value in zip(event.properties, values, strict=True) if value is not None}
        events.append(Event(event.name, at, known))
    tally.events += len(events)
    return tuple(events)
