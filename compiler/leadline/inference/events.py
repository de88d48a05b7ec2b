"""The events of the data and their properties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from leadline.inference.columns import Column
from leadline.inference.guess import EventGuess, Found, LeftOut, PropertyGuess, date_orders
from leadline.inference.names import can_be_quoted, choose_name
from leadline.readers.columns import Dates
from leadline.readers.event_layout import EventLayout, EventLayouts, EventOrigin
from leadline.readers.headings import normalise_heading
from leadline.readers.joining import Progress
from leadline.readers.rows import Headings, Row, Rows, ignore_row
from leadline_compiler.schema import Schema
from leadline_compiler.values import write_raw
from leadline_dsl.tokens import is_plain_word

MOST_EVENTS = 200_000
"""Rows of events that are looked at, so that rare events are met too."""
_MOST_KINDS = 100
_MOST_PROPERTIES = 500
_PROGRESS_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class InferredEvents:
    events: tuple[EventGuess, ...]
    left_out: tuple[LeftOut, ...]
    dates: Dates


def infer_events(
    sources: Iterable[tuple[Rows, bool]], schema: Schema, progress: Progress | None = None
) -> InferredEvents:
    """The events of rows, each with whether they are nested in contacts. `schema` names the identifier.

    Raises DataError for a table that lacks the columns contact, event or at.
    """
    seen = _Seen()
    for rows, is_nested in sources:
        layouts = EventLayouts(EventOrigin(schema, rows, {}, nested=is_nested), frozenset())
        for number, row in enumerate(rows.read(ignore_row), 1):
            seen.add(row, layouts.of(row[1]))
            if number >= MOST_EVENTS:
                break
            if progress is not None and number % _PROGRESS_EVERY == 0:
                progress(number)
    return seen.infer()


class _Seen:
    """What the rows of events have shown so far."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._sources: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._columns: dict[str, Column] = {}
        self._filled: set[tuple[str, str]] = set()
        self._cells: dict[Headings, list[tuple[int, str]]] = {}

    def add(self, row: Row, layout: EventLayout) -> None:
        _, headings, cells = row
        source = write_raw(cells[layout.event]) if layout.event is not None else None
        if not source:
            return
        kind = normalise_heading(source) or source
        self._kinds[kind] += 1
        self._sources[kind][source] += 1
        for position, heading in self._cells.get(headings) or self._lay_out(headings, layout):
            if self._columns[heading].add(cells[position]):
                self._filled.add((kind, heading))

    def _lay_out(self, headings: Headings, layout: EventLayout) -> list[tuple[int, str]]:
        structural = {layout.contact, layout.event, layout.at, layout.days_ago, layout.id}
        counts = Counter(headings)
        cells = []
        for position, heading in enumerate(headings):
            is_free = position not in structural and heading.strip() and counts[heading] == 1
            if is_free and (heading in self._columns or len(self._columns) < _MOST_PROPERTIES):
                self._columns.setdefault(heading, Column(heading))
                cells.append((position, heading))
        if len(self._cells) < _MOST_PROPERTIES:
            self._cells[headings] = cells
        return cells

    def infer(self) -> InferredEvents:
        """The events, the most frequent first."""
        for column in self._columns.values():
            column.settle()
        names = _property_names(self._columns)
        found = {heading: self._columns[heading].find() for heading in names}
        events: list[EventGuess] = []
        for number, (kind, count) in enumerate(self._kinds.most_common(_MOST_KINDS), 1):
            source = self._sources[kind].most_common(1)[0][0]
            name = choose_name(source, f"event_{number}", {event.name for event in events})
            properties = self._properties_of(kind, names, found)
            events.append(EventGuess(name, source, count, properties))
        left_out = [
            LeftOut(heading, _why_not(column)) for heading, column in self._columns.items() if heading not in names
        ]
        rarer = len(self._kinds) - len(events)
        if rarer:
            left_out.append(LeftOut("", f"{rarer} rarer events"))
        return InferredEvents(tuple(events), tuple(left_out), date_orders(found))

    def _properties_of(self, kind: str, names: dict[str, str], found: dict[str, Found]) -> tuple[PropertyGuess, ...]:
        filled = [heading for heading in names if (kind, heading) in self._filled]
        return tuple(PropertyGuess(names[heading], found[heading]) for heading in filled)


def _property_names(columns: dict[str, Column]) -> dict[str, str]:
    """A name for each heading by which the readers find it again: properties have no `from`."""
    normal = Counter(normalise_heading(heading) for heading in columns)
    plain = {heading for heading in columns if is_plain_word(heading) and can_be_quoted(heading)}
    names: dict[str, str] = {}
    for heading, column in columns.items():
        alias = normalise_heading(heading)
        if column.is_odd or heading in plain:
            name = "" if column.is_odd else heading
        elif is_plain_word(alias) and normal[alias] == 1:
            name = alias
        else:
            name = heading if can_be_quoted(heading) else ""
        if name:
            names[heading] = name
    return names


def _why_not(column: Column) -> str:
    return "it holds objects" if column.is_odd else "no name can stand for this heading"
