"""Occurrences side by side in the lanes of words, so that one sum counts several of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Whole
from leadline_compiler.batch.kind_order import Segment

_WORD = 64


class WordTable:
    """By cell, one in the lanes of the occurrences that mean its events; so many bits are a lane."""

    def __init__(self, cells: Cells, occurrences: Sequence[int]) -> None:
        self._cells = cells
        self.occurrences = occurrences
        self._tables: dict[int, list[Whole]] = {}
        self._known = 0

    def words(self, bits: int) -> list[Whole]:
        """The table, word by word."""
        if self._known != len(self._cells):
            self._tables.clear()
            self._known = len(self._cells)
        found = self._tables.get(bits)
        if found is None:
            found, lanes = [], _WORD // bits
            for place, occurrence in enumerate(self.occurrences):
                if place % lanes == 0:
                    found.append(np.zeros(self._known, np.int64))
                found[-1] |= self._cells.flags(occurrence).astype(np.int64) << (bits * (place % lanes))
            self._tables[bits] = found
        return found

    def sums(self, segment: Segment, most: int) -> Any:
        """By occurrence and run of the segment, how often; no contact has more than `most` events."""
        bits = 8 if most < 2**8 else 16
        words = self._reduced(np.add, segment, bits)
        lanes, runs = _WORD // bits, len(segment.starts)
        counts = words.view(np.uint8 if bits == 8 else np.uint16).reshape(len(words), runs, lanes)
        return counts.transpose(0, 2, 1).reshape(len(words) * lanes, runs)[: len(self.occurrences)]

    def bits(self, segment: Segment) -> Any:
        """By eight occurrences and run of the segment, a bit for each that occurred."""
        words = self._reduced(np.bitwise_or, segment, 1)
        found = words.view(np.uint8).reshape(len(words), len(segment.starts), 8)
        return found.transpose(0, 2, 1).reshape(len(words) * 8, len(segment.starts))

    def _reduced(self, reduce: Any, segment: Segment, bits: int) -> Any:
        tables = self.words(bits)
        words = np.empty((len(tables), len(segment.starts)), np.int64)
        if len(segment.starts):
            for word, table in zip(words, tables, strict=True):
                reduce.reduceat(table[segment.cells], segment.starts, out=word)
        return words
