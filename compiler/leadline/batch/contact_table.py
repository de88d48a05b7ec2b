"""The contacts of a table, part by part: read by columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.batch.cells import Memory, is_sure, read_column
from leadline.batch.domains import cut_to_domains
from leadline.batch.ids import read_ids
from leadline.batch.keys import Keys, keys_of
from leadline.batch.tables import Batch, Table
from leadline.readers.contact_rows import ContactCells
from leadline_compiler.batch.columns import Column, Distinct, Flags, Places
from leadline_compiler.batch.uses import field_uses
from leadline_compiler.plan import Plan
from leadline_compiler.schema import Kind

CONTACTS_AT_ONCE = 1 << 15
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Contacts that follow one another: where the first stands in its part, their ids, and their fields by index.

    `spoiled` counts the bad values of each contact; only those that are `accepted` are scored.
    """

    start: int
    ids: Any
    columns: dict[int, Column]
    spoiled: Any
    accepted: Flags


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that is read: where, by what, and whether nothing but the domain of its texts counts."""

    index: int
    position: int
    memory: Memory
    only_domain: bool


class ContactTable:
    """Reads parts of a table of contacts."""

    def __init__(self, plan: Plan, cells: ContactCells, types: Mapping[int, Any]) -> None:
        """`types` are those of the data's columns, by position."""
        assert cells.id_position is not None
        self._id = cells.id_position
        self._fields: list[_Field] = []
        uses = field_uses(plan)
        indexes = {field.name: index for index, field in enumerate(plan.schema.fields)}
        for cell in cells.cells:
            index, type_ = indexes[cell.field.name], cell.field.type
            if index in uses or not is_sure(types.get(cell.position), type_):
                memory = Memory(type_, plan.schema.zone, cell.read)
                only_domain = type_.kind is Kind.TEXT and not uses.get(index, True)
                self._fields.append(_Field(index, cell.position, memory, only_domain))
        self.positions = sorted({self._id, *(field.position for field in self._fields)})
        self.plain = sorted({self._id, *(field.position for field in self._fields if field.only_domain)})
        """The positions of the columns that should come without a dictionary."""

    def keys(self, table: Table, part: int, seed: int) -> list[Keys]:
        """The keys of the ids of a part, chunk by chunk."""
        batches = table.batches(part, [self._id], CONTACTS_AT_ONCE)
        return [keys_of(read_ids(batch.columns[self._id]), seed) for batch in batches]

    def batches(self, table: Table, part: int) -> Iterator[Batch]:
        """A part, a chunk at a time."""
        return table.batches(part, self.positions, CONTACTS_AT_ONCE)

    def chunk(self, batch: Batch, refused: Places) -> Chunk:
        """The contacts of a batch. The fields of those that are refused, by their places, are not read."""
        accepted = np.ones(batch.count, np.bool_)
        accepted[refused] = False
        columns: dict[int, Column] = {}
        spoiled = np.zeros(batch.count, np.int64)
        for field in self._fields:
            memory, array = field.memory, batch.columns[field.position]
            memory.forget(Distinct() if len(memory.distinct) > _REMEMBERED else memory.distinct, _REMEMBERED)
            column, bad = read_column(cut_to_domains(array) if field.only_domain else array, memory, accepted)
            columns[field.index] = column
            if bad is not None:
                spoiled += bad
        return Chunk(batch.start, read_ids(batch.columns[self._id]), columns, spoiled, accepted)
