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
from leadline.readers.problems import DataReport, MissingColumn, Tally, no_contact, quoted
from leadline.readers.rows import Headings, RefuseRow, Row, Rows, ignore_row
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.schema import EventType, Schema

Progress: TypeAlias = Callable[[int], None]
"""Told now and then how many rows have been read, over all files."""

Find: TypeAlias = Callable[[Sequence[str]], Sequence[int | None]]
"""The numbers of contacts by their ids, None for those that there are not."""

_RawContact: TypeAlias = tuple[int, str, dict[str, Value], list[RawEvent]]

_PROGRESS_EVERY = 5000
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class _Refused:
    """A row that its reader could make nothing of."""

    line: int | None
    raw: Any
    message: str


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
                for ordinal, event in self.raw_events(lambda ids: list(map(ordinals.get, ids))):
                    store.add(ordinal, event)
            yield from self._join(ordinals, store)
        finally:
            store.close()

    def raw_events(self, find: Find) -> Iterator[tuple[int, RawEvent]]:
        """The events of the second file with the numbers of their contacts, in the order of the file.

        `find` answers the number of each of some contacts, None for those that there are not.
        """
        if self._event_rows is None or self._events is None:
            return
        for rows in self._some_rows(self._event_rows):
            contacts = [self._contact_of(row) for row in rows]
            for row, contact, number in zip(rows, contacts, find(contacts), strict=True):
                if isinstance(row, _Refused):
                    self._tally.bad_row(self._event_rows.file, row.line, row.raw, row.message)
                    continue
                event = self.read_event(row, contact, is_known=number is not None)
                if event is not None and number is not None:
                    yield number, event

    def tell_contact(self, row: Row, *, is_first: bool) -> None:
        """Tells what is wrong with a contact that has been read elsewhere: at least that it is not the first."""
        contact = self._contacts.contact_id(*row[1:])
        if is_first:
            self._contacts.values(*row, contact)
        else:
            self._refuse_contact(*row, contact)

    def tell_event(self, row: Row, *, is_known: bool) -> None:
        """Tells what is wrong with an event of the second file that has been read elsewhere."""
        self.read_event(row, self._contact_of(row), is_known=is_known)

    def read_event(self, row: Row, contact: str, *, is_known: bool) -> RawEvent | None:
        """The event of a row of the second file; None for one that is left out, which is told."""
        reader = self._events
        assert reader is not None
        layout = reader.layout_of(row[1])
        kind = reader.kind_of(row, layout, contact)
        if kind is None:
            return None
        if not is_known:
            message = no_contact(contact) if contact else "the event names no contact"
            reader.refuse(row, message, "contact", contact)
            return None
        return reader.read(row, layout, kind, contact)

    def raw_contacts(self) -> Iterator[tuple[str, dict[str, Value], list[RawEvent]]]:
        """Id, values and inner events of each contact, in the order of the file."""
        seen: dict[str, int] = {}
        for _, contact, values, events in self._read_contacts(seen):
            yield contact, values, events

    def lay_out_contacts(self) -> None:
        """Takes note of the columns of a table of contacts that is read elsewhere."""
        if self._inputs.contacts.headings is not None:
            self._contacts.layout_of(self._inputs.contacts.headings)

    def missing_event_columns(self) -> tuple[MissingColumn, ...]:
        """The properties that the second file has no column for."""
        return () if self._events is None else self._events.missing_columns()

    def has_event_ids(self) -> bool:
        """Whether the events of the second file may have ids of their own."""
        if self._events is None or self._event_rows is None or self._event_rows.headings is None:
            return self._events is not None
        return self._events.layout_of(self._event_rows.headings).id is not None

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

    def _some_rows(self, rows: Rows) -> Iterator[list[Row | _Refused]]:
        """The rows of the second file, a batch at a time, with what its reader refuses at its place."""
        some: list[Row | _Refused] = []

        def refuse(line: int | None, raw: Any, message: str) -> None:
            some.append(_Refused(line, raw, message))

        for row in rows.read(refuse):
            self._step()
            some.append(row)
            if len(some) >= _ROWS_AT_ONCE:
                yield some
                some.clear()
        yield some

    def _contact_of(self, row: Row | _Refused) -> str:
        if isinstance(row, _Refused) or self._events is None:
            return ""
        return self._events.contact_of(row, self._events.layout_of(row[1]))

    def _join(self, ordinals: dict[str, int], store: EventStore) -> Iterator[Contact]:
        for ordinal, contact, values, events in self._read_contacts(ordinals):
            all_events = [*events, *store.events_of(ordinal)]
            yield Contact(contact, values, take_events(all_events, self._inputs.schema.events, self._tally))

    def _read_contacts(self, ordinals: dict[str, int]) -> Iterator[_RawContact]:
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
            yield ordinal, contact, values, events

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
