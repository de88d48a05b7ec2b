"""Which of many conditions hold for some values, found from the values' side: a look-up, not a test a condition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from leadline_compiler.execute.run import Evaluate, Run
from leadline_compiler.numbers import LARGEST
from leadline_compiler.plan.plan import Plan
from leadline_compiler.scorer.literals import Literal
from leadline_compiler.texts import fold

R = TypeVar("R")
Slots: TypeAlias = frozenset[int]

_NO_SLOTS: Slots = frozenset()
_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 64
_FAR = 10**18
"""Beyond every moment of the calendar in microseconds."""


class Sieve(Generic[R]):
    """Many conditions, each a list of parts that must all hold, on the same few amounts.

    A part is a test; the tests that some values pass are its slots. Tests are grouped by what they read, so that
    the slots of each group can be found, and remembered, by themselves. `find` answers what `compose` makes of the
    numbers of the conditions that hold; equal answers are one object.
    """

    def __init__(
        self,
        plan: Plan,
        nodes: Sequence[Evaluate],
        conditions: Iterable[Sequence[Literal]],
        compose: Callable[[list[int]], R],
        group_of: Callable[[int], str | None] = lambda test: "",
    ) -> None:
        self._plan = plan
        self._nodes = nodes
        self._compose = compose
        self._group_of = group_of
        self.groups: dict[str | None, Group] = defaultdict(Group)
        self._slots: dict[int, int] = {}
        self._watched: dict[int, list[tuple[int, Sequence[tuple[int, bool]]]]] = defaultdict(list)
        self._unwatched: list[tuple[int, Sequence[tuple[int, bool]]]] = []
        self._found: dict[tuple[Slots, ...], R] = {}
        for number, literals in enumerate(conditions):
            self._add(number, literals)

    def find(self, slots: tuple[Slots, ...]) -> R:
        """What holds where just these tests are passed, group by group."""
        found = self._found.get(slots)
        if found is None:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            found = self._found[slots] = self._compose(self._numbers(frozenset().union(*slots)))
        return found

    def _numbers(self, slots: Slots) -> list[int]:
        candidates = list(self._unwatched)
        for slot in slots:
            candidates += self._watched.get(slot, ())
        return sorted(
            number for number, tests in candidates if all((slot in slots) == wanted for slot, wanted in tests)
        )

    def _add(self, number: int, literals: Sequence[Literal]) -> None:
        tests = [(self._slot(node), wanted) for node, wanted in literals]
        watched = next((slot for slot, wanted in tests if wanted), None)
        if watched is None:
            self._unwatched.append((number, tests))
        else:
            self._watched[watched].append((number, tests))

    def _slot(self, test: int) -> int:
        slot = self._slots.get(test)
        if slot is None:
            slot = self._slots[test] = len(self._slots)
            amount, add = _index_test(self._plan, test)
            group = self.groups[self._group_of(test)]
            if add is None:
                group.others.append((slot, self._nodes[test]))
            else:
                found = group.indexes.get(amount)
                if found is None:
                    found = group.indexes[amount] = self._nodes[amount], Index()
                add(found[1], slot)
        return slot


@dataclass(slots=True)
class Group:
    """Tests that read the same: by the amount that they ask for, or each by itself."""

    indexes: dict[int, tuple[Evaluate, Index]] = field(default_factory=dict)
    others: list[tuple[int, Evaluate]] = field(default_factory=list)
    _shared: dict[Slots, Slots] = field(default_factory=dict)

    def slots(self, run: Run) -> Slots:
        """The tests that a run's values pass; the same object for the same tests."""
        found = [index.slots_of(amount(run)) for amount, index in self.indexes.values()]
        if len(found) == 1 and not self.others:
            return found[0]
        joined = frozenset().union(*found, (slot for slot, holds in self.others if holds(run)))
        if len(self._shared) >= _MOST_REMEMBERED:
            self._shared.clear()
        return self._shared.setdefault(joined, joined)


@dataclass(slots=True)
class Index:
    """The tests of one amount, by what they ask for."""

    equal: dict[Any, list[int]] = field(default_factory=lambda: defaultdict(list))
    bands: list[tuple[int, int, int]] = field(default_factory=list)
    lists: list[tuple[frozenset[str], int]] = field(default_factory=list)
    contained: list[tuple[str, int]] = field(default_factory=list)
    beginnings: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    endings: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    _remembered: dict[Any, Slots] = field(default_factory=dict)
    _shared: dict[Slots, Slots] = field(default_factory=dict)

    def slots_of(self, value: Any) -> Slots:
        """The tests that a value passes."""
        if value is None:
            return _NO_SLOTS
        found = self._remembered.get(value)
        if found is None:
            found = frozenset(self._find(value))
            found = self._shared.setdefault(found, found)
            if type(value) is not str or len(value) <= _LONGEST_REMEMBERED:
                if len(self._remembered) >= _MOST_REMEMBERED:
                    self._remembered.clear()
                self._remembered[value] = found
        return found

    def _find(self, value: Any) -> list[int]:
        slots = list(self.known)
        if isinstance(value, str):
            folded = fold(value)
            slots += self.equal.get(folded, ())
            slots += [slot for text, slot in self.contained if text in folded]
            slots += [slot for texts, slot in self.beginnings if folded.startswith(texts)]
            slots += [slot for texts, slot in self.endings if folded.endswith(texts)]
            slots += [slot for entries, slot in self.lists if folded in entries]
        elif not isinstance(value, tuple):
            slots += self.equal.get(value, ())
            slots += [slot for low, high, slot in self.bands if low <= value <= high]
        return slots


_Add: TypeAlias = Callable[[Index, int], None]


def _index_test(plan: Plan, node: int) -> tuple[int, _Add | None]:
    """The amount that a test asks for, and how the index learns of it; None where it must be worked out."""
    test = plan.nodes[node]
    match test[0]:
        case "one_of":
            return test[1], lambda index, slot: _add_values(index, test[2], slot)
        case "in_list":
            return test[1], lambda index, slot: index.lists.append((frozenset(plan.lists[test[2]]), slot))
        case "within":
            return test[1], lambda index, slot: index.bands.append((test[2], test[3], slot))
        case "above" | "least":
            return _index_comparison(plan, test)
        case "contains":
            return test[1], lambda index, slot: index.contained.extend((text, slot) for text in test[2])
        case "starts":
            return test[1], lambda index, slot: index.beginnings.append((test[2], slot))
        case "ends":
            return test[1], lambda index, slot: index.endings.append((test[2], slot))
        case "known":
            return test[1], lambda index, slot: index.known.append(slot)
        case "yes":
            return test[1], lambda index, slot: _add_values(index, (True,), slot)
    return node, None


def _add_values(index: Index, values: Iterable[Any], slot: int) -> None:
    for value in values:
        index.equal[value].append(slot)


_FARTHEST = {"number": LARGEST, "moment": _FAR}


def _index_comparison(plan: Plan, test: Any) -> tuple[int, _Add | None]:
    name, left, right = test
    least, most = plan.nodes[right], plan.nodes[left]
    open_ = 1 if name == "above" else 0
    if least[0] in _FARTHEST:
        return left, lambda index, slot: index.bands.append((least[1] + open_, _FARTHEST[least[0]], slot))
    if most[0] in _FARTHEST:
        return right, lambda index, slot: index.bands.append((-_FARTHEST[most[0]], most[1] - open_, slot))
    return left, None
