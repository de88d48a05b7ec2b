"""Which occurrences may mean each event: found once for every class of values, then looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.cells import NOTHING, Cells
from leadline_compiler.batch.columns import Codes, Column, Whole
from leadline_compiler.batch.events import Key
from leadline_compiler.batch.limits import key_of
from leadline_compiler.batch.pairs import Pairs
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.traits import Traits
from leadline_compiler.batch.windows import Ages, is_dated
from leadline_compiler.passes.rewrite import roots
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by


@dataclass(frozen=True, slots=True)
class Needs:
    """What of the events is needed once they stand with their contacts.

    `read` are, for each declared kind, the properties that tests look at; `kept` are those whose values rules need.
    """

    read: Sequence[frozenset[Key]]
    kept: frozenset[Key]


class Classifier:
    """Gives events their cells, kind by kind."""

    def __init__(self, plan: p.Plan, program: Program, cells: Cells, as_of: int) -> None:
        self._plan = plan
        self._as_of = as_of
        self.cells = cells
        occurrences = sorted(occurrences_of(plan))
        self._ages = Ages(plan.nodes, occurrences, as_of, plan.schema.zone)
        self._in_band = {occurrence: self._ages.is_in(occurrence) for occurrence in occurrences}
        self._kinds = [
            _Kind(plan, program, [node for node in occurrences if event.name in plan.nodes[node][1]])
            for event in plan.schema.events
        ]
        self._ignored = frozenset(
            node for node in plan.ignored if not any(is_dated(name) for name, _ in plan.nodes[node][3])
        )
        self._pairs = [Pairs() for _ in self._kinds]
        self._cells_of_pairs: list[list[int]] = [[] for _ in self._kinds]
        self.needs = Needs([kind.read for kind in self._kinds], frozenset(_kept(plan, occurrences)))

    def cells_of(self, kind: int, at: Whole, columns: Mapping[Key, Column]) -> Codes:
        """The numbers of the cells of events of one kind: of none for those that are later than as-of, or ignored."""
        ages = self._as_of - at
        classes = self._kinds[kind].classes(len(at), self._as_of, columns)
        bands = np.where(ages < 0, 0, self._ages.bands(ages) + 1)
        numbers = self._pairs[kind].numbers(classes, bands)
        known = self._cells_of_pairs[kind]
        for class_, band in self._pairs[kind].all[len(known) :]:
            known.append(self._find(kind, class_, band - 1))
        return np.array(known, np.int32)[numbers]

    def _find(self, kind: int, class_: int, band: int) -> int:
        if band < 0:
            return NOTHING
        meant = tuple(node for node in self._kinds[kind].passed[class_] if self._in_band[node][band])
        return NOTHING if self._ignored.intersection(meant) else self.cells.number(meant)


class _Kind:
    """The events of one declared kind, in classes of events that pass the same tests."""

    def __init__(self, plan: p.Plan, program: Program, occurrences: Sequence[int]) -> None:
        self._program = program
        self._occurrences = occurrences
        self._zone = plan.schema.zone
        wheres = [plan.nodes[node][2] for node in occurrences]
        self._wheres = wheres
        self._traits = Traits(plan, program, [where for where in wheres if where is not None])
        self.read = frozenset(self._traits.keys)
        self.passed: list[tuple[int, ...]] = []
        """By class, the occurrences whose test its events pass."""

    def classes(self, count: int, as_of: int, columns: Mapping[Key, Column]) -> Codes:
        """The classes of some events."""
        numbers = self._traits.combined(Rows(count, as_of, self._zone, columns))
        most = int(numbers.max(initial=-1)) + 1
        if most > len(self.passed):
            self._learn(range(len(self.passed), most), as_of)
        return numbers

    def _learn(self, numbers: Sequence[int], as_of: int) -> None:
        rows = Rows(len(numbers), as_of, self._zone, {})
        rows.found.update(self._traits.answers(numbers))
        every = np.ones(len(numbers), np.bool_)
        truths = [every if where is None else self._program.truth(where, rows) for where in self._wheres]
        for flags in np.array(truths, np.bool_).reshape(len(truths), len(numbers)).T:
            self.passed.append(tuple(node for node, passes in zip(self._occurrences, flags, strict=True) if passes))


def occurrences_of(plan: p.Plan) -> set[int]:
    """The occurrences that a plan looks at for contacts."""
    waiting, seen, found = list(roots(plan)), set(roots(plan)), set()
    while waiting:
        index = waiting.pop()
        node = plan.nodes[index]
        needed: Iterable[int] = needed_by(node)
        if node[0] == "events":
            found.add(index)
            needed = [at for name, at in node[3] if is_dated(name)]
        more = [index for index in needed if index not in seen]
        seen.update(more)
        waiting += more
    return found


_MEASURES = ("sum", "average", "lowest", "highest", "latest", "earliest", "different")


def _kept(plan: p.Plan, occurrences: Iterable[int]) -> Iterator[Key]:
    """The properties whose values are needed with the contacts."""
    wanted = set(occurrences)
    for node in plan.nodes:
        if node[0] in _MEASURES and node[1] in wanted:
            yield node[2], len(node) > 3 and is_coded(node[3])
    for rule in plan.rules:
        if isinstance(rule.body, p.EachBody):
            for limit in rule.body.times:
                if limit.property is not None:
                    yield key_of(plan, rule.body.occurrence, limit.property)
