"""What tests tell of an event, property by property: each value has a class, and events whose values have the same
classes pass the same tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.columns import Coded, Codes, Distinct, Flags, Numbers
from leadline_compiler.batch.events import Key
from leadline_compiler.batch.pairs import Pairs
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.plan.plan import Node, Plan
from leadline_compiler.plan.references import needed_by

_JOINING = ("and", "or", "not", "always", "never")


class Trait(Protocol):
    """Something by which events are classed."""

    tests: Sequence[int]
    """The tests, by node, whose answers depend on the class alone."""

    def classes(self, rows: Rows) -> Codes:
        """The class of each row."""
        ...

    def answers(self, class_: int) -> Sequence[bool]:
        """What the tests answer for a class."""
        ...


class Traits:
    """All that some conditions ask of one kind of events."""

    def __init__(self, plan: Plan, program: Program, conditions: Iterable[int]) -> None:
        by_key: dict[Key, list[int]] = {}
        self._traits: list[Trait] = []
        self.keys: set[Key] = set()
        for test in sorted(_tests(plan.nodes, conditions)):
            keys = set(_properties(plan.nodes, test))
            self.keys |= keys
            key = keys.pop() if len(keys) == 1 else None
            if key is not None and (key[1] or _cuts(plan.nodes, test) is not None):
                by_key.setdefault(key, []).append(test)
            else:
                self._traits.append(_Flag(program, test))
        for key, tests in by_key.items():
            self._traits.append(_Text(program, key, tests) if key[1] else _Number(plan.nodes, program, key, tests))
        self._pairs = [Pairs() for _ in self._traits]

    def combined(self, rows: Rows) -> Codes:
        """A number for each row; rows with the same number pass the same tests."""
        numbers = np.zeros(rows.count, np.int32)
        for trait, pairs in zip(self._traits, self._pairs, strict=True):
            numbers = pairs.numbers(numbers, trait.classes(rows))
        return numbers

    def answers(self, numbers: Sequence[int]) -> dict[int, Flags]:
        """What each test answers for rows with some numbers."""
        found: dict[int, list[bool]] = {test: [] for trait in self._traits for test in trait.tests}
        for number in numbers:
            for trait, pairs in zip(reversed(self._traits), reversed(self._pairs), strict=True):
                number, class_ = pairs.all[number]
                for test, answer in zip(trait.tests, trait.answers(class_), strict=True):
                    found[test].append(answer)
        return {test: np.array(answers, np.bool_) for test, answers in found.items()}


class _Text:
    """A text or a list: its distinct values are tested once each."""

    def __init__(self, program: Program, key: Key, tests: Sequence[int]) -> None:
        self._program = program
        self._key = key
        self.tests = tests
        self._numbers: dict[tuple[bool, ...], int] = {}
        self._answers: list[tuple[bool, ...]] = []
        self._of: tuple[Distinct | None, Codes] = (None, np.zeros(0, np.int32))

    def classes(self, rows: Rows) -> Codes:
        column = rows.columns.get(self._key)
        if column is None:
            column = Coded(np.zeros(rows.count, np.int32), Distinct())
        assert isinstance(column, Coded)
        return self._by_code(column.distinct, rows)[column.codes]

    def _by_code(self, distinct: Distinct, rows: Rows) -> Codes:
        known, classes = self._of
        if known is not distinct:
            classes = np.zeros(0, np.int32)
        if len(classes) < len(distinct):
            codes = np.arange(len(classes), len(distinct), dtype=np.int32)
            new = Rows(len(codes), rows.as_of, rows.zone, {self._key: Coded(codes, distinct)})
            truths = [self._program.truth(test, new).tolist() for test in self.tests]
            found = [self._number(answers) for answers in zip(*truths, strict=True)]
            classes = np.concatenate((classes, np.array(found, np.int32)))
            self._of = distinct, classes
        return classes

    def _number(self, answers: tuple[bool, ...]) -> int:
        number = self._numbers.get(answers)
        if number is None:
            number = self._numbers[answers] = len(self._answers)
            self._answers.append(answers)
        return number

    def answers(self, class_: int) -> Sequence[bool]:
        return self._answers[class_]


class _Number:
    """A number, a date or a yes/no: its tests cut the line of values into pieces. Class 0 is a missing value."""

    def __init__(self, nodes: Sequence[Node], program: Program, key: Key, tests: Sequence[int]) -> None:
        self._program = program
        self._key = key
        self.tests = tests
        cuts = sorted({cut for test in tests for cut in _cuts(nodes, test) or ()})
        self._cuts = np.array(cuts, np.int64)
        self._pieces: list[list[bool]] | None = None

    def classes(self, rows: Rows) -> Codes:
        column = rows.columns.get(self._key)
        if column is None:
            return np.zeros(rows.count, np.int32)
        assert isinstance(column, Numbers)
        if self._pieces is None:
            self._pieces = self._test_pieces(rows)
        pieces = np.searchsorted(self._cuts, column.values, side="right").astype(np.int32)
        pieces += 1
        return np.where(column.known, pieces, 0)

    def _test_pieces(self, rows: Rows) -> list[list[bool]]:
        lowest = self._cuts[:1] - 1 if len(self._cuts) else np.zeros(1, np.int64)
        values = np.concatenate((np.zeros(1, np.int64), lowest, self._cuts))
        known = np.arange(len(values)) > 0
        pieces = Rows(len(values), rows.as_of, rows.zone, {self._key: Numbers(values, known)})
        truths = [self._program.truth(test, pieces).tolist() for test in self.tests]
        return [list(answers) for answers in zip(*truths, strict=True)]

    def answers(self, class_: int) -> Sequence[bool]:
        if self._pieces is None:
            return [False] * len(self.tests)
        return self._pieces[class_]


class _Flag:
    """A test that is worked out event by event."""

    def __init__(self, program: Program, test: int) -> None:
        self._program = program
        self.tests: Sequence[int] = (test,)

    def classes(self, rows: Rows) -> Codes:
        return self._program.truth(self.tests[0], rows).astype(np.int32)

    def answers(self, class_: int) -> Sequence[bool]:
        return (bool(class_),)


def _tests(nodes: Sequence[Node], conditions: Iterable[int]) -> set[int]:
    """The tests that conditions are joined of."""
    waiting, seen, tests = list(conditions), set(conditions), set()
    while waiting:
        index = waiting.pop()
        if nodes[index][0] not in _JOINING:
            tests.add(index)
            continue
        more = [part for part in needed_by(nodes[index]) if part not in seen]
        seen.update(more)
        waiting += more
    return tests


def _properties(nodes: Sequence[Node], test: int) -> Iterator[Key]:
    """The properties that a test looks at."""
    waiting, seen = [test], {test}
    while waiting:
        node = nodes[waiting.pop()]
        if node[0] == "property":
            yield node[1], is_coded(node[2])
        more = [part for part in needed_by(node) if part not in seen]
        seen.update(more)
        waiting += more


def _cuts(nodes: Sequence[Node], test: int) -> list[int] | None:
    """The values from which on a test may answer otherwise; None for a test that does not go by such values."""
    node = nodes[test]
    if len(node) < 2 or not isinstance(node[1], int) or nodes[node[1]][0] != "property":
        return None
    match node[0]:
        case "within":
            return [node[2], node[3] + 1]
        case "one_of":
            return [cut for value in node[2] for cut in (int(value), int(value) + 1)]
        case "yes":
            return [1, 2]
        case "known":
            return []
    return None
