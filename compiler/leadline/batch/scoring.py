"""Brings contacts and events together and scores them, a slice at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.batch.buffers import array_of
from leadline.batch.contact_table import Chunk
from leadline.batch.counts import Counts
from leadline.batch.spool import SomeEvents, Spooled, SpoolReader
from leadline.batch.work import Work
from leadline_compiler.batch.cells import NOTHING, Cells
from leadline_compiler.batch.columns import Column, Flags
from leadline_compiler.batch.events import Events
from leadline_compiler.batch.results import Results
from leadline_compiler.batch.scorer import BatchScorer

SLICE = 1 << 14
"""Contacts that are scored at once."""


@dataclass(frozen=True, slots=True)
class Block:
    """Contacts with their results."""

    ids: Any
    results: Results


class Scoring:
    """Brings contacts and events together and scores them."""

    def __init__(self, work: Work, spooled: Sequence[Spooled]) -> None:
        self._cells = Cells()
        self._spool = SpoolReader(spooled, [self._cells.numbers(item.cells) for item in spooled])
        self._scorer = BatchScorer(work.plan, work.as_of, self._cells, tells_rules=work.tells_rules)

    def score(self, chunk: Chunk, number: int, counts: Counts) -> Iterator[Block]:
        """The results of the accepted contacts of a chunk, slice by slice."""
        events = self._events_of(number, len(chunk.accepted), counts)
        columns, ids = chunk.columns, chunk.ids
        rows = np.flatnonzero(chunk.accepted)
        if len(rows) < len(chunk.accepted):
            columns = {index: column.take(rows) for index, column in columns.items()}
            ids = ids.take(array_of(rows))
            events.whose = (np.cumsum(chunk.accepted) - 1)[events.whose]
        counts.contacts += len(rows)
        for start in range(0, len(rows), SLICE):
            end = min(start + SLICE, len(rows))
            part = {index: _cut(column, start, end) for index, column in columns.items()}
            results = self._scorer.score(end - start, part, _events_between(events, start, end))
            yield Block(ids[start:end], results)

    def _events_of(self, chunk: int, contacts: int, counts: Counts) -> Events:
        found = self._spool.read(chunk)
        if found is None:
            none = np.zeros(0, np.int64)
            return Events(contacts, none, none, none, self._cells, {})
        if found.keys is not None:
            found = _without_copies(found, counts)
        order = np.argsort(found.addresses, kind="stable")
        columns = {key: column.take(order) for key, column in found.columns.items()}
        whose = found.addresses[order].astype(np.int64)
        return Events(contacts, whose, found.at[order], found.cells[order], self._cells, columns)


def _cut(column: Column, start: int, end: int) -> Column:
    rows: Any = slice(start, end)
    return column.take(rows)


def _events_between(events: Events, start: int, end: int) -> Events:
    """The events of some of the contacts."""
    first, last = np.searchsorted(events.whose, [start, end]).tolist()
    cut: Any = slice(first, last)
    columns = {key: column.take(cut) for key, column in events.columns.items()}
    return Events(end - start, events.whose[cut] - start, events.at[cut], events.cell[cut], events.cells, columns)


def _without_copies(events: SomeEvents, counts: Counts) -> SomeEvents:
    """The events without copies of those that came before for the same contact, and without those nobody asks for."""
    assert events.order is not None
    keys = events.keys
    by_key = np.lexsort((events.order, keys[:, 1], keys[:, 0], events.addresses))
    alike = (keys[by_key][1:] == keys[by_key][:-1]).all(axis=1) & (keys[by_key][1:] != 0).any(axis=1)
    alike &= np.diff(events.addresses[by_key].astype(np.int64)) == 0
    is_copy: Flags = np.zeros(len(keys), np.bool_)
    is_copy[by_key[1:]] = alike
    repeated = int(np.count_nonzero(is_copy))
    counts.repeated += repeated
    counts.events += len(keys) - repeated
    kept = np.flatnonzero(~is_copy & (events.cells != NOTHING))
    columns = {key: column.take(kept) for key, column in events.columns.items()}
    return SomeEvents(events.addresses[kept], events.at[kept], events.cells[kept], columns)
