"""The events of some contacts by their kind, and within it by contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Places, Whole


@dataclass(frozen=True, slots=True)
class Segment:
    """Events that stand together, sorted by contact: their places among all, cells, and where each contact starts."""

    places: Places
    cells: Places
    whose: Places
    starts: Places

    @property
    def contacts(self) -> Places:
        """The contacts that have such events."""
        contacts: Places = self.whose[self.starts]
        return contacts

    def among(self, flags: Any) -> Segment:
        """Those of the events that have a flag."""
        kept = np.flatnonzero(flags)
        return segment_of(self.places[kept], self.cells[kept], self.whose[kept])


def segment_of(places: Places, cells: Places, whose: Places) -> Segment:
    """The segment of events that are sorted by contact."""
    if not len(whose):
        return Segment(places, cells, whose, np.zeros(0, np.int64))
    differs = np.empty(len(whose), np.bool_)
    differs[0] = True
    np.not_equal(whose[1:], whose[:-1], out=differs[1:])
    return Segment(places, cells, whose, np.flatnonzero(differs))


@dataclass(frozen=True, slots=True)
class Parted:
    """The events of a segment, by their places in it: those that are their contact's only one, and all others."""

    alone: Places
    others: Places
    starts: Places
    """Where, among the others, each contact starts."""


def part(segment: Segment) -> Parted:
    """Most contacts have one event of a kind, for which nothing need be added up."""
    starts, count = segment.starts, len(segment.whose)
    is_alone = np.diff(starts, append=count) == 1
    alone = starts[is_alone]
    kept = np.ones(count, np.bool_)
    kept[alone] = False
    return Parted(alone, np.flatnonzero(kept), (starts - np.cumsum(is_alone))[~is_alone])


class KindOrder:
    """Events sorted by kind, and within a kind by contact."""

    def __init__(self, whose: Places, cells: Places, kinds: Any) -> None:
        """`kinds` are those of the events, small whole numbers, -1 for events of which the kind does not matter."""
        self._order = np.argsort(kinds, kind="stable")
        self._whose, self._cells = whose[self._order], cells[self._order]
        ordered = kinds[self._order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, int)
        ends = [*starts[1:].tolist(), len(ordered)]
        self._spans = {int(ordered[start]): (start, end) for start, end in zip(starts.tolist(), ends, strict=False)}
        self._found: dict[int, Segment] = {}

    def segment(self, kind: int) -> Segment:
        """The events of a kind."""
        found = self._found.get(kind)
        if found is None:
            start, end = self._spans.get(kind, (0, 0))
            found = segment_of(self._order[start:end], self._cells[start:end], self._whose[start:end])
            self._found[kind] = found
        return found


def sorted_by(keys: Whole, segment: Segment) -> tuple[Segment, Whole]:
    """A segment whose events stand, within each contact, by a key of not below 0; and the keys."""
    falls = keys[1:] < keys[:-1]
    falls[segment.starts[1:] - 1] = False
    if not falls.any():
        return segment, keys
    if len(keys) and int(keys.max()) < 2**16 and int(segment.whose[-1]) < 2**16:
        # Two passes over 16 bits are sorted without comparing.
        order = np.argsort(keys.astype(np.uint16), kind="stable")
        order = order[np.argsort(segment.whose[order].astype(np.uint16), kind="stable")]
    else:
        order = np.lexsort((keys, segment.whose))
    return Segment(segment.places[order], segment.cells[order], segment.whose, segment.starts), keys[order]
