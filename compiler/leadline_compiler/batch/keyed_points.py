"""Points of rules that count only the newest few events of each day, or of each value of a property."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadline_compiler.batch.calendar import days_of
from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Coded, Column, Whole
from leadline_compiler.batch.events import Key
from leadline_compiler.batch.groups import starts_of
from leadline_compiler.batch.kind_order import Segment, sorted_by
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

    def add(self, words: Sequence[Whole], segment: Segment, keys: Whole, most: int) -> None:
        """Adds the points of each contact to its words; `keys` are those of the segment's events.

        No contact has more than `most` events.
        """
        occurrences = self._table.occurrences
        meant = np.logical_or.reduce([self._cells.flags(occurrence) for occurrence in occurrences])[segment.cells]
        segment, keys = segment.among(meant), keys[meant]
        if not len(segment.starts):
            return
        segment, keys = sorted_by(keys - keys.min(), segment)
        starts = starts_of(segment.whose, keys)
        by_key = Segment(segment.places, segment.cells, segment.whose, starts)
        counts = np.minimum(self._table.sums(by_key, most), self._limits[:, np.newaxis])
        firsts = starts_of(segment.whose[starts])
        times = np.add.reduceat(counts, firsts, axis=1, dtype=np.int64)
        for rule, body, many in zip(self._rules, self._bodies, times, strict=True):
            points = many * rule.points
            if body.up_to is not None:
                points = np.clip(points, -body.up_to, body.up_to)
            words[self._lanes.places[rule.group][0]][segment.contacts] += self._lanes.packed(rule.group, points)


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
