"""Scores one contact at a time by a plan: look-ups by what the contact holds, whatever the number of rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, itemgetter
from typing import Any, TypeAlias

from leadline_compiler.execute import Executor, build_executor
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Assignment
from leadline_compiler.scorer.build import build_tables
from leadline_compiler.scorer.contacts import Look, Looks
from leadline_compiler.scorer.faces import Kinds
from leadline_compiler.scorer.fields import Cell
from leadline_compiler.scorer.frame import Addition, Entry
from leadline_compiler.scorer.gathered import Gathered, LocalDays
from leadline_compiler.scorer.instants import Instant, walls_of
from leadline_compiler.scorer.late import LateRun, no_run
from leadline_compiler.scorer.outcomes import Outcome
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.results import Results, Runs
from leadline_compiler.scorer.score import RawId, Score
from leadline_compiler.scorer.walk import Walker
from leadline_compiler.scorer.worths import Counted, Worth

_Sums: TypeAlias = tuple[int, list[Sequence[Entry]], list[Sequence[Addition]], int, int, int]
"""Packed points; entries of rules that occur once, and what adds up; the joints that are still possible, the parts of
joints that hold, and the bits of the joints to look at."""

_points_of: Callable[[Any], int] = itemgetter(0)
_entries_of: Callable[[Any], Sequence[Addition]] = itemgetter(1)
_mask_of: Callable[[Any], int] = itemgetter(2)


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
        self._kinds = Kinds(self._tables.frame, self._tables.events.kinds, reading)
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
            gathered = Gathered(noted, as_of, self._local_days)
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

    def _add_up(self, cells: Sequence[Cell], worths: Sequence[Worth], gathered: Gathered | None) -> _Sums:
        """What fields and events give by themselves."""
        tables = self._tables
        packed = sum(map(_points_of, cells), tables.empty)
        possible = reduce(and_, map(_mask_of, cells), tables.joints.all)
        truths = tables.truths
        even: list[Sequence[Entry]] = []
        uneven: list[Sequence[Addition]] = []
        woken = 0
        if not worths:
            return packed, even, uneven, possible, truths, woken
        packed += sum(map(_points_of, worths))
        uneven += map(_entries_of, worths)
        outcomes = self._outcomes(worths, gathered)
        if outcomes:
            changes, new, corrections, turned, wakes = zip(*outcomes, strict=True)
            packed += sum(changes)
            even += new
            uneven += corrections
            parts = sum(turned)
            if parts:
                truths ^= parts
                woken = sum(wakes)
        return packed, even, uneven, possible, truths, woken

    def _outcomes(self, worths: Sequence[Worth], gathered: Gathered | None) -> list[Outcome]:
        """What events change together: by how often they occurred, and by what must look at them one by one."""
        tables = self._tables.events
        outcomes: list[Outcome] = []
        if gathered is not None:
            if tables.keyed.is_needed:
                outcomes += tables.keyed.find(gathered)
            for number, items in gathered.lists.items():
                outcomes += tables.lists[number].find(gathered, items)
        by_kind: dict[int, list[Counted]] = {}
        shared: list[Counted] = []
        for _, _, own, several, kind, _ in worths:
            if kind in by_kind:
                by_kind[kind].append(own)
            else:
                by_kind[kind] = [own]
            if several is not None:
                shared.append(several)
        for kind, counted in by_kind.items():
            outcomes += tables.counts[kind].find(counted)
        if shared:
            outcomes += tables.shared.find(shared)
        return outcomes

    def _conclude(
        self, id_: RawId, sums: _Sums, contact: tuple[Sequence[Cell], Gathered | None, Runs], as_of: int
    ) -> Score:
        """What follows from the sums: joints, rules that are judged as they stand, scores and stage."""
        tables, joints = self._tables, self._tables.joints
        packed, even, uneven, possible, truths, woken = sums
        cells, gathered, runs = contact
        found = joints.simple(possible & joints.simple_mask) if possible & joints.simple_mask else []
        gates: list[int] = []
        asked = possible & (joints.asked | woken)
        if asked:
            for candidate in joints.others(asked, truths, runs):
                found.append(candidate.worth)
                if candidate.gate >= 0:
                    gates.append(candidate.gate)
        for points, new, corrections in found:
            packed += points
            even.append(new)
            uneven.append(corrections)
        for index, judge in tables.plain:
            judged = judge(runs())
            if judged is not None:
                packed += tables.frame.lanes.worth(index, judged[0])
                even.append(((index, *judged),))
        scores, known = tables.frame.lanes.split(packed)
        results = tables.finish.settle(scores, gathered, gates, runs)
        return Score(self.plan, as_of, results, known, id_, (cells, even, uneven, tables.entries))

    def _score_by_nodes(self, contact: Mapping[Any, Any], as_of: int) -> Score:
        """The slow way, for contacts and models that no table fits."""
        if self._execute is None:
            self._execute = build_executor(self.plan)
        found = self._execute(self._reading.convert(contact, as_of), as_of)
        scores, grades = list(found.scores), list(found.grades)
        results: Results = found.status, found.reasons, found.total, scores, grades, found.stage
        return Score(self.plan, as_of, results, found.known, (found.id, str), ((), [found.fired], (), {}))

    def _see(self, as_of: int) -> Instant:
        self._instant = instant = Instant(as_of, self._kinds, walls_of(self.plan.schema.zone), self._instant)
        return instant
