"""Points of events that lose worth with age: what an event of a cell and an age gives is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd
from typing import Any

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Places, Whole
from leadline_compiler.batch.kind_order import Segment, part
from leadline_compiler.batch.lanes import MOST_EVENTS, Lanes
from leadline_compiler.batch.pairs import Pairs
from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.decay_steps import most_steps

_HALF = 32
_LONGEST_TABLE = 1 << 17


@dataclass(frozen=True, slots=True)
class _Decaying:
    """A rule whose events decay; `left` is what one gives after so many steps."""

    occurrence: int
    group: int
    step: int
    left: Whole
    up_to: int | None


def is_decaying(rule: p.PlanRule) -> bool:
    """Whether a rule adds up what each event gives by itself at its age, in not too many steps."""
    body = rule.body
    if not isinstance(body, p.EachBody) or body.decay is None or body.times or body.after_first:
        return False
    return most_steps(body.decay, rule.points) is not None and abs(rule.points) * MOST_EVENTS < 2 ** (_HALF - 1)


class DecayPoints:
    """The rules with a decay that count events of one kind."""

    def __init__(self, plan: p.Plan, lanes: Lanes, cells: Cells, rules: Sequence[int]) -> None:
        found = [_read(plan.rules[rule]) for rule in rules]
        self._lanes = lanes
        self._cells = cells
        self._free = [rule for rule in found if rule.up_to is None]
        self._bounded = [rule for rule in found if rule.up_to is not None]
        self._occurrences = sorted({rule.occurrence for rule in found})
        self._ages = _Ages(found)
        self._pairs = Pairs()
        self._words = sorted({lanes.places[rule.group][0] for rule in self._free})
        self._alone: dict[int, Whole] = {}
        """By word, what a contact gets that has one event."""
        self._tables: list[Whole] = [np.zeros(0, np.int64)] * (len(self._words) + (len(self._bounded) + 1) // 2)

    def add(self, words: Sequence[Whole], segment: Segment, at: Whole, as_of: int) -> None:
        """Adds the points of each contact to its words."""
        meant = np.logical_or.reduce([self._cells.flags(occurrence) for occurrence in self._occurrences])
        segment = segment.among(meant[segment.cells])
        if not len(segment.starts):
            return
        numbers = self._pairs.numbers(segment.cells, self._ages.bands(as_of - at[segment.places]))
        if len(self._tables[0]) < len(self._pairs.all):
            self._extend()
        parted = part(segment)
        contacts = segment.whose[parted.alone]
        for word, table in self._alone.items():
            words[word][contacts] += table[numbers[parted.alone]]
        if len(parted.starts):
            contacts = segment.whose[parted.others[parted.starts]]
            for word, packed in self._sums(numbers[parted.others], parted.starts).items():
                words[word][contacts] += packed

    def _sums(self, numbers: Places, starts: Places) -> dict[int, Whole]:
        """By word, what contacts get whose events are of these numbers."""
        sums = [np.add.reduceat(table[numbers], starts) for table in self._tables]
        found: dict[int, Whole] = dict(zip(self._words, sums, strict=False))
        for place, rule in enumerate(self._bounded):
            # The lower half borrows from the upper one where it is negative.
            halves: Any = sums[len(self._words) + place // 2].view(np.int32)
            points = halves[::2] if place % 2 == 0 else halves[1::2] + (halves[::2] < 0)
            word, more = self._bounded_points(rule, points)
            found[word] = found[word] + more if word in found else more
        return found

    def _bounded_points(self, rule: _Decaying, points: Any) -> tuple[int, Whole]:
        """The word of a rule, and what its points within their bound add to it."""
        assert rule.up_to is not None
        most = min(rule.up_to, 2 ** (_HALF - 1) - 1)
        packed = self._lanes.packed(rule.group, np.clip(points, -most, most).astype(np.int64))
        return self._lanes.places[rule.group][0], packed

    def _extend(self) -> None:
        """What events of the cells and ages give that have been met since."""
        new = np.array(self._pairs.all[len(self._tables[0]) :], np.int64)
        cells, ages = new[:, 0], self._ages.youngest[new[:, 1]]
        more = [np.zeros(len(new), np.int64) for _ in self._tables]
        alone: dict[int, Whole] = dict(zip(self._words, more, strict=False))
        for rule in self._free:
            place = self._words.index(self._lanes.places[rule.group][0])
            more[place] += self._lanes.packed(rule.group, self._given(rule, cells, ages))
        for number, rule in enumerate(self._bounded):
            given = self._given(rule, cells, ages)
            more[len(self._words) + number // 2] += given if number % 2 == 0 else given << _HALF
            word, packed = self._bounded_points(rule, given)
            alone[word] = alone[word] + packed if word in alone else packed
        none = np.zeros(0, np.int64)
        self._alone = {word: np.concatenate((self._alone.get(word, none), packed)) for word, packed in alone.items()}
        self._tables = [np.concatenate(pair) for pair in zip(self._tables, more, strict=True)]

    def _given(self, rule: _Decaying, cells: Places, ages: Whole) -> Whole:
        steps = np.minimum(ages // rule.step, len(rule.left) - 1)
        return np.where(self._cells.flags(rule.occurrence)[cells], rule.left[steps], 0)


class _Ages:
    """Bands of age, within which no rule takes another step."""

    def __init__(self, rules: Sequence[_Decaying]) -> None:
        edges = sorted({rule.step * number for rule in rules for number in range(1, len(rule.left))})
        self.youngest = np.array([0, *edges], np.int64)
        """By band, the age from which on it lasts."""
        self._unit = gcd(*edges)
        self._last = edges[-1] // self._unit
        self._table: Any = None
        if self._last < _LONGEST_TABLE:
            spans = [*(edge // self._unit for edge in (0, *edges)), self._last + 1]
            self._table = np.repeat(np.arange(len(spans) - 1), [end - start for start, end in pairwise(spans)])

    def bands(self, ages: Whole) -> Places:
        if self._table is None:
            return np.searchsorted(self.youngest, ages, side="right") - 1
        bands: Places = self._table[np.minimum(ages // self._unit, self._last)]
        return bands


def _read(rule: p.PlanRule) -> _Decaying:
    body = rule.body
    assert isinstance(body, p.EachBody)
    assert body.decay is not None
    decay, steps = read_decay(body.decay), most_steps(body.decay, rule.points) or 0
    left = [left_after(rule.points, decay, step) for step in range(steps + 1)]
    # After the last step nothing is left, however old an event gets.
    return _Decaying(body.occurrence, rule.group, body.decay.step, np.array([*left, 0], np.int64), body.up_to)
