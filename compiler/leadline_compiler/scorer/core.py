"""Scores one contact at a time by a plan: look-ups by what the contact holds, whatever the number of rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, itemgetter
from typing import Any

from leadline_compiler.execute import Executor, build_executor
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Assignment
from leadline_compiler.scorer.build import build_tables
from leadline_compiler.scorer.caps import MOST
from leadline_compiler.scorer.contacts import Look, Looks
from leadline_compiler.scorer.faces import Kinds
from leadline_compiler.scorer.fields import Cell
from leadline_compiler.scorer.frame import Addition, Correction, Entry
from leadline_compiler.scorer.gathered import Gathered, LocalDays
from leadline_compiler.scorer.instants import Instant
from leadline_compiler.scorer.iso import hours_of
from leadline_compiler.scorer.late import LateRun, no_run
from leadline_compiler.scorer.outcomes import Outcome
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.results import Results, Runs
from leadline_compiler.scorer.score import RawId, Score
from leadline_compiler.scorer.walk import Walker
from leadline_compiler.scorer.worths import Worth

_first_of: Callable[[Any], Any] = itemgetter(0)
_second_of: Callable[[Any], Any] = itemgetter(1)
_third_of: Callable[[Any], Any] = itemgetter(2)


@dataclass(slots=True)
class Sums:
    """What adds up of a contact: packed points; the joints that are still possible, the parts of joints that hold, and
    the bits of the joints to look at; entries and corrections; what events earn by rule, and what is too much of it."""

    packed: int
    possible: int
    truths: int
    woken: int = 0
    entries: list[Sequence[Entry]] = field(default_factory=list)
    corrections: list[Sequence[Correction]] = field(default_factory=list)
    earned: Sequence[Sequence[Addition]] = ()
    excess: Sequence[Addition] = ()


class PlanScorer:
    """Scores contacts by a plan. It may be used by several threads at once: they share what it remembers."""

    def __init__(self, plan: p.Plan, reading: Reading) -> None:
        self.plan = plan
        self._reading = reading
        assignment = Assignment(plan)
        self._execute: Executor | None = None
        # Otherwise it depends on the contact's fields which events are to be ignored.
        self._is_whole = assignment.is_whole
        if not self._is_whole:
            return
        self._tables = build_tables(assignment)
        self._needs_runs = self._tables.needs_runs
        kinds = [field.type.kind for field in plan.schema.fields]
        self._looks = Looks(kinds, self._tables.cells, self._tables.days, reading)
        events = self._tables.events
        self._kinds = Kinds(self._tables.frame, events.kinds, events.tallies.bits, reading)
        self._walker = Walker(reading)
        self._local_days = LocalDays(plan.schema.zone)
        self._instant: Instant | None = None

    def score_raw(self, contact: Mapping[Any, Any], as_of: int) -> Score:
        """The score of a contact as the data has it, as of an instant in microseconds."""
        if not self._is_whole:
            return self._score_by_nodes(contact, as_of)
        instant = self._instant
        if instant is None or instant.as_of != as_of:
            instant = self._see(as_of)
        look = self._looks.usual
        try:
            values: Sequence[Any] = look.pick(contact)
        except KeyError:
            found = self._look(contact)
            if found is None:
                return self._score_by_nodes(contact, as_of)
            look, values = found
        cells = look.cells(values, as_of)
        events = values[-1]
        if events and (type(events) is list or isinstance(events, list | tuple)):
            worths, noted = self._walker.walk(events, instant)
        else:
            events, worths, noted = (), [], []
        gathered = None
        runs: Runs = no_run
        if noted or self._needs_runs:
            gathered = Gathered(noted, instant, self._local_days)
            if self._needs_runs:
                runs = LateRun(self._tables, (look, cells), (self._walker, events, gathered), instant)
        sums = self._add_up(cells, worths, gathered)
        return self._conclude((values[-2], self._reading.read_id), sums, (cells, gathered, runs), as_of)

    def _look(self, contact: Mapping[Any, Any]) -> tuple[Look, Sequence[Any]] | None:
        """Where to look up a contact that lacks a usual key, and its values; None where its keys do not tell."""
        look = self._looks[tuple(contact)]
        if look is not None:
            return look, look.values(contact)
        flat = self._reading.reshape(contact)
        look = None if flat is None else self._looks.flat(tuple(flat))
        return None if flat is None or look is None else (look, look.values(flat))

    def _add_up(self, cells: Sequence[Cell], worths: Sequence[Worth], gathered: Gathered | None) -> Sums:
        """What fields and events give by themselves."""
        tables = self._tables
        packed = sum(map(_first_of, cells), tables.empty)
        possible = reduce(and_, map(_third_of, cells), tables.joints.all)
        sums = Sums(packed, possible, tables.truths)
        if worths:
            sums.packed += sum(map(_first_of, worths))
            sums.earned = list(map(_second_of, worths))
            outcomes = self._outcomes(worths, gathered, sums)
            if outcomes:
                changes, entries, corrections, turned, wakes = zip(*outcomes, strict=True)
                sums.packed += sum(changes)
                sums.entries += entries
                sums.corrections += corrections
                parts = sum(turned)
                if parts:
                    sums.truths ^= parts
                    sums.woken = sum(wakes)
        return sums

    def _outcomes(self, worths: Sequence[Worth], gathered: Gathered | None, sums: Sums) -> list[Outcome]:
        """What events change together: by how often they occurred, and by what must look at them one by one."""
        tables = self._tables.events
        outcomes: list[Outcome] = []
        if gathered is not None:
            if tables.keyed.is_needed:
                outcomes += tables.keyed.find(gathered)
            for number, items in gathered.lists.items():
                outcomes += tables.lists[number].find(gathered, items)
        tallies, over = tables.tallies, tables.caps.over
        if len(worths) <= MOST:
            lanes = sum(map(_third_of, worths))
            over &= lanes + tables.caps.lead
            counts = tallies.limits.clamp(lanes & tallies.mask)
        else:
            counts = tallies.limits.sum([worth[2] & tallies.mask for worth in worths])
        if counts:
            outcomes += tallies.find(counts)
        if over:
            sums.excess = tables.caps.correct(over, [worth[3] for worth in worths])
            sums.packed += self._tables.frame.pack([(rule, points, 0) for rule, points in sums.excess])
        return outcomes

    def _conclude(
        self, id_: RawId, sums: Sums, contact: tuple[Sequence[Cell], Gathered | None, Runs], as_of: int
    ) -> Score:
        """What follows from the sums: joints, rules that are judged as they stand, scores and stage."""
        tables, joints = self._tables, self._tables.joints
        cells, gathered, runs = contact
        possible, packed = sums.possible, sums.packed
        simple = possible & joints.simple_mask
        found = joints.simple(simple) if simple else []
        gates: list[int] = []
        asked = possible & (joints.asked | sums.woken)
        if asked:
            for candidate in joints.others(asked, sums.truths, runs):
                found.append(candidate.worth)
                if candidate.gate >= 0:
                    gates.append(candidate.gate)
        for points, entries, corrections in found:
            packed += points
            sums.entries.append(entries)
            sums.corrections.append(corrections)
        for index, judge in tables.plain:
            judged = judge(runs())
            if judged is not None:
                packed += tables.frame.lanes.worth(index, judged[0])
                sums.entries.append(((index, *judged),))
        scores, known = tables.frame.lanes.split(packed)
        results = tables.finish.settle(scores, gathered, gates, runs)
        parts = cells, sums.entries, sums.corrections, tables.entries, sums.earned, sums.excess
        return Score(self.plan, as_of, results, known, id_, parts)

    def _score_by_nodes(self, contact: Mapping[Any, Any], as_of: int) -> Score:
        """The slow way, for contacts and models that no table fits."""
        if self._execute is None:
            self._execute = build_executor(self.plan)
        found = self._execute(self._reading.convert(contact, as_of), as_of)
        scores, grades = list(found.scores), list(found.grades)
        results: Results = found.status, found.reasons, found.total, scores, grades, found.stage
        return Score(self.plan, as_of, results, found.known, (found.id, str), ((), [found.fired], (), {}, (), ()))

    def _see(self, as_of: int) -> Instant:
        self._instant = instant = Instant(as_of, self._kinds, hours_of(self.plan.schema.zone), self._instant)
        return instant
