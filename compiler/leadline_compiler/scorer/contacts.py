"""Which fields a contact's keys hold, and where to look each up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

from leadline_compiler.plan import Plan
from leadline_compiler.schema import Kind
from leadline_compiler.scorer.fields import Cell, DaysTable, FieldCells, FieldTable, Numbers
from leadline_compiler.scorer.reading import ContactLayout, Key, Reading
from leadline_compiler.scorer.shapes import USUAL

_MOST_REMEMBERED = 5000


Cells: TypeAlias = tuple[Sequence[Cell] | None, Sequence[Cell]]
"""Cells that were looked up: those of texts, numbers and the like where that had to be, and those of lists and days."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look up the fields of contacts with certain keys.

    `pick` takes the raw values out of a contact that has all keys: first those of the fields that `tables` are for, and
    the numbers of these, then those of lists, which are no keys of a memory, with the tables of `lists`, then the id
    and the events.
    `constant` are the cells of fields without a key. `fields` are the indexes of all.
    """

    start: int
    """What a contact is worth that has none of the keys, apart from events."""
    keys: tuple[str | None, ...]
    pick: Callable[[Any], tuple[Any, ...]]
    tables: tuple[FieldTable, ...]
    numbers: tuple[Numbers, ...]
    lists: tuple[FieldTable, ...]
    particular: tuple[tuple[int, int, frozenset[type]], ...]
    """Runs of fields, by their first place and the one after the last, that are not texts in the data, with the types
    that are usual for them. For other types some values are equal that do not mean the same."""
    constant: tuple[Cell, ...]
    fields: tuple[int, ...]
    days: tuple[tuple[int, DaysTable], ...]
    """Places among the cells of the dates that conditions look at by whole days."""
    counted: tuple[int, ...]
    """Places of the fields that the coverage counts."""
    read_id: Callable[[Any], str]

    def values(self, contact: Mapping[Any, Any]) -> list[Any]:
        """The same as `pick`, for a contact that may lack keys."""
        return [None if key is None else contact.get(key) for key in self.keys]

    def add_up(self, values: Sequence[Any], as_of: int) -> tuple[int, Cells]:
        """What a contact's fields are worth: packed points with the parts of joints; and the cells looked up."""
        for start, end, usual in self.particular:
            if not usual.issuperset(map(type, values[start:end])):
                return self._add_up_cells(values, as_of)
        try:
            # The values go on where the tables end.
            number = sum(filter(None, map(_look_up, self.numbers, values)), self.start)
        except TypeError:
            # What stands for a text is no key of a memory.
            return self._add_up_cells(values, as_of)
        if not self.lists and not self.days:
            return number, _NO_CELLS
        others = self._others(values, as_of)
        return number + sum([cell[0] for cell in others]), (None, others)

    def cells(self, values: Sequence[Any], found: Cells) -> list[Cell]:
        """The cells of all fields, and then those of days, of a contact for which these were looked up."""
        looked_up, others = found
        lists = len(self.lists)
        if looked_up is None:
            looked_up = list(map(_look_up, self.tables, values))
        return [*looked_up, *others[:lists], *self.constant, *others[lists:]]

    def id(self, values: Sequence[Any]) -> str:
        """The id of a contact with these values; empty where it has none."""
        return self.read_id(values[-2])

    def known(self, cells: Sequence[Cell]) -> int:
        """How many of the fields that the coverage counts are known."""
        return sum([cells[place][2] is not None for place in self.counted])

    def _add_up_cells(self, values: Sequence[Any], as_of: int) -> tuple[int, Cells]:
        """The same as `add_up` for values of any types."""
        looked_up = [table.find(raw) for table, raw in zip(self.tables, values, strict=False)]
        others = self._others(values, as_of)
        return sum([cell[0] for cell in (*looked_up, *others)], self.start), (looked_up, others)

    def _others(self, values: Sequence[Any], as_of: int) -> list[Cell]:
        """The cells of lists and days."""
        hashed = len(self.tables)
        found = [table.find(raw) for table, raw in zip(self.lists, values[hashed:], strict=False)]
        for place, days in self.days:
            found.append(days.cell(self.tables[place].find(values[place])[2] if place < hashed else None, as_of))
        return found


_look_up: Callable[[Any, Any], Any] = dict.__getitem__
_NO_CELLS: Cells = (None, ())


class Looks(dict[tuple[Any, ...], Look | None]):
    """By the keys of a contact, where to look up its fields; None where it must be brought into another shape.

    `usual` is the one for contacts that have a key of the usual name for all that counts.
    """

    __slots__ = ("_by_layout", "_cells", "_counted", "_days", "_kinds", "_reading", "_start", "_tables", "usual")

    def __init__(
        self,
        plan: Plan,
        cells: Mapping[int, FieldCells],
        days: Mapping[int, DaysTable],
        reading: Reading,
        start: int,
    ) -> None:
        """`start` is what a contact begins with that has none of the fields."""
        super().__init__()
        self._kinds = [field.type.kind for field in plan.schema.fields]
        self._counted = plan.read_fields
        self._cells = cells
        self._days = days
        self._reading = reading
        self._start = start
        self._tables: dict[tuple[int, str], FieldTable] = {}
        self._by_layout: dict[ContactLayout, Look] = {}
        self.usual = self._of(reading.usual_layout)

    def __missing__(self, keys: tuple[Any, ...]) -> Look | None:
        layout = self._reading.contact_layout(keys, is_flat=False)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        look = self[keys] = None if layout is None else self._of(layout)
        return look

    def flat(self, keys: tuple[Any, ...]) -> Look | None:
        """The same for keys that are known to wrap nothing."""
        layout = self._reading.contact_layout(keys, is_flat=True)
        return None if layout is None else self._of(layout)

    def _of(self, layout: ContactLayout) -> Look:
        return self._by_layout.get(layout) or self._look(layout)

    def _look(self, layout: ContactLayout) -> Look:
        found = [(index, key) for index in self._cells if (key := layout.fields[index]) is not None]
        found.sort(key=lambda item: _ORDER.index(self._kinds[item[0]]))
        present = [index for index, _ in found]
        kinds = [self._kinds[index] for index in present]
        tables = [self._table(index, key) for index, key in found]
        hashed = len(kinds) - kinds.count(Kind.LIST)
        absent = [index for index in self._cells if index not in present]
        keys = (*(key.key for _, key in found), layout.id, layout.events)
        fields = [*present, *absent]
        constant = tuple(self._cells[index].cell(None) for index in absent)
        look = Look(
            sum([cell[0] for cell in constant], self._start),
            keys,
            itemgetter(*keys),
            tuple(tables[:hashed]),
            tuple([table.numbers for table in tables[:hashed]]),
            tuple(tables[hashed:]),
            tuple(_runs(kinds)),
            constant,
            tuple(fields),
            tuple((fields.index(index), table) for index, table in self._days.items()),
            tuple(map(fields.index, self._counted)),
            self._reading.read_id,
        )
        if len(self._by_layout) >= _MOST_REMEMBERED:
            self._by_layout.clear()
        self._by_layout[layout] = look
        return look

    def _table(self, index: int, key: Key) -> FieldTable:
        table = self._tables.get((index, key.key))
        if table is None:
            made = FieldTable(self._cells[index], key.read, USUAL[self._kinds[index]])
            table = self._tables.setdefault((index, key.key), made)
        return table


_ORDER = (Kind.TEXT, Kind.CHOICE, Kind.DATE, Kind.YES_NO, Kind.NUMBER, Kind.LIST)


def _runs(kinds: Sequence[Kind]) -> Iterator[tuple[int, int, frozenset[type]]]:
    """The runs of fields of one kind that are neither texts nor lists in the data."""
    for kind in (Kind.YES_NO, Kind.NUMBER):
        if kind in kinds:
            start = kinds.index(kind)
            yield start, start + kinds.count(kind), USUAL[kind]
