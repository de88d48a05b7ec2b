"""Scores contacts by columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from leadline_compiler.batch.columns import Column, Whole
from leadline_compiler.batch.events import Events
from leadline_compiler.batch.operations import OPERATIONS
from leadline_compiler.batch.results import Results, collect, finish, sum_scores
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.rules import build_rule
from leadline_compiler.batch.windows import is_dated
from leadline_compiler.plan import plan as p


class BatchScorer:
    """Scores contacts side by side by a plan, as of an instant in microseconds."""

    def __init__(self, plan: p.Plan, as_of: int, *, tells_rules: bool = True) -> None:
        self.plan = plan
        self._as_of = as_of
        self._tells_rules = tells_rules
        self._program = Program(plan, OPERATIONS)
        self._judges = [build_rule(rule, self._program) for rule in plan.rules]

    def score(self, count: int, columns: Mapping[int, Column], events: Events) -> Results:
        """The results of so many contacts; `columns` are those of the fields, by index."""
        plan = self.plan
        rows = Rows(count, self._as_of, plan.schema.zone, columns, self._unignored(count, columns, events))
        groups: list[Whole] = [np.zeros(count, np.int64) for _ in plan.groups]
        judged = []
        for index, (rule, judge) in enumerate(zip(plan.rules, self._judges, strict=True)):
            found = judge(rows)
            groups[rule.group] += np.where(found.fired, found.points, 0)
            if self._tells_rules:
                judged.append((index, found))
        results = finish(plan, sum_scores(plan, groups, rows, self._program), rows, self._program)
        return replace(results, fired=collect(judged)) if self._tells_rules else results

    def _unignored(self, count: int, columns: Mapping[int, Column], events: Events) -> Events:
        """The events without those that are ignored for contacts with some dates."""
        plan = self.plan
        dated = [node for node in plan.ignored if any(is_dated(name) for name, _ in plan.nodes[node][3])]
        if not dated:
            return events
        rows = Rows(count, self._as_of, plan.schema.zone, columns, events)
        kept = np.ones(len(events.whose), np.bool_)
        for node in dated:
            kept[self._program.work_out(node, rows).places] = False
        return events.take(np.flatnonzero(kept))
