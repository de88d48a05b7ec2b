"""Rows of the contacts' data become contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadline.readers.columns import Dates, Place, Reader, column_reader, complain, order_said
from leadline.readers.headings import Matches, Wanted, list_headings, match_headings
from leadline.readers.problems import ColumnError, MissingColumn, Tally, repeated_column
from leadline.readers.rows import Headings, Rows
from leadline_compiler.contacts import Value
from leadline_compiler.schema import Field, Schema
from leadline_compiler.values import BAD, write_raw

EVENTS = "events"
_NOT_FIELDS = (EVENTS, "expect")
"""Keys of a JSON or YAML contact that hold no field, unless one is declared with this name."""
_MOST_LAYOUTS = 2000
_MOST_UNUSED = 500
_WHOLE = re.compile(r"[+-]?\d+\.0+", re.ASCII)


def read_id(raw: Any) -> str:
    """An id as it is compared: trimmed, whole numbers without `.0`; empty where there is none."""
    if isinstance(raw, str):
        text = raw.strip()
        return text.partition(".")[0] if text.endswith("0") and _WHOLE.fullmatch(text) else text
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return ""
    return write_raw(raw) or ""


@dataclass(frozen=True, slots=True)
class FieldCell:
    """A field and where its cell stands in a row."""

    field: Field
    position: int
    heading: str
    read: Reader


@dataclass(frozen=True, slots=True)
class ContactCells:
    """How rows under the same headings are read."""

    id_position: int | None
    events_position: int | None
    cells: tuple[FieldCell, ...]
    conflicts: Mapping[str, tuple[str, ...]]


class ContactReader:
    """Turns rows of one file into ids, values and raw events; remembers what it learns about the columns."""

    def __init__(self, schema: Schema, rows: Rows, tally: Tally, dates: Dates, *, alone: bool = False) -> None:
        self._schema = schema
        self._rows = rows
        self._tally = tally
        self._dates = dates
        self._alone = alone
        self._layouts: dict[Headings, ContactCells] = {}
        self._readers: dict[tuple[str, str], Reader] = {}
        self._found: set[str] = set()
        self._unused: dict[str, None] = {}
        declared = next((field for field in schema.fields if field.name == schema.identifier), None)
        self._identifier = Wanted(schema.identifier, declared.heading if declared else None)
        self._wanted = tuple(Wanted(field.name, field.heading) for field in schema.fields)
        if declared is None:
            self._wanted = (self._identifier, *self._wanted)
        if rows.headings is not None:
            self._check_table(rows.headings)

    @property
    def id_heading(self) -> str:
        """What the identifier is called in the data."""
        return self._identifier.heading or self._identifier.name

    def contact_id(self, headings: Headings, cells: Sequence[Any]) -> str:
        """The id of a row; empty where it has none."""
        position = self.layout_of(headings).id_position
        return "" if position is None else read_id(cells[position])

    def raw_events(self, headings: Headings, cells: Sequence[Any]) -> Any:
        """The events inside a row, as they came; None where there are none."""
        position = self.layout_of(headings).events_position
        return None if position is None else cells[position]

    def values(self, line: int | None, headings: Headings, cells: Sequence[Any], contact: str) -> dict[str, Value]:
        """The values of a row, those that are missing left out; bad ones are told and count as missing."""
        layout = self.layout_of(headings)
        values: dict[str, Value] = {}
        for cell in layout.cells:
            raw = cells[cell.position]
            value = cell.read(raw)
            if value is BAD:
                message = complain(raw, cell.field.type)
                self._tally.bad_value(self._rows.file, line, cell.heading, raw, message, contact)
            elif value is not None:
                values[cell.field.name] = value
        for name, among in layout.conflicts.items():
            message = f"{list_headings(among)} could all be {name}; say which one with `from`"
            self._tally.bad_value(self._rows.file, line, name, "", message, contact)
        return values

    def missing_columns(self) -> tuple[MissingColumn, ...]:
        """The fields that no row so far had a column or key for; none where there was neither row nor heading."""
        if not self._layouts and not self._rows.is_table:
            return ()
        return tuple(
            MissingColumn(self._rows.file, field.name, None, field.heading or field.name)
            for field in self._schema.fields
            if field.name not in self._found
        )

    def unused_columns(self) -> tuple[str, ...]:
        """The columns or keys that no field reads, the first 500 of them."""
        return tuple(self._unused)

    def _check_table(self, headings: Headings) -> None:
        matches = match_headings(self._wanted, headings)
        for name, among in matches.conflicts.items():
            raise repeated_column(among, self._rows.file) or ColumnError(
                f"{list_headings(among)} could all be {name}",
                file=self._rows.file,
                line=1,
                help=f'say which one: {name}: … from "{among[0]}", or rename the others',
            )
        if self._schema.identifier not in matches.positions:
            raise ColumnError(
                f'no column "{self.id_heading}", which identifies the contacts; '
                f"the columns are {list_headings(headings)}",
                file=self._rows.file,
                help='name it in the model: contact identified by FIELD, FIELD: text from "COLUMN"',
            )
        self._found.update(matches.positions)

    def layout_of(self, headings: Headings) -> ContactCells:
        """Where rows under these headings have what."""
        layout = self._layouts.get(headings)
        if layout is None:
            if len(self._layouts) >= _MOST_LAYOUTS:
                self._layouts.clear()
            layout = self._layouts[headings] = self._lay_out(headings)
        return layout

    def _lay_out(self, headings: Headings) -> ContactCells:
        matches = match_headings(self._wanted, headings)
        cells = tuple(
            FieldCell(field, position, headings[position], self._reader(field, headings[position]))
            for field in self._schema.fields
            if (position := matches.positions.get(field.name)) is not None
        )
        self._found.update(matches.positions, matches.conflicts)
        used = set(matches.positions.values())
        events = headings.index(EVENTS) if EVENTS in headings and not self._rows.is_table else None
        self._note_unused(headings, used, matches)
        return ContactCells(
            matches.positions.get(self._schema.identifier),
            None if events in used else events,
            cells,
            matches.conflicts,
        )

    def _note_unused(self, headings: Headings, used: set[int], matches: Matches) -> None:
        among = {heading for conflict in matches.conflicts.values() for heading in conflict}
        for position, heading in enumerate(headings):
            if len(self._unused) >= _MOST_UNUSED:
                return
            known = position in used or heading in among or not heading
            if not known and (self._rows.is_table or heading not in _NOT_FIELDS):
                self._unused[heading] = None

    def _reader(self, field: Field, heading: str) -> Reader:
        key = (field.name, heading)
        if key not in self._readers:
            place = Place(
                heading,
                self._rows.file,
                None if self._alone else self._rows,
                order_said(self._dates, heading, field.name),
            )
            self._readers[key] = column_reader(field.type, self._schema.zone, place)
        return self._readers[key]
