"""Numbers for pairs of small whole numbers, by look-up in a table that grows with what is met."""

from __future__ import annotations

import numpy as np

from leadline_compiler.batch.columns import Codes, Places

_LARGEST = 1 << 22
"""Places of a table; where more would be needed, pairs are sorted and looked up one by one."""


class Pairs:
    """Numbers for pairs, in the order in which they are first met."""

    def __init__(self) -> None:
        self.all: list[tuple[int, int]] = []
        self._numbers: dict[tuple[int, int], int] = {}
        self._table = np.full((1, 1), -1, np.int32)

    def numbers(self, left: Places, right: Places) -> Codes:
        """The numbers of pairs side by side; a new pair gets the next number."""
        if not len(left):
            return np.zeros(0, np.int32)
        if not self._make_room(int(left.max()) + 1, int(right.max()) + 1):
            return self._one_by_one(left, right)
        width = self._table.shape[1]
        places = left.astype(np.intp) * width + right
        found = self._table.reshape(-1)[places]
        if found.min() < 0:
            for place in np.unique(places[found < 0]).tolist():
                self._table.reshape(-1)[place] = self._number(divmod(place, width))
            found = self._table.reshape(-1)[places]
        return found

    def _make_room(self, lefts: int, rights: int) -> bool:
        height, width = self._table.shape
        if lefts <= height and rights <= width:
            return True
        height, width = _grown(height, lefts), _grown(width, rights)
        if height * width > _LARGEST:
            return False
        table = np.full((height, width), -1, np.int32)
        table[: self._table.shape[0], : self._table.shape[1]] = self._table
        self._table = table
        return True

    def _number(self, pair: tuple[int, int]) -> int:
        number = self._numbers.get(pair)
        if number is None:
            number = self._numbers[pair] = len(self.all)
            self.all.append(pair)
        return number

    def _one_by_one(self, left: Places, right: Places) -> Codes:
        found, places = np.unique(left.astype(np.int64) << 32 | right, return_inverse=True)
        numbers = [self._number((pair >> 32, pair & 0xFFFFFFFF)) for pair in found.tolist()]
        return np.array(numbers, np.int32)[places]


def _grown(size: int, needed: int) -> int:
    return size if needed <= size else 1 << (needed - 1).bit_length()
