"""Cells: events that the same occurrences may mean, whatever contact they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np

from leadline_compiler.batch.columns import Codes, Flags

Cell: TypeAlias = tuple[int, ...]
"""The occurrences, by node, that may mean an event. Windows that begin or end with a field are not yet seen to."""

NOTHING = 0
"""The number of the cell of events that nothing asks for."""


class Cells:
    """Cells by number. They only grow."""

    def __init__(self) -> None:
        self.all: list[Cell] = [()]
        self._numbers: dict[Cell, int] = {(): NOTHING}
        self._flags: dict[int, Flags] = {}

    def __len__(self) -> int:
        return len(self.all)

    def number(self, cell: Cell) -> int:
        """The number of a cell, which is added where it is new."""
        number = self._numbers.get(cell)
        if number is None:
            number = self._numbers[cell] = len(self.all)
            self.all.append(cell)
        return number

    def numbers(self, cells: Iterable[Cell]) -> Codes:
        return np.fromiter(map(self.number, cells), np.int32)

    def flags(self, occurrence: int) -> Flags:
        """By cell, whether the occurrence may mean its events."""
        found = self._flags.get(occurrence)
        start = 0 if found is None else len(found)
        if start < len(self.all):
            more = np.fromiter((occurrence in cell for cell in self.all[start:]), np.bool_)
            found = more if found is None else np.concatenate((found, more))
            self._flags[occurrence] = found
        assert found is not None
        return found
