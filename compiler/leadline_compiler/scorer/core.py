"""Scores one contact at a time by a plan: look-ups by what the contact holds, whatever the number of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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


class Sums(NamedTuple):
    """What adds up of a contact: packed points and parts of joints; entries and corrections of rules; what events earn
    by rule, and what is too much of it."""

    number: int
    entries: list[Sequence[Entry]]
    corrections: list[Sequence[Correction]]
    earned: Sequence[Sequence[Addition]]
    excess: Sequence[Addition]


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
        number = self._tables.empty
        for cell in cells:
            number += cell[0]
        sums = self._add_up(number, worths, gathered) if worths else Sums(number, [], [], [], ())
        return self._conclude((values[-2], self._reading.read_id), sums, (cells, gathered, runs), as_of)

    def _look(self, contact: Mapping[Any, Any]) -> tuple[Look, Sequence[Any]] | None:
        """Where to look up a contact that lacks a usual key, and its values; None where its keys do not tell."""
        look = self._looks[tuple(contact)]
        if look is not None:
            return look, look.values(contact)
        flat = self._reading.reshape(contact)
        look = None if flat is None else self._looks.flat(tuple(flat))
        return None if flat is None or look is None else (look, look.values(flat))

    def _add_up(self, number: int, worths: Sequence[Worth], gathered: Gathered | None) -> Sums:
        """What the events of a contact give besides its fields: each by itself, and together."""
        tables = self._tables.events
        earned: list[Sequence[Addition]] = []
        marked = counted = 0
        for points, by_rule, marks, lanes, _, _ in worths:
            number += points
            earned.append(by_rule)
            marked |= marks
            counted += lanes
        outcomes: list[Outcome] = [] if gathered is None else self._look_at(gathered)
        if marked:
            outcomes += tables.marks.find(marked)
        tallies, over = tables.tallies, tables.caps.over
        if len(worths) <= MOST:
            over &= counted + tables.caps.lead
            counted = tallies.limits.clamp(counted & tallies.mask)
        else:
            counted = tallies.limits.sum([worth[3] & tallies.mask for worth in worths])
        if counted:
            outcomes += tallies.find(counted)
        excess: Sequence[Addition] = ()
        if over:
            excess = tables.caps.correct(over, [worth[4] for worth in worths])
            number += self._tables.frame.pack([(rule, points, 0) for rule, points in excess])
        entries: list[Sequence[Entry]] = []
        corrections: list[Sequence[Correction]] = []
        for change, new, instead in outcomes:
            number += change
            entries.append(new)
            corrections.append(instead)
        return Sums(number, entries, corrections, earned, excess)

    def _look_at(self, gathered: Gathered) -> list[Outcome]:
        """What the events change that must be looked at one by one."""
        tables = self._tables.events
        outcomes = tables.keyed.find(gathered) if tables.keyed.is_needed else []
        for number, items in gathered.lists.items():
            outcomes += tables.lists[number].find(gathered, items)
        return outcomes

    def _conclude(
        self, id_: RawId, sums: Sums, contact: tuple[Sequence[Cell], Gathered | None, Runs], as_of: int
    ) -> Score:
        """What follows from the sums: joints, rules that are judged as they stand, scores and stage."""
        tables = self._tables
        number, entries, corrections, earned, excess = sums
        cells, gathered, runs = contact
        gates: list[int] = []
        for points, new, instead in tables.joints.find(number, runs, gates):
            number += points
            entries.append(new)
            corrections.append(instead)
        for index, judge in tables.plain:
            judged = judge(runs())
            if judged is not None:
                number += tables.frame.lanes.worth(index, judged[0])
                entries.append(((index, *judged),))
        scores, known = tables.frame.lanes.split(number)
        results = tables.finish.settle(scores, gathered, gates, runs)
        return Score(
            self.plan, as_of, results, known, id_, (cells, entries, corrections, tables.entries, earned, excess)
        )

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
