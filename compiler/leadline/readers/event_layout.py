"""Where the rows of an events' file, or the objects inside of contacts, have what makes an event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, overload

from leadline.readers.columns import Dates, Place, Reader, column_reader, order_said
from leadline.readers.contact_rows import EVENTS
from leadline.readers.headings import Wanted, list_headings, match_headings, normalise_heading
from leadline.readers.problems import ColumnError, MissingColumn, repeated_column
from leadline.readers.records import DAYS_AGO, EVENT_NAMES, TIMES, record_row, unfold_event
from leadline.readers.rows import Evidence, Headings, RefuseRow, Row, Rows
from leadline_compiler.schema import EventType, Kind, Property, Schema, ValueType

DATE = ValueType(Kind.DATE)
_CONTACT = ("contact", "contact_id", "lead_id", "person_id")
_REMEMBERED = 2000
Item = TypeVar("Item")


class WhenAsked(Sequence[Item]):
    """A sequence whose items are made when they are first asked for: of many declared events few have some keys."""

    def __init__(self, many: int, make: Callable[[int], Item]) -> None:
        self._many = many
        self._make = make
        self._made: dict[int, Item] = {}

    def __len__(self) -> int:
        return self._many

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._many))]
        if index not in self._made:
            self._made[index] = self._make(range(self._many)[index])
        return self._made[index]


@dataclass(frozen=True, slots=True)
class PropertyCell:
    property: Property
    position: int
    heading: str
    read: Reader


@dataclass(frozen=True, slots=True)
class EventLayout:
    """Positions in rows under the same headings; None where there is no such column or key.

    `cells` has the properties of every declared event.
    """

    contact: int | None
    event: int | None
    at: int | None
    days_ago: int | None
    id: int | None
    read_at: Reader | None
    cells: Sequence[tuple[PropertyCell | None, ...]]


@dataclass(frozen=True, slots=True)
class EventOrigin:
    """Where events come from: `nested` ones belong to the contact that holds them, `alone` without other rows."""

    schema: Schema
    rows: Rows
    dates: Dates
    nested: bool
    alone: bool = False


class EventLayouts:
    """The layouts of one origin. Making one matches the columns of a table and raises DataError where it fails."""

    def __init__(self, origin: EventOrigin, declared: frozenset[str]) -> None:
        self._origin = origin
        self._declared = declared
        self._layouts: dict[Headings, EventLayout] = {}
        self._readers: dict[tuple[int, str, str], Reader] = {}
        self._found: set[tuple[int, str]] = set()
        self._properties = {prop.name for event in origin.schema.events for prop in event.properties}
        self._is_table = origin.rows.is_table and not origin.nested
        if self._is_table and origin.rows.headings is not None:
            self._check(self.of(origin.rows.headings), origin.rows.headings)

    def of(self, headings: Headings) -> EventLayout:
        """The layout of rows under these headings."""
        found = self._layouts.get(headings)
        if found is None:
            if len(self._layouts) >= _REMEMBERED:
                self._layouts.clear()
            found = self._layouts[headings] = self._lay_out(headings)
        return found

    def missing_columns(self) -> tuple[MissingColumn, ...]:
        """The properties that a table has no column for."""
        if not self._is_table:
            return ()
        return tuple(
            MissingColumn(self._origin.rows.file, prop.name, event.name, prop.name)
            for index, event in enumerate(self._origin.schema.events)
            for prop in event.properties
            if (index, prop.name) not in self._found
        )

    def _check(self, layout: EventLayout, headings: Headings) -> None:
        moment = layout.days_ago if layout.at is None else layout.at
        for name, position in (("contact", layout.contact), ("event", layout.event), ("at", moment)):
            if position is None:
                raise ColumnError(
                    f'no column "{name}"; the columns are {list_headings(headings)}',
                    file=self._origin.rows.file,
                    help="events need the columns contact, event and at",
                )

    def _lay_out(self, headings: Headings) -> EventLayout:
        normal = [normalise_heading(heading) for heading in headings]
        at = self._find("at", TIMES, headings, normal)
        events = self._origin.schema.events
        cells = WhenAsked(len(events), lambda index: self._cells(index, events[index], headings))
        return EventLayout(
            contact=None if self._origin.nested else self._find("contact", self._contact_aliases(), headings, normal),
            event=self._find("event", EVENT_NAMES, headings, normal),
            at=at,
            days_ago=self._find(DAYS_AGO, (DAYS_AGO,), headings, normal),
            id=self._find("id", ("id",), headings, normal),
            read_at=None if at is None else self._reader(-1, "at", DATE, headings[at]),
            # The columns of a table are told of, also those that no row needs.
            cells=tuple(cells) if self._is_table else cells,
        )

    def _contact_aliases(self) -> tuple[str, ...]:
        schema = self._origin.schema
        headings = [field.heading for field in schema.fields if field.name == schema.identifier]
        names = [normalise_heading(name) for name in (schema.identifier, *headings) if name]
        # A plain `id` is the event's own.
        return (*_CONTACT, *(name for name in names if name not in ("", "id")))

    def _find(self, name: str, aliases: Sequence[str], headings: Headings, normal: Sequence[str]) -> int | None:
        """Where a column stands that every event needs: by its name, else by the only alias that is there."""
        if headings.count(name) > 1:
            self._refuse_conflict(name, [heading for heading in headings if heading == name])
        if name in headings:
            return headings.index(name)
        if name in normal:
            aliases = (name,)
        found = [
            position
            for position, alias in enumerate(normal)
            if alias in aliases and (alias == name or headings[position] not in self._properties)
        ]
        if len(found) > 1:
            self._refuse_conflict(name, tuple(headings[position] for position in found))
        return found[0] if len(found) == 1 else None

    def _cells(self, index: int, event: EventType, headings: Headings) -> tuple[PropertyCell | None, ...]:
        matches = match_headings([Wanted(prop.name) for prop in event.properties], headings)
        for name, among in matches.conflicts.items():
            self._refuse_conflict(name, among)
        self._found.update((index, name) for name in matches.positions)
        return tuple(
            PropertyCell(
                prop, position, headings[position], self._reader(index, prop.name, prop.type, headings[position])
            )
            if (position := matches.positions.get(prop.name)) is not None
            else None
            for prop in event.properties
        )

    def _refuse_conflict(self, name: str, among: Sequence[str]) -> None:
        if self._is_table:
            message = f'{list_headings(among)} could all be the column "{name}"'
            file, help = self._origin.rows.file, f"call the one that is meant {name}"
            raise repeated_column(among, file) or ColumnError(message, file=file, line=1, help=help)

    def _reader(self, index: int, name: str, type_: ValueType, heading: str) -> Reader:
        key = (index, name, heading)
        if key not in self._readers:
            self._readers[key] = column_reader(type_, self._origin.schema.zone, self._place(heading, name))
        return self._readers[key]

    def _place(self, heading: str, name: str) -> Place:
        origin = self._origin
        order = order_said(origin.dates, heading, name)
        if origin.alone:
            return Place(heading, origin.rows.file, None, order)
        rows = nested_rows(origin.rows, self._declared) if origin.nested else origin.rows
        return Place(heading, origin.rows.file, rows, order)


def unfolded_rows(rows: Rows, declared: frozenset[str]) -> Rows:
    """The rows of an events' file, those in the short form of JSON brought into the long one."""
    if rows.is_table:
        return rows

    def read(refuse: RefuseRow) -> Iterator[Row]:
        for row in rows.read(refuse):
            yield unfolded_row(row, declared)

    return replace(rows, read=read)


def unfolded_row(row: Row, declared: frozenset[str]) -> Row:
    """A row of an events' file in JSON in the long form."""
    line, headings, cells = row
    if "event" in headings:
        return row
    return record_row(line, unfold_event(dict(zip(headings, cells, strict=True)), declared))


def nested_rows(rows: Rows, declared: frozenset[str]) -> Rows:
    """The events inside all contacts, as rows of their own."""

    def read(refuse: RefuseRow) -> Iterator[Row]:
        for row in rows.read(refuse):
            yield from inner_rows(row, declared)

    evidence = None if rows.evidence is None else Evidence(rows.evidence.nested, {})
    return replace(rows, read=read, evidence=evidence)


def inner_rows(row: Row, declared: frozenset[str]) -> Iterator[Row]:
    """The events inside a contact, as rows of their own."""
    line, headings, cells = row
    events = cells[headings.index(EVENTS)] if EVENTS in headings else None
    if isinstance(events, list | tuple):
        for event in events:
            if isinstance(event, Mapping):
                yield record_row(line, unfold_event(event, declared))
