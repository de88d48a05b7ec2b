"""Builds the tables of a scorer that events are looked up in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Assignment
from leadline_compiler.scorer.caps import Caps
from leadline_compiler.scorer.decay_steps import most_steps
from leadline_compiler.scorer.features import CountFeature, RecentFeature, find_count_limit, find_recent_edges
from leadline_compiler.scorer.frame import Frame, Outcome
from leadline_compiler.scorer.joints import Joints
from leadline_compiler.scorer.keyed import KeyedRules, TimesFeature, UnevenRule
from leadline_compiler.scorer.kinds import EventKind
from leadline_compiler.scorer.listed import Listed
from leadline_compiler.scorer.marks import Marks
from leadline_compiler.scorer.occurrences import Keyed, Occurrence, Summed, read_occurrence
from leadline_compiler.scorer.outcomes import CountTable, Outcomes, RecentTable
from leadline_compiler.scorer.sources import COUNT, EVENTS, RECENT
from leadline_compiler.scorer.tallies import MOST, Feature, Tallies
from leadline_compiler.zones import DAY


@dataclass(frozen=True, slots=True)
class EventTables:
    """Counts in lanes, marks, and bounds; limits by day or value; lists of events to be looked at one by one.

    `kinds` are the declared kinds in their order. `always` is what is worth something because no event can be meant.
    """

    tallies: Tallies
    marks: Marks
    caps: Caps
    keyed: KeyedRules
    lists: Sequence[Listed]
    kinds: Sequence[EventKind]
    always: Sequence[Outcome]


class EventTablesBuilder:
    """The occurrences that something needs, each with what it is needed for."""

    def __init__(self, frame: Frame, assignment: Assignment, joints: Joints) -> None:
        self._frame = frame
        self._plan = assignment.plan
        self._assignment = assignment
        self._joints = joints
        self._found: dict[int, Occurrence | None] = {}
        self._lists: list[Listed] = []
        self._popular = Counter(node[1] for node in assignment.plan.nodes if node[0] == "events")
        self._always: list[Outcome] = []

    def number(self, node: int) -> int | None:
        """The number of the list of an occurrence's events; None where there is never any."""
        occurrence = self._get(node)
        if occurrence is None:
            return None
        if occurrence.listed is None:
            occurrence.listed = len(self._lists)
            self._lists.append(Listed(self._frame, node, occurrence.listed))
        return occurrence.listed

    def keep(self, nodes: Sequence[int]) -> tuple[dict[int, int | None], bool]:
        """The numbers of the lists that nodes need, and whether some need events beyond any list."""
        needed = {found for node in nodes for found in self._assignment.sources.occurrences(node)}
        banded = {node for node in needed if self._assignment.sources.is_banded(node)}
        return {node: self.number(node) for node in sorted(banded)}, banded != needed

    def build(self) -> EventTables:
        """The tables, when all lists that are needed otherwise have their numbers."""
        features = [*self._count(), *self._date()]
        tallies, marks = self._tally(features), self._mark(features)
        bounded = self._sum()
        self._measure()
        keyed = self._key()
        for node in self._plan.ignored:
            occurrence = self._get(node)
            if occurrence is not None:
                occurrence.is_ignored = True
        caps = Caps(self._frame, bounded)
        return EventTables(tallies, marks, caps, keyed, self._lists, self._kinds(), self._always)

    def _get(self, node: int) -> Occurrence | None:
        """A banded occurrence; None where no event can be meant."""
        if node not in self._found:
            self._found[node] = read_occurrence(self._plan.nodes, node)
        return self._found[node]

    def _listed(self, node: int) -> Listed:
        number = self.number(node)
        assert number is not None, "the occurrence can mean events"
        return self._lists[number]

    # ---- what is counted

    def _nodes(self, kind: str) -> list[int]:
        """The occurrences that are read in one way.

        Those that differ in their windows alone stand side by side: they tend to occur together.
        """
        return sorted((node for found, node in self._assignment.shares if found == kind), key=self._likeness)

    def _likeness(self, node: int) -> tuple[int, tuple[str, ...], int, int]:
        """What to sort occurrences by. Kinds with many come first: their numbers are short, and their events many."""
        _, events, where, _ = self._plan.nodes[node]
        return -self._popular[events], events, -1 if where is None else where, node

    def _count(self) -> Iterator[tuple[Occurrence, Feature]]:
        """What depends on counts, as far as it fits into lanes."""
        for node in self._nodes(COUNT):
            share, occurrence = self._assignment.shares[COUNT, node], self._get(node)
            table = CountTable(self._frame, node, share, self._joints)
            if occurrence is None:
                self._always.append(table.outcomes.quiet)
                continue
            limit = find_count_limit(self._plan, node, share)
            if limit is None:
                self._listed(node).count = table
            else:
                yield occurrence, CountFeature(table, limit)

    def _date(self) -> Iterator[tuple[Occurrence, Feature]]:
        """What depends on days since an event, as far as it fits into lanes."""
        for node in self._nodes(RECENT):
            share, occurrence = self._assignment.shares[RECENT, node], self._get(node)
            table = RecentTable(self._frame, node, share, self._joints)
            if occurrence is None:
                self._always.append(table.outcomes.quiet)
                continue
            edges = find_recent_edges(self._plan, node, share)
            if edges is None:
                self._listed(node).recent = table
            else:
                occurrence.edges = tuple([("age", edge * DAY) for edge in edges])
                yield occurrence, RecentFeature(table, edges)

    def _tally(self, features: Sequence[tuple[Occurrence, Feature]]) -> Tallies:
        """Gives lanes to the features that count further than to one."""
        counting = [(occurrence, feature) for occurrence, feature in features if max(feature.limits) > 1]
        tallies = Tallies([feature for _, feature in counting])
        for (occurrence, _), place in zip(counting, tallies.places, strict=True):
            occurrence.counted = place
        return tallies

    def _mark(self, features: Sequence[tuple[Occurrence, Feature]]) -> Marks:
        """Gives bits to the other features."""
        marking = [(occurrence, feature) for occurrence, feature in features if max(feature.limits) == 1]
        marks = Marks([feature for _, feature in marking])
        for (occurrence, feature), place in zip(marking, marks.places, strict=True):
            if isinstance(feature, RecentFeature):
                occurrence.recent = place
            else:
                occurrence.marked = place
        return marks

    def _measure(self) -> None:
        for (kind, node), share in self._assignment.shares.items():
            if kind != EVENTS:
                continue
            if self._get(node) is None:
                self._always.append(Outcomes(self._frame, node, share, self._joints).quiet)
            else:
                self._listed(node).measure(share, self._joints)

    # ---- what adds up

    def _sum(self) -> list[int]:
        """Gives occurrences the rules that add up what every event gives, and answers those whose sum is bounded."""
        bounded: list[int] = []
        for node in sorted(self._assignment.summed, key=self._likeness):
            occurrence = self._get(node)
            for index in self._assignment.summed[node] if occurrence is not None else ():
                assert occurrence is not None
                occurrence.summed.append(_summed(self._plan, index, len(bounded)))
                if occurrence.summed[-1].up_to is not None:
                    bounded.append(index)
        return bounded

    def _key(self) -> KeyedRules:
        """Gives occurrences the rules with one limit by day or value."""
        even: list[tuple[Occurrence, str | None, TimesFeature]] = []
        uneven: list[UnevenRule] = []
        for node in sorted(self._assignment.keyed, key=self._likeness):
            occurrence = self._get(node)
            for index in self._assignment.keyed[node] if occurrence is not None else ():
                assert occurrence is not None
                body = _each(self._plan, index)
                limit = body.times[0]
                if body.decay is None and limit.times <= MOST:
                    even.append((occurrence, limit.property, TimesFeature(self._frame, index, limit.times)))
                else:
                    occurrence.keyed.append(Keyed(len(uneven), limit.property, False))
                    uneven.append(UnevenRule(self._frame, index))
        features = [feature for _, _, feature in even]
        tallies = Tallies(features)
        for (occurrence, name, _), place in zip(even, tallies.places, strict=True):
            occurrence.keyed.append(Keyed(place, name, True))
        return KeyedRules(tallies, features, uneven)

    def _kinds(self) -> list[EventKind]:
        """Every declared kind with its occurrences."""
        events = self._plan.schema.events
        by_name: dict[str, list[Occurrence]] = {event.name: [] for event in events}
        for occurrence in self._found.values():
            for name in occurrence.events if occurrence is not None else ():
                assert occurrence is not None
                by_name[name].append(occurrence)
        return [EventKind(self._frame, (number, event), by_name[event.name]) for number, event in enumerate(events)]


def _each(plan: p.Plan, index: int) -> p.EachBody:
    body = plan.rules[index].body
    assert isinstance(body, p.EachBody)
    return body


def _summed(plan: p.Plan, index: int, number: int) -> Summed:
    points, body = plan.rules[index].points, _each(plan, index)
    if body.decay is None:
        return Summed(index, points, body.up_to, number)
    decay, steps = read_decay(body.decay), most_steps(body.decay, points) or 0
    return Summed(index, points, body.up_to, number, decay, body.decay.step, steps)
