"""Events that are read row by row, on their way into a spool."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadline.batch.keys import keys_of_list
from leadline.batch.spool import SomeEvents, Spool, Spooled
from leadline.readers.event_rows import RawEvent
from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.classify import Classifier
from leadline_compiler.batch.columns import Column, Distinct, Places
from leadline_compiler.batch.events import Key
from leadline_compiler.batch.typed import column_of
from leadline_compiler.contacts import Value
from leadline_compiler.schema import Schema, ValueType

_AT_ONCE = 1 << 15


class RowEvents:
    """Takes events one by one, in the order of the data, and keeps their ids."""

    def __init__(self, schema: Schema, classifier: Classifier, spool: Spool, seed: int) -> None:
        self._schema = schema
        self._classifier = classifier
        self._spool = spool
        self._seed = seed
        self._addresses: list[int] = []
        self._events: list[RawEvent] = []
        self._types: dict[Key, ValueType] = {}
        self._places: list[dict[Key, int]] = []
        for event in schema.events:
            places = {(prop.name, is_coded(prop.type.kind)): place for place, prop in enumerate(event.properties)}
            self._places.append(places)
            self._types.update({(p.name, is_coded(p.type.kind)): p.type for p in event.properties})

    def add(self, address: int, event: RawEvent, order: int) -> None:
        """Adds an event of the contact at an address; `order` grows from event to event."""
        if not self._events:
            self._first = order
        self._addresses.append(address)
        self._events.append(event)
        if len(self._events) >= _AT_ONCE:
            self.flush()

    def close(self) -> Spooled:
        """Hands over the rest and ends the spool."""
        self.flush()
        return self._spool.close(self._classifier.cells.all)

    def flush(self) -> None:
        """Hands over what has been added."""
        if not self._events:
            return
        events, addresses = self._events, self._addresses
        self._events, self._addresses = [], []
        kinds = np.fromiter((event[0] for event in events), np.int64, len(events))
        at = np.fromiter((event[1] for event in events), np.int64, len(events))
        cells = np.zeros(len(events), np.int32)
        needs = self._classifier.needs
        for kind in np.unique(kinds).tolist():
            rows = np.flatnonzero(kinds == kind)
            tested = {key: self._column(key, [events[row] for row in rows.tolist()]) for key in needs.read[kind]}
            cells[rows] = self._classifier.cells_of(kind, at[rows], tested)
        kept = {key: self._column(key, events) for key in needs.kept}
        keys = keys_of_list([event[2] for event in events], self._seed)
        order: Places = self._first + np.arange(len(events), dtype=np.int64)
        self._spool.add(SomeEvents(np.array(addresses, np.int64), at, cells, kept, keys, order))

    def _column(self, key: Key, events: Sequence[RawEvent]) -> Column:
        def value(event: RawEvent) -> Value:
            place = self._places[event[0]].get(key)
            return None if place is None else event[3][place]

        return column_of([value(event) for event in events], self._types[key], Distinct())
