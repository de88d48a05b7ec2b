"""What a value of a field is worth: every rule that reads only this field, in one look-up by the raw value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from leadline_compiler.contacts import Value
from leadline_compiler.execute.rules import Judge
from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.assign import Share
from leadline_compiler.scorer.frame import Entry, Frame
from leadline_compiler.scorer.joints import Joints
from leadline_compiler.scorer.sieve import Sieve
from leadline_compiler.values import BAD, Bad
from leadline_compiler.zones import DAY

Cell: TypeAlias = tuple[int, tuple[Entry, ...], Value]
"""Packed points and the parts of joints that hold, the rules that fired, and the value itself."""

_Part: TypeAlias = tuple[int, tuple[Entry, ...]]

_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 64
_LONGEST_LIST = 16


class FieldCells:
    """The cells of a field by its value."""

    def __init__(self, frame: Frame, field: int, share: Share, joints: Joints) -> None:
        self._frame = frame
        self._field = field
        self._width = len(frame.plan.schema.fields)
        self._rules = [rule for _, rule in share.whens]
        self._parts = [joints.part(joint) for _, joint in share.parts]
        self._judges: list[tuple[int, Judge]] = [(rule, frame.judge(rule)) for rule in share.bodies]
        self._conditions = [literals for literals, _ in (*share.whens, *share.parts)]

    @cached_property
    def _sieve(self) -> Sieve[_Part]:
        return Sieve(self._frame.plan, self._frame.nodes, self._conditions, self._compose)

    def cell(self, value: Value, as_of: int = 0) -> Cell:
        """The cell of a value. `as_of` matters only to days between the field and as-of."""
        run = self.run_of(value, as_of)
        number, fired = self._sieve.find((self._sieve.groups[""].slots(run),))
        if self._judges:
            judged = [(rule, *found) for rule, judge in self._judges if (found := judge(run)) is not None]
            fired = (*fired, *judged)
            number += self._frame.pack(judged)
        return number, fired, value

    def run_of(self, value: Value, as_of: int) -> Run:
        """A run in which only this field has a value."""
        fields: list[Value] = [None] * self._width
        fields[self._field] = value
        return Run(fields, (), as_of, self._frame.plan.schema.zone)

    def _compose(self, numbers: list[int]) -> _Part:
        rules = len(self._rules)
        fired = self._frame.whens(self._rules[number] for number in numbers if number < rules)
        parts = sum([self._parts[number - rules] for number in numbers if number >= rules])
        return self._frame.pack(fired) + parts, fired


class Numbers(dict[Any, int]):
    """The numbers of the cells of a table, by the same keys: for the points of a contact nothing else is asked for."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[Any, Cell]) -> None:
        super().__init__()
        self._cells = cells

    def __missing__(self, key: Any) -> int:
        number = self._cells[key][0]
        if key in self._cells:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[key] = number
        return number


class FieldTable(dict[Any, Cell]):
    """The cells of a field by its raw value, of one of the usual types; it remembers short ones.

    Only such values may be looked up in it, and in `numbers`, where their numbers are: `find` is for all others.
    """

    __slots__ = ("_cells", "_others", "_read", "numbers", "usual")

    def __init__(self, cells: FieldCells, read: Callable[[Any], Value | Bad], usual: frozenset[type]) -> None:
        super().__init__()
        self._cells = cells
        self._read = read
        self._others: dict[Any, Cell] = {}
        self.usual = usual
        self.numbers = Numbers(self)

    def __missing__(self, raw: Any) -> Cell:
        return self._remember(self, raw, raw) if type(raw) in self.usual else self.find(raw)

    def find(self, raw: Any) -> Cell:
        """The cell of a raw value of any type."""
        if type(raw) in self.usual:
            return self[raw]
        if type(raw) is list:
            if len(raw) > _LONGEST_LIST or not all(type(item) is str for item in raw):
                return self._make(raw)
            key: Any = tuple(raw)
        elif isinstance(raw, str | int | float):
            key = type(raw), raw
        else:
            return self._make(raw)
        cell = self._others.get(key)
        return self._remember(self._others, key, raw) if cell is None else cell

    def _remember(self, memory: dict[Any, Cell], key: Any, raw: Any) -> Cell:
        cell = self._make(raw)
        if type(raw) is not str or len(raw) <= _LONGEST_REMEMBERED:
            if len(memory) >= _MOST_REMEMBERED:
                memory.clear()
            memory[key] = cell
        return cell

    def _make(self, raw: Any) -> Cell:
        value = self._read(raw)
        return self._cells.cell(None if value is BAD else value)


class DaysTable:
    """The cells of a date by the whole days between it and as-of."""

    def __init__(self, cells: FieldCells) -> None:
        self._cells = cells
        self._remembered: dict[tuple[int, int], Cell] = {}
        self._missing = cells.cell(None)

    def cell(self, moment: Any, as_of: int) -> Cell:
        """The cell of a moment, or of a missing one."""
        if moment is None:
            return self._missing
        age = as_of - moment
        key = age // DAY, -age // DAY
        cell = self._remembered.get(key)
        if cell is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            cell = self._remembered[key] = self._cells.cell(moment, as_of)
        return cell
