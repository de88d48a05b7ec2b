"""The rules of a plan as functions of rows: points and how often each counted, contact by contact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from leadline_compiler.batch import whole
from leadline_compiler.batch.columns import Coded, Column, Flags, Numbers, Whole, spread_column
from leadline_compiler.batch.events import Meant
from leadline_compiler.batch.groups import runs_of
from leadline_compiler.batch.limits import counted_places
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.table_rows import TableLookup
from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p


@dataclass(frozen=True, slots=True)
class Judged:
    """For every contact whether a rule fired; points in thousandths and times, both 0 where it did not.

    `points` and `times` may be one number for all that fired.
    """

    fired: Flags
    points: Whole | int
    times: Whole | int


Judge: TypeAlias = Callable[[Rows], Judged]


def build_rule(rule: p.PlanRule, program: Program) -> Judge:
    """A rule as a function of rows."""
    return _BODIES[type(rule.body)](rule.points, rule.body, program)


def _when(points: int, body: p.WhenBody, program: Program) -> Judge:
    return lambda rows: Judged(program.truth(body.condition, rows), points, 1)


def _bound(points: Whole, up_to: int | None) -> Whole:
    return points if up_to is None else np.clip(points, -up_to, up_to)


def _each(points: int, body: p.EachBody, program: Program) -> Judge:
    limited = body.after_first or any(limit.per != "all" for limit in body.times)
    if body.decay is None and not any(limit.per != "all" for limit in body.times):
        return _each_alike(points, body, program)

    def judge(rows: Rows) -> Judged:
        meant: Meant = program.work_out(body.occurrence, rows)
        whose, at = meant.whose, meant.at
        if limited or body.times:
            counted = counted_places(meant, body, program.plan)
            whose, at = whose[counted], at[counted]
        runs = runs_of(whose, rows.count)
        values = decayed(points, body.decay, rows.as_of - at)
        fired, times = runs.present, runs.spread(runs.lengths)
        return Judged(fired, _bound(runs.sum(values), body.up_to), times)

    return judge


def _each_alike(points: int, body: p.EachBody, program: Program) -> Judge:
    """A rule for which it matters only how many events there are."""
    most = min((limit.times for limit in body.times), default=None)

    def judge(rows: Rows) -> Judged:
        meant: Meant = program.work_out(body.occurrence, rows)
        times = meant.counts if not body.after_first else np.maximum(meant.counts - body.after_first, 0)
        if most is not None:
            times = np.minimum(times, most)
        return Judged(times > 0, _bound(times * points, body.up_to), times)

    return judge


def decayed(points: int, decay: p.DecayTable | None, ages: Whole) -> Whole:
    """What is left of some points at each age in microseconds."""
    if decay is None:
        return np.full(len(ages), points, np.int64)
    steps, places = np.unique(ages // decay.step, return_inverse=True)
    kept = read_decay(decay)
    return np.array([left_after(points, kept, step) for step in steps.tolist()], np.int64)[places]


def _every(points: int, body: p.EveryBody, program: Program) -> Judge:
    def judge(rows: Rows) -> Judged:
        amount = spread_column(program.work_out(body.amount, rows), rows.count)
        assert isinstance(amount, Numbers)
        steps = np.where(amount.known, np.maximum(amount.values // body.step, 0), 0)
        return Judged(steps > 0, _earned(steps, points, body.up_to), (steps > 0).astype(np.int64))

    return judge


def _earned(steps: Whole, points: int, up_to: int | None) -> Whole:
    if up_to is None or not points:
        return whole.times(steps, points)
    # Beyond this many steps the bound is reached anyway, and no product gets too large.
    return _bound(whole.times(np.minimum(steps, up_to // abs(points) + 1), points), up_to)


def _table(points: int, body: p.TableBody, program: Program) -> Judge:
    look_up = TableLookup(body)

    def judge(rows: Rows) -> Judged:
        amount: Column = program.work_out(body.amount, rows)
        found = look_up.texts(amount) if isinstance(amount, Coded) else look_up.numbers(amount)
        if len(found) != rows.count:
            found = np.full(rows.count, found[0])
        return Judged(found >= 0, look_up.points[found], (found >= 0).astype(np.int64))

    return judge


_BODIES: dict[type, Callable[[int, Any, Program], Judge]] = {
    p.WhenBody: _when,
    p.EachBody: _each,
    p.EveryBody: _every,
    p.TableBody: _table,
}
