"""Scores one contact at a time by a plan: look-ups by what the contact holds, whatever the number of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from leadline_compiler.execute import Executor, build_executor
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Assignment
from leadline_compiler.scorer.build import build_tables
from leadline_compiler.scorer.contacts import Look, Looks
from leadline_compiler.scorer.fields import Cell
from leadline_compiler.scorer.frame import Entry
from leadline_compiler.scorer.gathered import Gathered, LocalDays
from leadline_compiler.scorer.instants import Instant, Kinds, Names, walls_of
from leadline_compiler.scorer.kinds import Worth
from leadline_compiler.scorer.late import LateRun, no_run
from leadline_compiler.scorer.outcomes import Outcome
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.results import Results, Runs
from leadline_compiler.scorer.score import RawId, Score
from leadline_compiler.scorer.sums import Sum
from leadline_compiler.scorer.walk import Walker

_Sums: TypeAlias = tuple[int, list[Sequence[Entry]], list[Sequence[Entry]], int, int, Sequence[int]]
"""Packed points; entries of rules that occur once, and of those that add up; the joints that are still possible, the
parts of joints that hold, and the joints to look at."""


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
        self._kinds = Kinds(self._tables.frame, self._tables.kinds, reading)
        self._walker = Walker(reading)
        self._local_days = LocalDays(plan.schema.zone)
        self._names = Names(self._kinds, 0)
        self._instant = self._see(0)

    def score_raw(self, contact: Mapping[Any, Any], as_of: int) -> Score:
        """The score of a contact as the data has it, as of an instant in microseconds."""
        if not self._is_whole:
            return self._score_by_nodes(contact, as_of)
        instant = self._instant
        if instant.as_of != as_of:
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
        packed, possible, truths = tables.empty, tables.joints.all, tables.truths
        for points, _, mask, _ in cells:
            packed += points
            possible &= mask
        even: list[Sequence[Entry]] = []
        uneven: list[Sequence[Entry]] = []
        woken: Sequence[int] = ()
        if worths:
            gained, summed, counted, added, _ = zip(*worths, strict=True)
            packed += sum(gained)
            uneven += summed
            outcomes = tables.tallies.find(counted)
            if tables.sums or tables.keyed:
                outcomes += self._sum_up(chain.from_iterable(added), gathered)
            if gathered is not None:
                for number, items in gathered.lists.items():
                    outcomes += tables.lists[number].find(gathered, items)
            for points, new, corrections, turned, wakes in outcomes:
                packed += points
                even.append(new)
                if corrections:
                    uneven.append(corrections)
                if turned:
                    truths ^= turned
                    woken = (*woken, *wakes)
        return packed, even, uneven, possible, truths, woken

    def _sum_up(self, added: Iterable[tuple[int, Sum]], gathered: Gathered | None) -> list[Outcome]:
        """What the rules are worth that add up what events give."""
        sums: dict[int, Sum] = {}
        for number, more in added:
            sums[number] = sums.get(number, 0) + more
        found: list[Outcome] = []
        if gathered is not None and self._tables.keyed is not None:
            found = self._tables.keyed.find(gathered, sums)
        tables = self._tables.sums
        found += [tables[number][total] for number, total in sums.items()]
        return found

    def _conclude(
        self, id_: RawId, sums: _Sums, contact: tuple[Sequence[Cell], Gathered | None, Runs], as_of: int
    ) -> Score:
        """What follows from the sums: joints, rules that are judged as they stand, scores and stage."""
        tables, joints = self._tables, self._tables.joints
        packed, even, uneven, possible, truths, woken = sums
        cells, gathered, runs = contact
        held = possible & joints.simple_mask
        if held:
            for points, new, corrections in joints.simple(held):
                packed += points
                even.append(new)
                uneven.append(corrections)
        gates: list[int] = []
        if woken or possible & joints.asked:
            for found in joints.others(possible, truths, woken, runs):
                packed += found.points
                uneven.append(found.entries)
                if found.gate >= 0:
                    gates.append(found.gate)
        for index, judge in tables.plain:
            judged = judge(runs())
            if judged is not None:
                packed += tables.frame.lanes.worth(index, judged[0])
                even.append(((index, *judged),))
        lanes = tables.frame.lanes.split(packed)
        results = tables.finish.settle(lanes, gathered, gates, runs)
        return Score(self.plan, as_of, results, lanes[-1], id_, (cells, even, uneven, tables.entries))

    def _score_by_nodes(self, contact: Mapping[Any, Any], as_of: int) -> Score:
        """The slow way, for contacts and models that no table fits."""
        if self._execute is None:
            self._execute = build_executor(self.plan)
        found = self._execute(self._reading.convert(contact, as_of), as_of)
        scores, grades = list(found.scores), list(found.grades)
        results: Results = found.status, found.reasons, found.total, scores, grades, found.stage
        return Score(self.plan, as_of, results, found.known, (found.id, str), ((), [found.fired], (), {}))

    def _see(self, as_of: int) -> Instant:
        names = Names(self._kinds, as_of) if any(self._kinds.moves) else self._names
        self._instant = instant = Instant(as_of, self._kinds, names, walls_of(self.plan.schema.zone))
        return instant
