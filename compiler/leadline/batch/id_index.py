"""Where each contact stands, by the key of its id."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from leadline.batch.keys import Keys, hash_of

UNKNOWN = -1
_LARGE = 32_000_000
"""Bytes of an index of which not every process should have a copy."""


_ROW = np.dtype("V32")


@dataclass(frozen=True, slots=True)
class IdIndex:
    """A table that is looked up by hash: first word, second word, and address + 1 (0: a free place) in each row.

    A row is one item of 32 bytes, since such are fetched at once.
    """

    table: Any

    @classmethod
    def build(cls, keys: Keys, addresses: Any) -> IdIndex:
        """The index of keys that are all different."""
        size = 1 << max(4, (3 * len(keys)).bit_length())
        slots: Any = np.full(size, -1, np.int32 if len(keys) < 2**31 else np.int64)
        places = _places(keys, size)
        waiting = np.arange(len(keys))
        while len(waiting):
            wanted = places[waiting]
            free = slots[wanted] < 0
            slots[wanted[free]] = waiting[free]
            waiting = waiting[slots[wanted] != waiting]
            places[waiting] = (places[waiting] + 1) & (size - 1)
        table = np.zeros((size, 4), np.uint64)
        taken = np.flatnonzero(slots >= 0)
        table[taken, :2] = keys[slots[taken]]
        table[taken, 2] = (addresses[slots[taken]] + 1).astype(np.uint64)
        return cls(table.reshape(-1).view(_ROW))

    def save(self, path: Path) -> None:
        np.save(path, self.table.view(np.uint64))

    @classmethod
    def load(cls, path: Path) -> IdIndex:
        """An index that was saved. Processes share the memory of a large one."""
        is_large = path.stat().st_size > _LARGE
        return cls(np.asarray(np.load(path, mmap_mode="r" if is_large else None)).view(_ROW))

    def find(self, keys: Keys) -> Any:
        """The addresses of ids, UNKNOWN for those that no contact has."""
        last = len(self.table) - 1
        places = _places(keys, len(self.table))
        one, two = keys[:, 0], keys[:, 1]
        rows = self._rows(places)
        found = rows[:, 2].astype(np.int64) - 1
        # A free place ends the search; else it goes on with the next one.
        left = np.flatnonzero(((rows[:, 0] != one) | (rows[:, 1] != two)) & (found != UNKNOWN))
        places, one, two = places[left], one[left], two[left]
        while len(left):
            places = (places + 1) & last
            rows = self._rows(places)
            addresses = rows[:, 2].astype(np.int64) - 1
            found[left] = addresses
            goes_on = np.flatnonzero(((rows[:, 0] != one) | (rows[:, 1] != two)) & (addresses != UNKNOWN))
            left, places, one, two = left[goes_on], places[goes_on], one[goes_on], two[goes_on]
        return found

    def _rows(self, places: Any) -> Any:
        return self.table.take(places).view(np.uint64).reshape(-1, 4)


def _places(keys: Keys, size: int) -> Any:
    return (hash_of(keys) & np.uint64(size - 1)).astype(np.int64)


def first_of_each(keys: Keys) -> Any:
    """For each key, whether it stands there for the first time and is not empty."""
    firsts = np.zeros(len(keys), np.bool_)
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    ordered = keys[order]
    firsts[order] = np.append(True, (ordered[1:] != ordered[:-1]).any(axis=1))[: len(keys)]
    return firsts & (keys != 0).any(axis=1)
