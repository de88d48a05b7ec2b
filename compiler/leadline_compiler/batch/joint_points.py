"""Points of conditions that join others with `and`: a bit for each, struck out by look-up for each thing they go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leadline_compiler.batch.columns import Flags, Whole
from leadline_compiler.batch.count_points import ManyTimes
from leadline_compiler.batch.lanes import Lanes
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.sources import COUNT, FIELD, Source
from leadline_compiler.batch.tallies import Tallies, TallyTables
from leadline_compiler.plan import plan as p

Masks: TypeAlias = NDArray[np.uint64]
"""A bit for each of 64 rules: whether nothing that has been looked at so far keeps it from holding."""

Parts: TypeAlias = Sequence[tuple[Source, int]]
"""The conditions that a rule joins, each with what it goes by."""

_WORD, _BYTE = 64, 8
_ALL = 2**_WORD - 1


class JointPoints:
    """The rules whose conditions are such; `parts` has those of each."""

    def __init__(
        self,
        plan: p.Plan,
        lanes: Lanes,
        program: Program,
        parts: Mapping[int, Sequence[tuple[Source, int]]],
        as_of: int,
    ) -> None:
        self._program = program
        self._as_of = as_of
        # Rules that go by the same stand together, so that a look-up changes few words.
        ordered = sorted(parts, key=lambda rule: (min(source for source, _ in parts[rule]), rule))
        self._parts: dict[Source, list[tuple[int, int]]] = defaultdict(list)
        for place, rule in enumerate(ordered):
            for source, node in parts[rule]:
                self._parts[source].append((place, node))
        self._starts = [_ALL >> max(0, _WORD - (len(ordered) - at)) for at in range(0, len(ordered), _WORD)]
        self._given = _points_of_bytes(lanes, [plan.rules[rule] for rule in ordered])
        self._patterns: dict[tuple[int, int], dict[int, Masks]] = {}
        self._by_count: dict[int, dict[int, Masks]] = {}

    def of_field(self, field: int) -> Callable[[Rows], dict[int, Masks]]:
        """What judges the cases of a field: by word, the rules that each allows."""
        return partial(self._allowed, self._parts.get((FIELD, field), ()))

    def conditions_of(self, field: int) -> list[int]:
        """The conditions that go by a field."""
        return [node for _, node in self._parts.get((FIELD, field), ())]

    @property
    def fields(self) -> list[int]:
        """The fields that conditions go by."""
        return [source[1] for source in self._parts if source[0] == FIELD]

    def start(self, count: int) -> list[Masks]:
        """The masks of so many contacts before anything has been looked at."""
        return [np.full(count, start, np.uint64) for start in self._starts]

    def strike_by_counts(self, masks: Sequence[Masks], tables: TallyTables, tallies: Tallies) -> None:
        """Strikes out what the contacts' events keep from holding."""
        bytes_seen = set()
        for source in self._parts:
            if source[0] != COUNT:
                continue
            kind, matters, place = tables.places[source[1]]
            if matters:
                counts = tallies.counts(source[1])
                assert counts is not None
                _strike(masks, self._allowed_by_count(source, tallies.most), counts)
            elif (kind, place // _BYTE) not in bytes_seen:
                bytes_seen.add((kind, place // _BYTE))
                bits = np.zeros(len(masks[0]), np.uint8)
                bits[tallies.segment(kind).contacts] = tallies.of_table(kind, False)[place // _BYTE]
                _strike(masks, self._allowed_by_bits(kind, place // _BYTE, tables), bits)

    def add(self, words: Sequence[Whole], masks: Sequence[Masks]) -> None:
        """Adds the points of the rules whose bits are left."""
        for number, given in enumerate(self._given):
            if number % _BYTE == 0:
                bytes_of_word: Any = masks[number // _BYTE].view(np.uint8).reshape(-1, _BYTE)
            column = np.ascontiguousarray(bytes_of_word[:, number % _BYTE])
            rows = np.flatnonzero(column)
            left = column[rows]
            for word, packed in given.items():
                words[word][rows] += packed[left]

    def _allowed_by_count(self, source: Source, most: int) -> dict[int, Masks]:
        found = self._by_count.get(source[1])
        if found is None or len(next(iter(found.values()))) <= most:
            found = self._by_count[source[1]] = self._allowed(self._parts[source], self._times(most | 0xFF))
        return found

    def _allowed_by_bits(self, kind: int, number: int, tables: TallyTables) -> dict[int, Masks]:
        """By word, what each pattern of eight occurrences allows."""
        found = self._patterns.get((kind, number))
        if found is None:
            found = self._patterns[kind, number] = {}
            once = self._times(1)
            patterns = np.arange(2**_BYTE)
            first = number * _BYTE
            for place, occurrence in enumerate(tables.tables[kind, False].occurrences[first : first + _BYTE]):
                for rule, node in self._parts.get((COUNT, occurrence), ()):
                    _strike_out(found, rule, self._program.truth(node, once)[patterns >> place & 1])
        return found

    def _times(self, most: int) -> Rows:
        return Rows(most + 1, self._as_of, self._program.plan.schema.zone, {}, ManyTimes(most))

    def _allowed(self, parts: Iterable[tuple[int, int]], cases: Rows) -> dict[int, Masks]:
        found: dict[int, Masks] = {}
        for rule, node in parts:
            _strike_out(found, rule, self._program.truth(node, cases))
        return found


def _strike_out(masks: dict[int, Masks], rule: int, flags: Flags) -> None:
    """Takes a rule's bit out of the masks of cases in which its condition does not hold."""
    word, bit = divmod(rule, _WORD)
    if word not in masks:
        masks[word] = np.full(len(flags), _ALL, np.uint64)
    masks[word][~flags] &= np.uint64(_ALL - (1 << bit))


def _strike(masks: Sequence[Masks], allowed: Mapping[int, Masks], places: Any) -> None:
    for word, found in allowed.items():
        masks[word] &= found[places]


def _points_of_bytes(lanes: Lanes, rules: Sequence[p.PlanRule]) -> list[dict[int, Whole]]:
    """For every eight rules, by word what each pattern of those that hold gives."""
    patterns = np.arange(2**_BYTE)
    tables: list[dict[int, Whole]] = []
    for start in range(0, len(rules), _BYTE):
        found: dict[int, Whole] = {}
        for bit, rule in enumerate(rules[start : start + _BYTE]):
            given = (patterns >> bit & 1) * lanes.packed(rule.group, rule.points)
            word = lanes.places[rule.group][0]
            found[word] = found[word] + given if word in found else given
        tables.append(found)
    return tables
