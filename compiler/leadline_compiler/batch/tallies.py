"""How often each occurrence occurred for each contact: counted side by side, several occurrences in a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Places, Whole
from leadline_compiler.batch.events import Events
from leadline_compiler.batch.kind_order import KindOrder, Segment, segment_of
from leadline_compiler.batch.shares import ANY, Kinds
from leadline_compiler.batch.word_table import WordTable
from leadline_compiler.plan import plan as p


class CellKinds:
    """By cell, the kind of its events; ANY where only occurrences mean them that mean several kinds."""

    def __init__(self, kinds: Kinds, cells: Cells) -> None:
        self._kinds = kinds
        self._cells = cells
        self._found = np.zeros(0, np.int16)

    @property
    def found(self) -> Any:
        if len(self._found) < len(self._cells):
            self._found = np.full(len(self._cells), ANY, np.int16)
            for occurrence in self._cells.occurrences:
                kind = self._kinds.of(occurrence)
                if kind != ANY:
                    self._found[self._cells.flags(occurrence)] = kind
        return self._found


class TallyTables:
    """The tables of all counted occurrences, by kind.

    `counted` says of each whether it matters how often it occurred beyond once. `order` is a key by which those
    that are looked up together stand side by side.
    """

    def __init__(self, plan: p.Plan, cells: Cells, counted: Mapping[int, bool], order: Mapping[int, Any]) -> None:
        self.kinds = Kinds(plan)
        self.cell_kinds = CellKinds(self.kinds, cells)
        self.places: dict[int, tuple[int, bool, int]] = {}
        """By occurrence: its kind, whether it is counted beyond once, and its place in that table."""
        self.tables: dict[tuple[int, bool], WordTable] = {}
        shares: dict[tuple[int, bool], list[int]] = {}
        for occurrence in sorted(counted, key=lambda node: (order.get(node, ()), node)):
            shares.setdefault((self.kinds.of(occurrence), counted[occurrence]), []).append(occurrence)
        for (kind, matters), found in shares.items():
            self.tables[kind, matters] = WordTable(cells, found)
            self.places.update((occurrence, (kind, matters, place)) for place, occurrence in enumerate(found))


class Tallies:
    """How often occurrences occurred among some events; each table is counted when it is first asked."""

    def __init__(self, tables: TallyTables, events: Events) -> None:
        self._tables = tables
        self._events = events
        self._contacts = events.contacts
        self.order = KindOrder(events.whose, events.cell, tables.cell_kinds.found[events.cell])
        self.most = int(np.bincount(events.whose, minlength=1).max()) if len(events.whose) else 0
        self._segments: dict[int, Segment] = {}
        self._found: dict[tuple[int, bool], Any] = {}

    def of_table(self, kind: int, matters: bool) -> Any:
        """What a table has of the contacts of its kind's segment: counts, or bits."""
        found = self._found.get((kind, matters))
        if found is None:
            table, segment = self._tables.tables[kind, matters], self.segment(kind)
            found = table.sums(segment, self.most) if matters else table.bits(segment)
            self._found[kind, matters] = found
        return found

    def segment(self, kind: int) -> Segment:
        """The events of a kind, or all."""
        if kind != ANY:
            return self.order.segment(kind)
        if ANY not in self._segments:
            events = self._events
            self._segments[ANY] = segment_of(np.arange(len(events.whose)), events.cell, events.whose)
        return self._segments[ANY]

    def among(self, occurrence: int) -> tuple[Places, Places] | None:
        """The places and cells of the events of an occurrence's kind; None where it may mean several."""
        kind = self._tables.kinds.of(occurrence)
        if kind == ANY:
            return None
        segment = self.order.segment(kind)
        return segment.places, segment.cells

    def counts(self, occurrence: int) -> Whole | None:
        """How often an occurrence occurred, by contact; None where it is not counted here.

        Of one of which only the first time matters, 1 stands for any number.
        """
        place = self._tables.places.get(occurrence)
        if place is None or self.most >= 2**16:
            return None
        kind, matters, number = place
        found = self.of_table(kind, matters)
        counts = np.zeros(self._contacts, np.int64)
        counts[self.segment(kind).contacts] = found[number] if matters else found[number // 8] >> number % 8 & 1
        return counts
