"""Scores contacts by columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Column, Whole
from leadline_compiler.batch.events import Events
from leadline_compiler.batch.lanes import MOST_EVENTS
from leadline_compiler.batch.operations import OPERATIONS
from leadline_compiler.batch.points import Points
from leadline_compiler.batch.results import Results, collect, finish, sum_scores
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.rules import Judge, Judged, build_rule
from leadline_compiler.batch.shares import counted_by
from leadline_compiler.batch.sources import is_static
from leadline_compiler.batch.tallies import Tallies, TallyTables
from leadline_compiler.plan import plan as p

_USUAL_EVENTS = 255


class BatchScorer:
    """Scores contacts side by side by a plan, as of an instant in microseconds. `cells` are those of the events.

    Where it need not tell the rules, those that go by the same field or occurrence are put together in tables.
    """

    def __init__(self, plan: p.Plan, as_of: int, cells: Cells, *, tells_rules: bool = True) -> None:
        self.plan = plan
        self._as_of = as_of
        self._tells_rules = tells_rules
        self._program = Program(plan, OPERATIONS)
        self._judges = [build_rule(rule, self._program) for rule in plan.rules]
        self._cells = cells
        self._tables = TallyTables(plan, cells, counted_by(plan, range(len(plan.rules))), {})
        self._points: dict[int, Points] = {}

    def score(self, count: int, columns: Mapping[int, Column], events: Events) -> Results:
        """The results of so many contacts; `columns` are those of the fields, by index."""
        plan = self.plan
        events = self._unignored(count, columns, events)
        points = None if self._tells_rules else self._points_for(events)
        tallies = Tallies(self._tables if points is None else points.tables, events)
        events.counted = tallies
        rows = Rows(count, self._as_of, plan.schema.zone, columns, events)
        if points is None:
            groups, judged = _judge_all(plan, self._judges, rows)
        else:
            groups, judged = points.groups(rows, events, tallies), []
        results = finish(plan, sum_scores(plan, groups, rows, self._program), rows, self._program)
        # Events and what counts them hold each other; let go, so that their memory is free at once.
        events.counted = None
        return replace(results, fired=collect(judged)) if self._tells_rules else results

    def _points_for(self, events: Events) -> Points | None:
        """The tables for contacts with so many events; None where a contact has too many for any."""
        most = int(np.bincount(events.whose, minlength=1).max()) if len(events.whose) else 0
        room = next((room for room in (_USUAL_EVENTS, MOST_EVENTS) if most <= room), None)
        if room is None:
            return None
        if room not in self._points:
            self._points[room] = Points(self.plan, self._judges, self._program, self._cells, self._as_of, room)
        return self._points[room]

    def _unignored(self, count: int, columns: Mapping[int, Column], events: Events) -> Events:
        """The events without those that are ignored for contacts with some dates."""
        plan = self.plan
        dated = [node for node in plan.ignored if not is_static(plan.nodes, node)]
        if not dated:
            return events
        rows = Rows(count, self._as_of, plan.schema.zone, columns, events)
        kept = np.ones(len(events.whose), np.bool_)
        for node in dated:
            kept[self._program.work_out(node, rows).places] = False
        return events.take(np.flatnonzero(kept))


def _judge_all(plan: p.Plan, judges: Sequence[Judge], rows: Rows) -> tuple[list[Whole], list[tuple[int, Judged]]]:
    """The points of all groups, and what was found for each rule."""
    groups: list[Whole] = [np.zeros(rows.count, np.int64) for _ in plan.groups]
    judged = []
    for index, (rule, judge) in enumerate(zip(plan.rules, judges, strict=True)):
        found = judge(rows)
        groups[rule.group] += np.where(found.fired, found.points, 0)
        judged.append((index, found))
    return groups, judged
