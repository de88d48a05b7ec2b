"""Builds the tables of a scorer from a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leadline_compiler.execute.rules import Judge, read_decay
from leadline_compiler.passes.rewrite import needed_by
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Assignment, Share
from leadline_compiler.scorer.caps import Caps
from leadline_compiler.scorer.decay_steps import most_steps
from leadline_compiler.scorer.fields import DaysTable, FieldCells
from leadline_compiler.scorer.frame import Entry, Frame
from leadline_compiler.scorer.joints import Joints
from leadline_compiler.scorer.keyed import Keyed, KeyedRules, TimesTable, UnevenRule
from leadline_compiler.scorer.kinds import EventKind
from leadline_compiler.scorer.listed import Listed
from leadline_compiler.scorer.occurrences import Occurrence, Summed, read_occurrence
from leadline_compiler.scorer.outcomes import CountTable, Outcomes
from leadline_compiler.scorer.results import Finish
from leadline_compiler.scorer.sources import COUNT, DAYS, EVENTS, FIELD, RECENT
from leadline_compiler.scorer.tallies import MOST, Tallies


@dataclass(frozen=True, slots=True)
class Tables:
    """All that a scorer looks things up in.

    `cells` and `days` are those of the fields, `tallies`, `caps`, `keyed` and `lists` those of events. `entries`,
    `empty` and `truths` are what a contact without events gets apart from its fields: the rules that fire by their
    index, packed points, and the parts of joints that hold. `plain` are rules that are judged for every contact.
    `kept` numbers, by node, the lists of events that what is worked out node by node needs; None where no event can be
    meant.
    """

    frame: Frame
    joints: Joints
    cells: Mapping[int, FieldCells]
    days: Mapping[int, DaysTable]
    tallies: Tallies
    caps: Caps
    keyed: KeyedRules
    lists: Sequence[Listed]
    kinds: Sequence[EventKind]
    entries: Mapping[int, Entry]
    empty: int
    truths: int
    plain: Sequence[tuple[int, Judge]]
    kept: Mapping[int, int | None]
    finish: Finish
    needs_runs: bool
    needs_all_events: bool


def build_tables(assignment: Assignment) -> Tables:
    """The tables of a plan whose ignored events and decays of scores go by banded occurrences."""
    plan, shares = assignment.plan, assignment.shares
    frame = Frame(plan)
    joints = Joints(frame, assignment.joints)
    _give_parts(assignment, joints)
    late = list(_late_nodes(assignment))
    occurrences = _Occurrences(assignment)
    # Occurrences that differ in their windows alone stand side by side: they tend to occur together.
    counted = sorted((node for kind, node in shares if kind == COUNT), key=lambda node: _likeness(plan, node))
    counts = [CountTable(frame, node, shares[COUNT, node], joints.woken) for node in counted if occurrences.count(node)]
    decay_lists = [occurrences.number(score.without) for score in plan.scores if score.without is not None]
    kept, needs_all_events = occurrences.keep(late)
    lists = _lists(frame, assignment, occurrences, joints)
    times, keyed = occurrences.key(frame, len(counts))
    tallies = Tallies([*counts, *times])
    caps = Caps(frame, occurrences.sum(), tallies.bits)
    occurrences.ignore()
    outcomes = [table.outcomes for table in counts] + [found for listed in lists for found in listed.outcomes]
    outcomes += _impossible(frame, assignment, occurrences, joints)
    entries = (
        *frame.whens(assignment.always),
        *joints.default_entries(),
        *(entry for found in outcomes for entry in found.entries),
    )
    truths = sum(found.truths for found in outcomes)
    joints.settle(truths)
    return Tables(
        frame=frame,
        joints=joints,
        cells={field: _field_cells(frame, field, assignment) for field in _fields_read(assignment, late)},
        days={
            field: DaysTable(FieldCells(frame, field, share, is_counted=False))
            for (kind, field), share in shares.items()
            if kind == DAYS
        },
        tallies=tallies,
        caps=caps,
        keyed=keyed,
        lists=lists,
        kinds=occurrences.kinds(frame, tallies.bits),
        entries={entry[0]: entry for entry in entries},
        empty=frame.lanes.empty + frame.pack(entries),
        truths=truths,
        plain=[(index, frame.judge(index)) for index in assignment.plain],
        kept=kept,
        finish=Finish(frame, (assignment.exits, assignment.stages), decay_lists),
        needs_runs=bool(late) or bool(assignment.plain),
        needs_all_events=needs_all_events,
    )


def _likeness(plan: p.Plan, occurrence: int) -> tuple[tuple[str, ...], int, int]:
    _, events, where, _ = plan.nodes[occurrence]
    return events, -1 if where is None else where, occurrence


def _give_parts(assignment: Assignment, joints: Joints) -> None:
    """Tells every source which parts of joints it decides: bits of the mask for fields, numbers for events."""
    for number, joint in enumerate(assignment.joints):
        for source, literals in joint.fields.items():
            assignment.shares[source].parts.append((literals, joints.bits[number]))
        for source, literals in joint.events.items():
            assignment.shares[source].parts.append((literals, joints.parts[number, source]))


def _late_nodes(assignment: Assignment) -> Iterator[int]:
    """The nodes that are worked out for a contact as they stand."""
    for joint in assignment.joints:
        yield from (node for node, _ in joint.rest)
    for gate in (*assignment.exits, *assignment.stages):
        yield from (node for node, _ in gate.after)
    for index in assignment.plain:
        match assignment.plan.rules[index].body:
            case p.EachBody(occurrence=node) | p.EveryBody(amount=node) | p.TableBody(amount=node):
                yield node


class _Occurrences:
    """The occurrences that something needs, each with what it is needed for."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._plan = assignment.plan
        self._found: dict[int, Occurrence | None] = {}
        self._counted = 0
        self.listed: list[int] = []

    def get(self, node: int) -> Occurrence | None:
        """A banded occurrence; None where no event can be meant."""
        if node not in self._found:
            self._found[node] = read_occurrence(self._plan.nodes, node)
        return self._found[node]

    def count(self, node: int) -> bool:
        """Numbers a counted occurrence; False where there is never an event to count."""
        occurrence = self.get(node)
        if occurrence is None:
            return False
        occurrence.counted = self._counted
        self._counted += 1
        return True

    def number(self, node: int) -> int | None:
        """The number of an occurrence whose events are looked at one by one; None where there is never any."""
        occurrence = self.get(node)
        if occurrence is None:
            return None
        if occurrence.listed is None:
            occurrence.listed = len(self.listed)
            self.listed.append(node)
        return occurrence.listed

    def keep(self, nodes: Sequence[int]) -> tuple[dict[int, int | None], bool]:
        """The numbers of the lists that nodes need, and whether some need events beyond any list."""
        needed = {found for node in nodes for found in self._assignment.sources.occurrences(node)}
        banded = {node for node in needed if self._assignment.sources.is_banded(node)}
        return {node: self.number(node) for node in sorted(banded)}, banded != needed

    def sum(self) -> list[int]:
        """Gives occurrences the rules that add up what every event gives, and answers those whose sum is bounded."""
        bounded: list[int] = []
        for node, rules in self._assignment.summed.items():
            occurrence = self.get(node)
            if occurrence is None:
                continue
            for index in rules:
                occurrence.summed.append(_summed(self._plan, index, len(bounded)))
                if occurrence.summed[-1].up_to is not None:
                    bounded.append(index)
        return bounded

    def key(self, frame: Frame, first_lane: int) -> tuple[list[TimesTable], KeyedRules]:
        """Gives occurrences the rules with one limit by day or value. Tables of even ones have lanes from one on."""
        even: list[TimesTable] = []
        limits = [MOST] * first_lane
        uneven: list[UnevenRule] = []
        for node, rules in self._assignment.keyed.items():
            occurrence = self.get(node)
            if occurrence is None:
                continue
            for index in rules:
                body = _each(self._plan, index)
                limit = body.times[0]
                is_even = body.decay is None and limit.times <= MOST
                place = first_lane + len(even) if is_even else len(uneven)
                occurrence.keyed.append(Keyed(place, limit.property, limit.times, is_even))
                if is_even:
                    even.append(TimesTable(frame, index))
                    limits.append(limit.times)
                else:
                    uneven.append(UnevenRule(frame, index))
        return even, KeyedRules(limits, uneven, is_needed=bool(even or uneven))

    def ignore(self) -> None:
        """Marks the occurrences whose events are to be ignored."""
        for node in self._plan.ignored:
            occurrence = self.get(node)
            if occurrence is not None:
                occurrence.is_ignored = True

    def kinds(self, frame: Frame, first_bit: int) -> list[EventKind]:
        """Every declared kind with its occurrences. Lanes of bounds begin at a bit."""
        by_name: dict[str, list[Occurrence]] = {event.name: [] for event in self._plan.schema.events}
        for occurrence in self._found.values():
            if occurrence is not None:
                for name in occurrence.events:
                    by_name[name].append(occurrence)
        return [
            EventKind(frame, (number, event), by_name[event.name], first_bit)
            for number, event in enumerate(self._plan.schema.events)
        ]


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


def _lists(frame: Frame, assignment: Assignment, occurrences: _Occurrences, joints: Joints) -> list[Listed]:
    shares = assignment.shares
    for kind, node in shares:
        if kind in (RECENT, EVENTS):
            occurrences.number(node)
    return [
        Listed(frame, node, number, (shares.get((RECENT, node)), shares.get((EVENTS, node))), joints.woken)
        for number, node in enumerate(occurrences.listed)
    ]


def _impossible(frame: Frame, assignment: Assignment, occurrences: _Occurrences, joints: Joints) -> list[Outcomes]:
    """What reads events that there can never be: it is worth what it is worth without them."""
    return [
        Outcomes(frame, node, share, joints.woken)
        for (kind, node), share in assignment.shares.items()
        if kind in (COUNT, RECENT, EVENTS) and occurrences.get(node) is None
    ]


def _fields_read(assignment: Assignment, late: Sequence[int]) -> list[int]:
    found = {field for kind, field in assignment.shares if kind in (FIELD, DAYS)}
    found.update(assignment.plan.read_fields)
    nodes = assignment.plan.nodes
    waiting, seen = list(late), set(late)
    while waiting:
        node = nodes[waiting.pop()]
        if node[0] == "field":
            found.add(node[1])
        more = [needed for needed in needed_by(node) if needed not in seen]
        seen.update(more)
        waiting += more
    return sorted(found)


def _field_cells(frame: Frame, field: int, assignment: Assignment) -> FieldCells:
    share = assignment.shares.get((FIELD, field)) or Share()
    return FieldCells(frame, field, share, is_counted=field in assignment.plan.read_fields)
