"""The events of a table, part by part: read by columns, classed, and laid where their contacts are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.batch.cells import Memory, read_column
from leadline.batch.counts import Counts
from leadline.batch.event_columns import NAMELESS, KindColumn, PropertyColumns, PropertyReading
from leadline.batch.id_index import UNKNOWN, IdIndex
from leadline.batch.ids import read_ids
from leadline.batch.keys import keys_of
from leadline.batch.spool import SomeEvents, Spool
from leadline.batch.tables import Batch, Table
from leadline.readers.event_layout import DATE, EventLayout
from leadline_compiler.batch.cells import NOTHING
from leadline_compiler.batch.classify import Classifier
from leadline_compiler.batch.columns import Flags, Numbers, Places
from leadline_compiler.schema import Schema

AT_ONCE = 1 << 17
FIRST_ORDER = 1 << 32
"""Events of the second file come after those inside of contacts, which are numbered below this."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a part with something wrong in it, and whether its contact is known."""

    place: int
    is_known: bool


class EventTable:
    """Reads parts of a table of events into a spool.

    `types` are those of the columns, by position. With `keeps_ids` events keep what tells copies apart.
    """

    def __init__(
        self,
        schema: Schema,
        layout: EventLayout,
        classifier: Classifier,
        index: IdIndex,
        spool: Spool,
        *,
        types: Mapping[int, Any],
        seed: int,
        keeps_ids: bool,
    ) -> None:
        assert layout.contact is not None
        assert layout.event is not None
        assert layout.at is not None
        assert layout.read_at is not None
        self._contact, self._event, self._at, self._id = layout.contact, layout.event, layout.at, layout.id
        self._classifier = classifier
        self._index = index
        self._spool = spool
        self._seed = seed
        self._keeps_ids = keeps_ids
        self._kinds = KindColumn(schema)
        self._times = Memory(DATE, schema.zone, layout.read_at)
        self._properties = PropertyColumns(schema, layout, classifier.needs, types)
        own = {self._contact, self._event, self._at, *([] if self._id is None else [self._id])}
        self.positions = sorted(own | self._properties.positions)

    def read(self, table: Table, part: int, counts: Counts) -> list[Fault]:
        """Reads a part; answers the rows that have something wrong in them, of which the counts know."""
        faults: list[Fault] = []
        for batch in table.batches(part, self.positions, AT_ONCE):
            faults += self._take(batch, (part + 1) * FIRST_ORDER + batch.start, counts)
        return faults

    def _take(self, batch: Batch, first: int, counts: Counts) -> Iterator[Fault]:
        self._properties.forget()
        self._times.forget(self._times.distinct, AT_ONCE)
        kinds = self._kinds.read(batch.columns[self._event], first, counts)
        addresses = self._index.find(keys_of(read_ids(batch.columns[self._contact]), self._seed))
        declared = kinds >= 0
        known = addresses != UNKNOWN
        at, _ = read_column(batch.columns[self._at], self._times, declared & known)
        assert isinstance(at, Numbers)
        valid: Flags = declared & known & at.known
        refused = (kinds == NAMELESS) | (declared & ~valid)
        counts.rows += batch.count
        counts.bad_rows += int(np.count_nonzero(refused))
        reading = PropertyReading(self._properties, batch.columns, batch.count)
        self._lay_out(batch, reading, kinds, addresses, at, valid, first, counts)
        counts.bad_values += int(reading.spoiled.sum())
        for place in np.flatnonzero(refused | (reading.spoiled > 0)).tolist():
            yield Fault(batch.start + place, bool(known[place]))

    def _lay_out(
        self,
        batch: Batch,
        reading: PropertyReading,
        kinds: Places,
        addresses: Places,
        at: Numbers,
        valid: Flags,
        first: int,
        counts: Counts,
    ) -> None:
        """Gives the valid events their cells and hands them to the spool."""
        cells = np.zeros(batch.count, np.int32)
        for kind, rows in _by_kind(kinds, valid):
            cells[rows] = self._classifier.cells_of(kind, at.values[rows], reading.read(kind, rows))
        kept = np.flatnonzero(valid if self._keeps_ids else cells != NOTHING)
        keys = order = None
        if self._keeps_ids:
            order = first + kept
            keys = np.zeros((len(kept), 2), np.uint64)
            if self._id is not None:
                keys = keys_of(read_ids(batch.columns[self._id]), self._seed)[kept]
        else:
            counts.events += int(np.count_nonzero(valid))
        columns = reading.kept(kept)
        self._spool.add(SomeEvents(addresses[kept], at.values[kept], cells[kept], columns, keys, order))


def _by_kind(kinds: Places, valid: Flags) -> Iterator[tuple[int, Places]]:
    """The rows of the valid events of each kind."""
    rows = np.flatnonzero(valid)
    rows = rows[np.argsort(kinds[rows], kind="stable")]
    ordered = kinds[rows]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(rows) else rows
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=False):
        yield int(ordered[start]), rows[start:end]
