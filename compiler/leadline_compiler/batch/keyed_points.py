"""Points of rules that count only the newest few events of each day, or of each value of a property."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leadline_compiler.batch.calendar import days_of
from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Coded, Column, Whole
from leadline_compiler.batch.events import Key
from leadline_compiler.batch.groups import starts_of
from leadline_compiler.batch.kind_order import Segment, part, sorted_by
from leadline_compiler.batch.lanes import Lanes
from leadline_compiler.batch.limits import key_of
from leadline_compiler.batch.word_table import WordTable
from leadline_compiler.plan import plan as p
from leadline_compiler.zones import Zone

_MOST = 2**16 - 1


def key_of_rule(plan: p.Plan, rule: p.PlanRule) -> Key | str | None:
    """What a rule with a single limit counts by: `day` or a property; None for a rule of another kind.

    Without a decay it does not matter which of the events count, only how many.
    """
    body = rule.body
    if not isinstance(body, p.EachBody) or body.decay is not None or body.after_first or len(body.times) != 1:
        return None
    limit = body.times[0]
    if limit.per == "day":
        return "day"
    return None if limit.property is None else key_of(plan, body.occurrence, limit.property)


class KeyedPoints:
    """The rules that count events of one kind by one key."""

    def __init__(self, plan: p.Plan, lanes: Lanes, cells: Cells, rules: Sequence[int]) -> None:
        self._lanes = lanes
        self._cells = cells
        self._rules = [plan.rules[rule] for rule in rules]
        self._bodies = [rule.body for rule in self._rules if isinstance(rule.body, p.EachBody)]
        self._table = WordTable(cells, [body.occurrence for body in self._bodies])
        self._limits = np.array([min(body.times[0].times, _MOST) for body in self._bodies])
        self._given = np.zeros((len(self._bodies), 0), np.int64)
        self._alone: dict[int, Whole] = {}
        self._known = 0

    def among(self, segment: Segment) -> Segment:
        """Those of the events that the rules mean."""
        flags = [self._cells.flags(occurrence) for occurrence in self._table.occurrences]
        return segment.among(np.logical_or.reduce(flags)[segment.cells])

    def add(self, words: Sequence[Whole], segment: Segment, keys: Whole, most: int) -> None:
        """Adds the points of each contact to its words; `keys` are those of the segment's events, which are meant.

        No contact has more than `most` events.
        """
        if not len(segment.starts):
            return
        parted = part(segment)
        cells, contacts = segment.cells[parted.alone], segment.whose[parted.alone]
        for word, table in self._of_one().items():
            words[word][contacts] += table[cells]
        if not len(parted.starts):
            return
        kept = parted.others
        segment = Segment(segment.places[kept], segment.cells[kept], segment.whose[kept], parted.starts)
        segment, keys = sorted_by(keys[kept] - keys.min(), segment)
        starts = starts_of(segment.whose, keys)
        by_key = Segment(segment.places, segment.cells, segment.whose, starts)
        counts = self._table.sums(by_key, most)
        limits = np.minimum(self._limits, np.iinfo(counts.dtype).max).astype(counts.dtype)
        np.minimum(counts, limits[:, np.newaxis], out=counts)
        # No sum is larger than the number of events, so that what holds one holds the other.
        times = np.add.reduceat(counts, starts_of(segment.whose[starts]), axis=1, dtype=counts.dtype)
        sums: dict[int, Whole] = {}
        for rule, given, many in zip(self._rules, self._given_for(most), times, strict=True):
            word = self._lanes.places[rule.group][0]
            more = given[many]
            sums[word] = sums[word] + more if word in sums else more
        for word, packed in sums.items():
            words[word][segment.contacts] += packed

    def _of_one(self) -> dict[int, Whole]:
        """By word and cell, what a contact gets that has one event."""
        if self._known != len(self._cells):
            self._known, self._alone = len(self._cells), {}
            for rule, body, given in zip(self._rules, self._bodies, self._given_for(1), strict=True):
                word = self._lanes.places[rule.group][0]
                more = np.where(self._cells.flags(body.occurrence), given[1], 0)
                self._alone[word] = self._alone[word] + more if word in self._alone else more
        return self._alone

    def _given_for(self, most: int) -> Any:
        """By rule, what 0, 1, 2 … events give that count."""
        if self._given.shape[1] <= most:
            times = np.arange((most | 0xFF) + 1)
            rows = []
            for rule, body in zip(self._rules, self._bodies, strict=True):
                points = times * rule.points
                if body.up_to is not None:
                    points = np.clip(points, -body.up_to, body.up_to)
                rows.append(self._lanes.packed(rule.group, points))
            self._given = np.array(rows)
        return self._given


def keys_of_events(key: Key | str, column: Column | None, at: Whole, zone: Zone) -> Whole:
    """A whole number for each event by which events are told apart."""
    if key == "day":
        return days_of(at, zone)
    if column is None:
        return np.zeros(len(at), np.int64)
    if isinstance(column, Coded):
        return column.distinct.alike[column.codes].astype(np.int64)
    _, places = np.unique(column.values, return_inverse=True)
    return np.where(column.known, places + 1, 0)
