"""Which columns must be looked through as a whole before any of their cells can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from leadline.readers.contact_rows import ContactReader
from leadline.readers.event_layout import DATE, EventLayout, EventOrigin, inner_rows, unfolded_row
from leadline.readers.event_names import EventNames
from leadline.readers.event_rows import EventReader
from leadline.readers.problems import Tally
from leadline.readers.rows import Headings, Row
from leadline.spark.evidence import ColumnEvidence, Columns, Gathered
from leadline.spark.forms import Form
from leadline_compiler.schema import Kind, Schema, ValueType

_MOST_LAYOUTS = 2000


@dataclass(frozen=True, slots=True)
class Watched:
    """A column whose cells decide together how they are read."""

    heading: str
    position: int
    kind: Kind


_Watch: TypeAlias = Callable[[Headings], tuple[Watched, ...]]


def watched_columns(schema: Schema, form: Form, *, are_contacts: bool) -> tuple[Watched, ...]:
    """The watched columns of a table."""
    assert form.headings is not None
    watch = _watch_contacts(schema, form) if are_contacts else _watch_events(schema, form, nested=False)
    return watch(form.headings)


@dataclass(slots=True)
class Watcher:
    """Looks at rows one after the other."""

    schema: Schema
    form: Form
    are_contacts: bool
    gathered: Gathered = field(default_factory=Gathered)
    _own: _Watch = field(init=False)
    _inner: _Watch = field(init=False)
    _declared: frozenset[str] = field(init=False)
    _known: tuple[dict[Headings, tuple[Watched, ...]], ...] = field(init=False)

    def __post_init__(self) -> None:
        make = _watch_contacts if self.are_contacts else _watch_own_events
        self._own = make(self.schema, self.form)
        self._inner = _watch_events(self.schema, self.form, nested=True)
        self._declared = EventNames(self.schema.events).declared
        self._known = ({}, {})

    def note(self, row: Row) -> None:
        """Looks at a row, and at the events inside of it."""
        if self.form.is_table:
            self._note(row, self._own, self._known[0], self.gathered.own)
        elif self.are_contacts:
            self._note(row, self._own, self._known[0], self.gathered.own)
            for inner in inner_rows(row, self._declared):
                self._note(inner, self._inner, self._known[1], self.gathered.nested)
        else:
            self._note(unfolded_row(row, self._declared), self._own, self._known[0], self.gathered.own)

    def _note(self, row: Row, watch: _Watch, known: dict[Headings, tuple[Watched, ...]], columns: Columns) -> None:
        line, headings, cells = row
        watched = known.get(headings)
        if watched is None:
            if len(known) >= _MOST_LAYOUTS:
                known.clear()
            watched = known[headings] = watch(headings)
        for column in watched:
            found = columns.get(column.heading)
            if found is None:
                found = columns[column.heading] = ColumnEvidence()
            if column.kind is Kind.DATE:
                found.note_date(line, cells[column.position])
            else:
                found.note_list(line, cells[column.position])


def _watch_contacts(schema: Schema, form: Form) -> _Watch:
    reader = ContactReader(schema, form.rows(), Tally(), {}, alone=True)

    def watch(headings: Headings) -> tuple[Watched, ...]:
        cells = reader.layout_of(headings).cells
        return _distinct(form, ((cell.heading, cell.position, cell.field.type) for cell in cells))

    return watch


def _watch_own_events(schema: Schema, form: Form) -> _Watch:
    return _watch_events(schema, form, nested=False)


def _watch_events(schema: Schema, form: Form, *, nested: bool) -> _Watch:
    reader = EventReader(EventOrigin(schema, form.rows(), {}, nested=nested, alone=True), Tally(), None)

    def watch(headings: Headings) -> tuple[Watched, ...]:
        return _distinct(form, _event_cells(headings, reader.layout_of(headings)))

    return watch


def _event_cells(headings: Headings, layout: EventLayout) -> Iterator[tuple[str, int, ValueType]]:
    if layout.at is not None:
        yield headings[layout.at], layout.at, DATE
    for cells in layout.cells:
        for cell in cells:
            if cell is not None:
                yield cell.heading, cell.position, cell.property.type


def _distinct(form: Form, cells: Iterator[tuple[str, int, ValueType]]) -> tuple[Watched, ...]:
    kinds = (Kind.DATE, Kind.LIST) if form.is_table else (Kind.DATE,)
    found = (Watched(heading, position, type_.kind) for heading, position, type_ in cells if type_.kind in kinds)
    return tuple(dict.fromkeys(found))
