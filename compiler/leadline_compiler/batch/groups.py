"""Reckoning over rows that belong to contacts, sorted by contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Flags, Numbers, Places, Whole
from leadline_compiler.batch.whole import bounded, halves_away, largest

_ROOM = 2**62


@dataclass(frozen=True, slots=True)
class Runs:
    """Rows that stand together: where each run starts, how long it is, and whose it is."""

    starts: Places
    lengths: Whole
    whose: Places
    count: int

    def spread(self, values: Any, empty: int = 0) -> Whole:
        """Values of the runs as a column of all contacts."""
        column = np.full(self.count, empty, np.int64)
        column[self.whose] = values
        return column

    @property
    def present(self) -> Flags:
        """The contacts that have a run."""
        flags = np.zeros(self.count, np.bool_)
        flags[self.whose] = True
        return flags

    def sum(self, values: Whole) -> Whole:
        """The sums by contact, which 64 bits must hold."""
        return self.spread(np.add.reduceat(values, self.starts)) if len(self.starts) else np.zeros(self.count, np.int64)

    def least(self, values: Whole) -> Whole:
        return self._reduced(np.minimum, values)

    def most(self, values: Whole) -> Whole:
        return self._reduced(np.maximum, values)

    def _reduced(self, reduce: Any, values: Whole) -> Whole:
        return self.spread(reduce.reduceat(values, self.starts)) if len(self.starts) else np.zeros(self.count, np.int64)


def runs_of(whose: Places, count: int) -> Runs:
    """The runs of rows that are sorted by the contact, one of so many."""
    starts = starts_of(whose)
    return Runs(starts, np.diff(starts, append=len(whose)), whose[starts], count)


def starts_of(*keys: Places) -> Places:
    """Where a row differs from the one before in a key."""
    if not len(keys[0]):
        return np.zeros(0, np.int64)
    differs = np.zeros(len(keys[0]), np.bool_)
    differs[0] = True
    for key in keys:
        differs[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(differs)


def place_in_run(starts: Places, count: int) -> Whole:
    """For so many rows, how many stand before each in its run."""
    places = np.arange(count, dtype=np.int64)
    return places - np.repeat(places[starts], np.diff(starts, append=count))


def sums_by(whose: Places, values: Whole, count: int) -> Numbers:
    """The bounded sums by contact; that of nothing is 0."""
    runs = runs_of(whose, count)
    if not len(values) or largest(values) * int(runs.lengths.max()) < _ROOM:
        return bounded(runs.sum(values), np.ones(1, np.bool_))
    sums, known = np.zeros(count, np.int64), np.ones(count, np.bool_)
    for contact, total in _exact_sums(runs, values):
        held = bounded(np.array([min(max(total, -_ROOM), _ROOM)]), True)
        sums[contact], known[contact] = held.values[0], held.known[0]
    return Numbers(sums, known)


def averages_by(whose: Places, values: Whole, count: int) -> Numbers:
    """The averages by contact, rounded half away from zero; missing where there is nothing."""
    runs = runs_of(whose, count)
    if not len(values):
        return Numbers(np.zeros(count, np.int64), np.zeros(count, np.bool_))
    if largest(values) * int(runs.lengths.max()) < _ROOM // 2:
        found = halves_away(np.add.reduceat(values, runs.starts), runs.lengths)
    else:
        from leadline_compiler.numbers import round_half_away

        totals = _exact_sums(runs, values)
        found = np.array([round_half_away(total, int(n)) for (_, total), n in zip(totals, runs.lengths, strict=True)])
    return bounded(runs.spread(found), runs.present)


def _exact_sums(runs: Runs, values: Whole) -> list[tuple[int, int]]:
    ends = [*runs.starts[1:].tolist(), len(values)]
    spans = zip(runs.whose.tolist(), runs.starts.tolist(), ends, strict=True)
    return [(whose, sum(values[start:end].tolist())) for whose, start, end in spans]
