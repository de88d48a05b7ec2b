"""The columns of a table of events: which kind each is, and the properties of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.batch.buffers import array_of, codes_of
from leadline.batch.cells import Memory, is_sure, read_column
from leadline.batch.counts import Counts
from leadline.readers.event_layout import EventLayout, PropertyCell
from leadline.readers.event_names import EventNames
from leadline.readers.parquet import cells_of_column
from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.classify import Needs
from leadline_compiler.batch.columns import Coded, Column, Distinct, Numbers, Places
from leadline_compiler.batch.events import Key
from leadline_compiler.schema import Schema, ValueType
from leadline_compiler.values import write_raw

UNDECLARED, NAMELESS = -1, -2
_REMEMBERED = 100_000


class KindColumn:
    """The column that names the kinds of events."""

    def __init__(self, schema: Schema) -> None:
        self._names = EventNames(schema.events)

    def read(self, array: Any, first: int, counts: Counts) -> Places:
        """The index of each row's declared kind, UNDECLARED or NAMELESS. Undeclared names go to the counts.

        `first` is the place of the first row among all rows.
        """
        names, places = _named(array)
        kinds = np.fromiter(map(self._kind, names), np.int16, len(names))[places]
        rows = np.flatnonzero(kinds == UNDECLARED)
        found, firsts, times = np.unique(places[rows], return_index=True, return_counts=True)
        for place, row, many in zip(found.tolist(), rows[firsts].tolist(), times.tolist(), strict=True):
            counts.note_undeclared(str(names[place]).strip(), first + row, many)
        return kinds

    def _kind(self, name: str | None) -> int:
        if not name or not name.strip():
            return NAMELESS
        index = self._names.find(name)
        return UNDECLARED if index is None else index


def _named(array: Any) -> tuple[list[str | None], Places]:
    """The distinct names of a column, and which each row has."""
    from pyarrow import types

    kind = array.type
    if types.is_string(kind) or types.is_large_string(kind):
        array = array.dictionary_encode()
    if types.is_dictionary(array.type) and types.is_string(array.type.value_type):
        names = [*array.dictionary.to_pylist(), None]
        return names, codes_of(array)
    cells = [cell if isinstance(cell, str) else write_raw(cell) for cell in cells_of_column(array)]
    known = {name: place for place, name in enumerate(dict.fromkeys(cells))}
    return list(known), np.fromiter(map(known.__getitem__, cells), np.int64, len(cells))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property that is read: where, by what, and whether tests look at it."""

    position: int
    memory: Memory
    key: Key
    is_tested: bool


class PropertyColumns:
    """The properties of all kinds, as far as they are needed or may be spoiled.

    `types` are those of the data's columns, by position.
    """

    def __init__(self, schema: Schema, layout: EventLayout, needs: Needs, types: Mapping[int, Any]) -> None:
        self.kept = needs.kept
        self._schema = schema
        self._memories: dict[tuple[int, ValueType], Memory] = {}
        self._distinct: dict[Key, Distinct] = {}
        self.by_kind: list[list[Wanted]] = []
        for cells, tested in zip(layout.cells, needs.read, strict=True):
            needed = [cell for cell in cells if cell is not None and self._is_needed(cell, tested, types)]
            self.by_kind.append([self._want(cell, tested) for cell in needed])
        self.positions = frozenset(item.position for items in self.by_kind for item in items)

    def _is_needed(self, cell: PropertyCell, tested: frozenset[Key], types: Mapping[int, Any]) -> bool:
        key = _key(cell)
        return key in tested or key in self.kept or not is_sure(types.get(cell.position), cell.property.type)

    def _want(self, cell: PropertyCell, tested: frozenset[Key]) -> Wanted:
        type_, key = cell.property.type, _key(cell)
        memory = self._memories.get((cell.position, type_))
        if memory is None:
            distinct = self._distinct.setdefault(key, Distinct())
            memory = Memory(type_, self._schema.zone, cell.read, distinct)
            self._memories[cell.position, type_] = memory
        return Wanted(cell.position, memory, key, key in tested)

    def forget(self) -> None:
        """Lets go of what has become much; for when nothing of it is in use."""
        for key, distinct in self._distinct.items():
            if len(distinct) > _REMEMBERED:
                self._distinct[key] = Distinct()
        for items in self.by_kind:
            for item in items:
                item.memory.forget(self._distinct[item.key], _REMEMBERED)


class PropertyReading:
    """The properties of a batch of so many rows."""

    def __init__(self, of: PropertyColumns, columns: Mapping[int, Any], count: int) -> None:
        self._of = of
        self._columns = columns
        self._found: dict[Key, list[tuple[Places, Column]]] = {key: [] for key in of.kept}
        self.spoiled = np.zeros(count, np.int64)
        """How many bad values each event has."""

    def read(self, kind: int, rows: Places) -> dict[Key, Column]:
        """Reads the properties of all valid events of a kind; answers those that tests look at."""
        tested: dict[Key, Column] = {}
        places = array_of(rows)
        for item in self._of.by_kind[kind]:
            column, bad = read_column(self._columns[item.position].take(places), item.memory)
            if bad is not None:
                self.spoiled[rows] += bad
            if item.key in self._found:
                self._found[item.key].append((rows, column))
            if item.is_tested:
                tested[item.key] = column
        return tested

    def kept(self, rows: Places) -> dict[Key, Column]:
        """The properties whose values rules need, of some events; all kinds must have been read."""
        return {key: _joined(parts, key[1], len(self.spoiled)).take(rows) for key, parts in self._found.items()}


def _key(cell: PropertyCell) -> Key:
    return cell.property.name, is_coded(cell.property.type.kind)


def _joined(parts: Sequence[tuple[Places, Column]], coded: bool, count: int) -> Column:
    """The columns of different rows as one of all."""
    codes, distinct = np.zeros(count, np.int32), Distinct()
    values, known = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    for rows, column in parts:
        if isinstance(column, Coded):
            codes[rows], distinct = column.codes, column.distinct
        else:
            values[rows], known[rows] = column.values, column.known
    return Coded(codes, distinct) if coded else Numbers(values, known)
