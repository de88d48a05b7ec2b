"""Events of one declared kind: which occurrences their properties pass, and what an event of some age is worth."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, takewhile
from typing import TypeAlias

from leadline_compiler.contacts import Value
from leadline_compiler.decays import left_after
from leadline_compiler.execute.run import Run
from leadline_compiler.passes.rewrite import needed_by
from leadline_compiler.plan.plan import Node
from leadline_compiler.schema import EventType, Property
from leadline_compiler.scorer.frame import Entry, Frame
from leadline_compiler.scorer.gathered import KeyedGroup, Notes
from leadline_compiler.scorer.keyed import Keyed
from leadline_compiler.scorer.occurrences import Boundary, Occurrence, Order, Summed
from leadline_compiler.scorer.sieve import Sieve, Slots
from leadline_compiler.scorer.taken_up import taken_up
from leadline_compiler.scorer.tallies import lane_of

Worth: TypeAlias = tuple[int, tuple[Entry, ...], int, tuple[tuple[int, int], ...], Notes | None]
"""What an event gives by itself as packed points and as entries; lanes for the counts that it belongs to, the keyed
rules that count it, and what it takes up of bounds; numbers of bounded rules and what it gives by them; and the lists
and keyed rules that must look at it, if any."""

NOTHING: Worth = (0, (), 0, (), None)


class Row(list[Worth | None]):
    """What events that pass the same occurrences are worth, by band of age; None where nobody asked yet."""

    __slots__ = ("passed",)

    def __init__(self, passed: Sequence[Occurrence], bands: int) -> None:
        super().__init__([None] * bands)
        self.passed = passed


class EventKind:
    """A declared kind of event with the occurrences that may mean it.

    `read` are the properties at which tests look that look at no other.
    """

    def __init__(
        self, frame: Frame, declared: tuple[int, EventType], occurrences: Sequence[Occurrence], first_bit: int
    ) -> None:
        number, self.declared = declared
        self.first_bit = first_bit
        """Where the lanes of bounds begin."""
        self.number = number
        self._zone = frame.plan.schema.zone
        self._nodes = frame.plan.nodes
        self._occurrences = occurrences
        self.boundaries: set[Boundary] = set().union(*(occurrence.boundaries for occurrence in occurrences))
        self.sieve: Sieve[tuple[Occurrence, ...]] = Sieve(
            frame.plan,
            frame.nodes,
            [occurrence.where for occurrence in occurrences],
            lambda numbers: tuple(occurrences[number] for number in numbers),
            self._property_of,
        )
        named = {prop.name: prop for prop in self.declared.properties}
        self.read: list[Property] = [named[name] for name in self.sieve.groups if name is not None]

    @property
    def is_classed(self) -> bool:
        """Whether every test looks at one property alone, so that each property can be classed by itself."""
        return None not in self.sieve.groups

    @property
    def is_idle(self) -> bool:
        """Whether nothing asks for events of this kind."""
        return not self._occurrences

    def classify(self, prop: str, value: Value) -> Slots:
        """The tests of a property that its value passes."""
        return self.sieve.groups[prop].slots(self._run({prop: value}))

    def passed(self, values: Mapping[str, Value]) -> tuple[Occurrence, ...]:
        """The occurrences whose `where` an event passes. Of a classed kind, `sieve.find` tells it by the classes."""
        run = self._run(values)
        return self.sieve.find(tuple(group.slots(run) for group in self.sieve.groups.values()))

    def _run(self, values: Mapping[str, Value]) -> Run:
        return Run((), (), 0, self._zone, event=values)

    def _property_of(self, test: int) -> str | None:
        names = set(_property_names(self._nodes, test))
        return names.pop() if len(names) == 1 else None


def _property_names(nodes: Sequence[Node], test: int) -> Iterator[str]:
    """The properties that a test looks at."""
    waiting = [test]
    while waiting:
        node = nodes[waiting.pop()]
        if node[0] == "property":
            yield node[1]
        waiting.extend(needed_by(node))


class Bands:
    """The rows of a kind while its boundaries stand in one order of age."""

    def __init__(self, frame: Frame, kind: EventKind, order: Order) -> None:
        self._frame = frame
        self._first_bit = kind.first_bit
        self._kind = kind
        self._places = {boundary: place for place, boundary in enumerate(order)}
        self._rows: dict[tuple[int, ...], Row] = {}
        self._width = len(order) + 1
        self._steps: dict[int, list[int]] = {}

    def row(self, passed: Sequence[Occurrence]) -> Row:
        """The row of events that pass these occurrences."""
        key = tuple([occurrence.node for occurrence in passed])
        row = self._rows.get(key)
        return self._rows.setdefault(key, Row(passed, self._width)) if row is None else row

    def fill(self, row: Row, band: int) -> Worth:
        """What an event of the row is worth in a band: as old as `band` boundaries or older."""
        worth = row[band] = self._worth(row.passed, band)
        return worth

    def _worth(self, passed: Sequence[Occurrence], band: int) -> Worth:
        meant = [occurrence for occurrence in passed if self._is_in(occurrence, band)]
        if any(occurrence.is_ignored for occurrence in meant):
            return NOTHING
        earned = [(rule, self._left(rule, band)) for occurrence in meant for rule in occurrence.summed]
        entries = tuple([(rule.rule, points, 1) for rule, points in earned])
        bounded = [(rule.number, points, rule.up_to) for rule, points in earned if rule.up_to is not None]
        counted = sum([lane_of(occurrence.counted) for occurrence in meant if occurrence.counted is not None])
        counted += sum([lane_of(rule.place) for occurrence in meant for rule in occurrence.keyed if rule.is_even])
        counted += sum([taken_up(number, points, up_to) for number, points, up_to in bounded]) << self._first_bit
        notes = _notes(meant)
        if not (entries or counted or notes):
            return NOTHING
        sums = tuple([(number, points) for number, points, _ in bounded])
        return self._frame.pack(entries), entries, counted, sums, notes

    def is_ignored(self, row: Row, band: int) -> bool:
        """Whether events of the row are to be ignored in a band."""
        return any(occurrence.is_ignored and self._is_in(occurrence, band) for occurrence in row.passed)

    def _is_in(self, occurrence: Occurrence, band: int) -> bool:
        return all((self._places[boundary] >= band) == is_younger for boundary, is_younger in occurrence.windows)

    def _left(self, rule: Summed, band: int) -> int:
        """What an event in a band gives by a rule."""
        if rule.decay is None:
            return rule.points
        return left_after(rule.points, rule.decay, bisect_left(self._places_of_steps(rule.step), band))

    def _places_of_steps(self, step: int) -> list[int]:
        """Where the full steps of a decay stand among the boundaries."""
        places = self._steps.get(step)
        if places is None:
            found = takewhile(lambda place: place is not None, (self._places.get(("age", step * n)) for n in count(1)))
            places = self._steps[step] = [place for place in found if place is not None]
        return places


def _notes(meant: Sequence[Occurrence]) -> Notes | None:
    """Why an event must be looked at that these occurrences mean."""
    listed = tuple([occurrence.listed for occurrence in meant if occurrence.listed is not None])
    keyed: dict[str | None, list[Keyed]] = {}
    for occurrence in meant:
        for rule in occurrence.keyed:
            keyed.setdefault(rule.property, []).append(rule)
    groups = tuple([_group(name, rules) for name, rules in keyed.items()])
    return (listed, groups) if listed or groups else None


def _group(name: str | None, rules: Sequence[Keyed]) -> KeyedGroup:
    even = [rule for rule in rules if rule.is_even]
    once = sum([lane_of(rule.place) for rule in even if rule.times == 1])
    more = sum([lane_of(rule.place) for rule in even if rule.times > 1])
    return name, (once, more) if even else None, tuple([rule.place for rule in rules if not rule.is_even])
