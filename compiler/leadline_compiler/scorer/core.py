"""Scores one contact at a time by a plan: look-ups by what the contact holds, whatever the number of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from leadline_compiler.execute import Executor, build_executor
from leadline_compiler.execute.run import Run
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.adding import Adder
from leadline_compiler.scorer.assign import Assignment
from leadline_compiler.scorer.build import build_tables
from leadline_compiler.scorer.contacts import Look, Looks
from leadline_compiler.scorer.faces import Kinds
from leadline_compiler.scorer.finish import Results
from leadline_compiler.scorer.frame import Addition, Outcome, Runs
from leadline_compiler.scorer.gathered import Gathered, LocalDays
from leadline_compiler.scorer.instants import Instant
from leadline_compiler.scorer.iso import hours_of
from leadline_compiler.scorer.late import LateRun, no_run
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.score import NodeScore, Score, TableScore
from leadline_compiler.scorer.walk import Walker
from leadline_compiler.scorer.worths import Places, Worth


class PlanScorer:
    """Scores contacts by a plan. It may be used by several threads at once: they share what it remembers."""

    def __init__(self, plan: p.Plan, reading: Reading, *, holds_many: bool = False) -> None:
        """`holds_many` is for contacts with more events than the lanes of points can usually take."""
        self.plan = plan
        self._reading = reading
        assignment = Assignment(plan)
        self._execute: Executor | None = None
        # Otherwise it depends on the contact's fields which events are to be ignored.
        self._is_whole = assignment.is_whole
        if not self._is_whole:
            return
        self._tables = build_tables(assignment, holds_many=holds_many)
        self._most_events = self._tables.frame.lanes.most_events
        self._needs_runs = self._tables.needs_runs
        self._joints, self._plain, self._settle = self._tables.joints, self._tables.plain, self._tables.settle
        self._looks = Looks(plan, self._tables.cells, self._tables.days, reading, self._tables.joints.start)
        events, lanes = self._tables.events, self._tables.frame.lanes
        self._adder = Adder(self._tables.frame, events, self._tables.always)
        places = Places(lanes.bits, lanes.bits + events.caps.bits, events.caps)
        self._kinds = Kinds(self._tables.frame, events.kinds, places, reading)
        self._local_days = LocalDays(plan.schema.zone)
        self._walker = Walker(reading, self._local_days, lanes.empty, events.marks.standing)
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
        number, cells = look.add_up(values, as_of)
        events, walked = values[-1], None
        if events and (type(events) is list or isinstance(events, list | tuple)):
            if len(events) > self._most_events:
                return self._with_room.score_raw(contact, as_of)
            walked = self._walker.walk(events, instant)
        else:
            events = ()
        gathered = None
        runs: Runs = no_run
        if self._needs_runs or (walked and walked[-1]):
            gathered = Gathered(walked[-1] if walked else (), instant, self._local_days)
            if self._needs_runs:
                runs = LateRun(self._tables, (look, values, cells), (self._walker, events, gathered), instant)
        worths: Sequence[Worth] = ()
        excess: Sequence[Addition] = ()
        if walked and walked[2]:
            worths = walked[2]
            number, held, excess = self._adder.add(number, walked, gathered)
        else:
            held = [self._adder.quiet]
            number += self._adder.quiet_number
        gates: list[int] = []
        number = self._joints.add(number, runs, gates, held)
        if self._plain:
            number += self._judge(held, runs())
        results = self._settle(number, gathered, gates, runs)
        parts = look, values, cells, worths, excess, held
        return TableScore(self.plan, as_of, results, parts)

    @cached_property
    def _with_room(self) -> PlanScorer:
        """The same for more events."""
        return PlanScorer(self.plan, self._reading, holds_many=True)

    def _look(self, contact: Mapping[Any, Any]) -> tuple[Look, Sequence[Any]] | None:
        """Where to look up a contact that lacks a usual key, and its values; None where its keys do not tell."""
        look = self._looks[tuple(contact)]
        if look is not None:
            return look, look.values(contact)
        flat = self._reading.reshape(contact)
        look = None if flat is None else self._looks.flat(tuple(flat))
        return None if flat is None or look is None else (look, look.values(flat))

    def _judge(self, held: list[Outcome], run: Run) -> int:
        """The points of rules that are judged as they stand. Appends what they are worth."""
        judged = [(index, *found) for index, judge in self._plain if (found := judge(run)) is not None]
        points = self._tables.frame.pack(judged)
        held.append((points, tuple(judged)))
        return points

    def _score_by_nodes(self, contact: Mapping[Any, Any], as_of: int) -> Score:
        """The slow way, for contacts and models that no table fits."""
        if self._execute is None:
            self._execute = build_executor(self.plan)
        found = self._execute(self._reading.convert(contact, as_of), as_of)
        scores, grades = list(found.scores), list(found.grades)
        results: Results = found.status, found.reasons, found.total, scores, grades, found.stage
        return NodeScore(self.plan, as_of, results, found)

    def _see(self, as_of: int) -> Instant:
        self._instant = instant = Instant(as_of, self._kinds, hours_of(self.plan.schema.zone), self._instant)
        return instant
