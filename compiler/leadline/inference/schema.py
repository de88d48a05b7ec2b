"""The schema of contacts and events, guessed from their rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from leadline.inference.columns import Column
from leadline.inference.events import infer_events
from leadline.inference.guess import FieldGuess, Found, LeftOut, SchemaGuess, date_orders
from leadline.inference.identifier import Identities, choose_identifier
from leadline.inference.names import choose_name
from leadline.readers.contact_rows import EVENTS
from leadline.readers.event_layout import nested_rows
from leadline.readers.joining import Progress
from leadline.readers.rows import Headings, Row, Rows, ignore_row

MOST_ROWS = 50_000
"""Contacts that are looked at; a wide table is looked at less deeply, so that the cells stay within bounds."""
_MOST_CELLS = 3_000_000
_FEWEST_ROWS = 2_000
_MOST_COLUMNS = 2_000
_NOT_FIELDS = (EVENTS, "expect")
_PROGRESS_EVERY = 5_000


def infer_schema(contacts: Rows, events: Rows | None = None, progress: Progress | None = None) -> SchemaGuess:
    """Guesses the fields, the identifier and the events from the first rows of the data.

    Events come from rows of their own, from inside of the contacts, or both. Raises DataError for rows that no
    reader can read, such as events without a time.
    """
    table = _Contacts(contacts.headings)
    for row in sample_rows(contacts, progress):
        table.add(row)
    table.settle()
    choice = choose_identifier(table.identities, table.rows, events)
    identifier = choice.heading
    found = {heading: column.find(is_identifier=heading == identifier) for heading, column in table.columns.items()}
    fields = _name_fields(found)
    name = next((guess.name for guess in fields if guess.heading == identifier), None)
    guess = SchemaGuess(
        identifier=name or "id",
        has_identifier=name is not None,
        fields=fields,
        left_out=tuple(table.left_out),
        rows=table.rows,
        repeated=table.identities[identifier].misses(table.rows) if identifier is not None else 0,
        passed_over=choice.passed_over,
        dates=date_orders(found),
    )
    sources = [(events, False)] if events is not None else []
    if table.has_events:
        sources.append((nested_rows(contacts, frozenset()), True))
    inferred = infer_events(sources, guess.schema, progress)
    return replace(
        guess, events=inferred.events, left_out_events=inferred.left_out, dates={**inferred.dates, **guess.dates}
    )


def sample_rows(rows: Rows, progress: Progress | None, most: int = MOST_ROWS) -> Iterator[Row]:
    """The first rows, fewer of them where they are wide; `progress` is told the number now and then."""
    cells = 0
    for number, row in enumerate(rows.read(ignore_row), 1):
        yield row
        cells += len(row[1])
        if number >= most or (cells >= _MOST_CELLS and number >= _FEWEST_ROWS):
            return
        if progress is not None and number % _PROGRESS_EVERY == 0:
            progress(number)


class _Contacts:
    """The columns of the contacts, filled row by row."""

    def __init__(self, headings: Headings | None) -> None:
        self.columns: dict[str, Column] = {}
        self.identities: dict[str, Identities] = {}
        self.left_out: list[LeftOut] = []
        self.rows = 0
        self.has_events = False
        self._is_table = headings is not None
        self._cells: dict[Headings, list[tuple[int, Column, Identities]]] = {}
        if headings is not None:
            self._lay_out(headings)

    def add(self, row: Row) -> None:
        _, headings, cells = row
        self.rows += 1
        if not self._is_table and EVENTS in headings:
            self.has_events = True
        for position, column, identities in self._cells.get(headings) or self._lay_out(headings):
            raw = cells[position]
            column.add(raw)
            identities.add(raw)

    def settle(self) -> None:
        """Ends the reading, and takes out the columns that hold objects."""
        for column in self.columns.values():
            column.settle()
        for heading in [heading for heading, column in self.columns.items() if column.is_odd]:
            del self.columns[heading], self.identities[heading]
            self.left_out.append(LeftOut(heading, "it holds objects"))

    def _lay_out(self, headings: Headings) -> list[tuple[int, Column, Identities]]:
        counts = Counter(headings)
        cells = []
        for position, heading in enumerate(headings):
            if self._is_field(position, heading, counts) and len(self.columns) < _MOST_COLUMNS:
                column = self.columns.setdefault(heading, Column(heading))
                cells.append((position, column, self.identities.setdefault(heading, Identities(heading))))
        if len(self._cells) < _MOST_COLUMNS:
            self._cells[headings] = cells
        return cells

    def _is_field(self, position: int, heading: str, counts: Counter[str]) -> bool:
        if heading in _NOT_FIELDS and not self._is_table:
            return False
        why = _why_not(position, heading, counts)
        if why and LeftOut(heading, why) not in self.left_out:
            self.left_out.append(LeftOut(heading, why))
        return not why


def _why_not(position: int, heading: str, counts: Counter[str]) -> str:
    """Why no field can stand for a column; empty where one can."""
    if not heading.strip():
        return f"column {position + 1} has no heading"
    if counts[heading] > 1:
        return f"{counts[heading]} columns have this heading"
    return f"in sample contacts, `{heading}` means something else" if heading in _NOT_FIELDS else ""


def _name_fields(found: dict[str, Found]) -> tuple[FieldGuess, ...]:
    """Fields in the order of the data; headings that are plain words keep their names."""
    positions = {heading: position for position, heading in enumerate(found, 1)}
    names: dict[str, str] = {}
    taken: set[str] = set()
    # Those that need no other name choose first.
    for heading in sorted(found, key=lambda heading: choose_name(heading, "", ()) != heading):
        names[heading] = choose_name(heading, f"column_{positions[heading]}", taken)
        taken.add(names[heading])
    return tuple(FieldGuess(names[heading], heading, item) for heading, item in found.items())
