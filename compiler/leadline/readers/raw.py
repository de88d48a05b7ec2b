"""What the scorer must know of the keys and values of contacts that are in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from leadline.readers.columns import DateColumn, Dates, Place, order_said
from leadline.readers.contact_rows import EVENTS, read_id
from leadline.readers.event_layout import EventLayouts, EventOrigin, PropertyCell, WhenAsked
from leadline.readers.event_names import EventNames
from leadline.readers.event_rows import EventReader
from leadline.readers.headings import Wanted, match_headings, normalise_heading
from leadline.readers.problems import Tally
from leadline.readers.records import WRAPPERS, record_row
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline.readers.single import convert_contact
from leadline_compiler.contacts import Contact
from leadline_compiler.schema import Field, Kind, Schema
from leadline_compiler.scorer import ContactLayout, EventLayout, Key, RawEvent
from leadline_compiler.values import read_value

_WRAPPERS = frozenset(WRAPPERS)


class RawReading:
    """Keys and values as `ContactConverter` reads them. It may be used by several threads at once."""

    def __init__(self, schema: Schema, dates: Dates | None = None) -> None:
        self._schema = schema
        self._dates = dates or {}
        fields = {field.name: field for field in schema.fields}
        self._wanted = [Wanted(field.name, field.heading) for field in schema.fields]
        if schema.identifier not in fields:
            self._wanted.insert(0, Wanted(schema.identifier))
        self._own = frozenset(want.heading or want.name for want in self._wanted)
        names = [name for want in self._wanted for name in (want.name, want.heading) if name]
        # A key that is none of a field's own may mean it all the same where it is alike.
        self._alike = frozenset((*names, *map(normalise_heading, names)))
        self.usual_layout = self._lay_out({want.name: want.heading or want.name for want in self._wanted}, EVENTS)
        self._names = EventNames(schema.events)
        self._origin = EventOrigin(schema, Rows("", _no_rows), self._dates, nested=True, alone=True)
        self._layouts = EventLayouts(self._origin, self._names.declared)
        self._reader: tuple[int | None, EventReader] = (None, EventReader(self._origin, Tally(), None))

    def contact_layout(self, keys: tuple[Any, ...], *, is_flat: bool) -> ContactLayout | None:
        """The layout of contacts with these keys; None where they may be wrapped, or are no texts."""
        if not all(type(key) is str for key in keys) or not (is_flat or _WRAPPERS.isdisjoint(keys)):
            return None
        if all(key not in self._alike and normalise_heading(key) not in self._alike for key in set(keys) - self._own):
            return self.usual_layout
        positions = match_headings(self._wanted, keys).positions
        return self._lay_out({name: keys[at] for name, at in positions.items()}, EVENTS if EVENTS in keys else None)

    def _lay_out(self, found: Mapping[str, str], events: str | None) -> ContactLayout:
        return ContactLayout(
            found.get(self._schema.identifier),
            None if events in found.values() else events,
            tuple(self._key(field, found.get(field.name)) for field in self._schema.fields),
        )

    def _key(self, field: Field, heading: str | None) -> Key | None:
        if heading is None:
            return None
        if field.type.kind is Kind.DATE:
            place = Place(heading, order=order_said(self._dates, heading, field.name))
            return Key(heading, DateColumn(field.type, self._schema.zone, place).read)
        return Key(heading, partial(read_value, type_=field.type, zone=self._schema.zone))

    def event_layout(self, keys: tuple[Any, ...]) -> EventLayout | None:
        """The layout of events with these keys; None where `read_event` must look at each."""
        if not all(type(key) is str for key in keys) or "event" not in keys or not _WRAPPERS.isdisjoint(keys):
            return None
        layout = self._layouts.of(keys)
        if layout.days_ago is not None or layout.event is None:
            return None
        return EventLayout(
            keys[layout.event],
            None if layout.at is None or layout.read_at is None else Key(keys[layout.at], layout.read_at),
            None if layout.id is None else keys[layout.id],
            WhenAsked(len(layout.cells), lambda kind: tuple(map(_property_key, layout.cells[kind]))),
        )

    def kind(self, name: str) -> int | None:
        """The index of the declared kind that the data means by a name."""
        return self._names.find(name) if name else None

    def reshape(self, raw: Mapping[Any, Any]) -> dict[str, Any] | None:
        """A contact without the wrappers of known sources; None where two of its keys are one text."""
        _, headings, cells = record_row(None, raw)
        flat = dict(zip(headings, cells, strict=True))
        return flat if len(flat) == len(headings) else None

    def read_event(self, raw: Any, as_of: int) -> RawEvent | None:
        """An event of any shape; None for one that is left out."""
        known, reader = self._reader
        if known != as_of:
            reader = EventReader(self._origin, Tally(), as_of)
            self._reader = as_of, reader
        return next(iter(reader.read_nested(None, [raw], "")), None)

    def read_id(self, raw: Any) -> str:
        """An id as it is compared; empty where there is none."""
        return read_id(raw)

    def convert(self, raw: Mapping[str, Any], as_of: int) -> Contact:
        """The whole contact."""
        return convert_contact(self._schema, raw, as_of=as_of, dates=self._dates)[0]


def _property_key(cell: PropertyCell | None) -> Key | None:
    return None if cell is None else Key(cell.heading, cell.read)


def _no_rows(refuse: RefuseRow) -> Iterator[Row]:
    return iter(())
