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
        self._rows: dict[int, int] = {}
        self._flags: Flags = np.zeros((0, 1), np.bool_)

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

    @property
    def occurrences(self) -> list[int]:
        """The occurrences that may mean events of some cell."""
        self._extend()
        return list(self._rows)

    def flags(self, occurrence: int) -> Flags:
        """By cell, whether the occurrence may mean its events."""
        self._extend()
        row = self._rows.get(occurrence)
        return np.zeros(len(self.all), np.bool_) if row is None else self._flags[row]

    def _extend(self) -> None:
        known = self._flags.shape[1]
        if known == len(self.all):
            return
        new = self.all[known:]
        for cell in new:
            for occurrence in cell:
                self._rows.setdefault(occurrence, len(self._rows))
        rows = np.fromiter((self._rows[occurrence] for cell in new for occurrence in cell), np.int64)
        flags = np.zeros((len(self._rows), len(self.all)), np.bool_)
        flags[: len(self._flags), :known] = self._flags
        flags[rows, np.repeat(np.arange(known, len(self.all)), list(map(len, new)))] = True
        self._flags = flags
