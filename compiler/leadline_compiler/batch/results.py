"""What contacts are worth, by columns: from what the rules gave to status, total, grades and stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leadline_compiler.batch.columns import Coded, Codes, Distinct, Whole, spread_column
from leadline_compiler.batch.events import Meant
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.rules import Judged
from leadline_compiler.batch.whole import halves_away
from leadline_compiler.decays import left_after
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.numbers import THOUSAND
from leadline_compiler.outcome import Status
from leadline_compiler.plan import plan as p


@dataclass(frozen=True, slots=True)
class Fired:
    """The rules that fired: whose they are (in ascending order), which rule, its points and how often it counted."""

    whose: Codes
    rules: Codes
    points: Whole
    times: Whole


@dataclass(frozen=True, slots=True)
class Results:
    """Points in thousandths. `status`, `reasons`, `grades` and `stages` are codes of what stands in the lists.

    `letters` are by grade. A stage of -1 is none. `fired` is None where nobody asked for it.
    """

    count: int
    status: Codes
    reasons: Codes
    known: Whole
    total: Whole
    scores: Sequence[Whole]
    grades: Sequence[Codes]
    stages: Codes
    all_reasons: Sequence[tuple[str, ...]]
    letters: Sequence[Sequence[str | None]]
    fired: Fired | None = None


_BITS = 62

STATUS: tuple[Status, ...] = ("scored", "disqualified", "excluded")


def clamp(points: Whole, low: int | None, high: int | None) -> Whole:
    """Points within bounds; None is open."""
    return points if low is None and high is None else np.clip(points, low, high)


def sum_scores(plan: p.Plan, groups: Sequence[Whole], rows: Rows, program: Program) -> list[Whole]:
    """The scores from what each group's rules gave."""
    sums: list[Whole] = [np.zeros(rows.count, np.int64) for _ in plan.scores]
    for group, points in zip(plan.groups, groups, strict=True):
        sums[group.score] = sums[group.score] + clamp(points, group.low, group.high)
    for index, score in enumerate(plan.scores):
        if score.without is not None and score.decay is not None:
            sums[index] = _shrunk(sums[index], score.decay, program.work_out(score.without, rows), rows)
        sums[index] = clamp(sums[index], score.low, score.high)
    return sums


def _shrunk(points: Whole, table: p.DecayTable, meant: Meant, rows: Rows) -> Whole:
    """What a decay leaves of a score since the newest of some events."""
    runs = meant.runs
    steps = (rows.as_of - runs.most(meant.at)) // table.step
    steps[~runs.present] = 0
    pairs, places = np.unique(np.stack((points, steps)), axis=1, return_inverse=True)
    decay = read_decay(table)
    left = [left_after(point, decay, step) for point, step in pairs.T.tolist()]
    return np.array(left, np.int64)[places.reshape(-1)]


def finish(plan: p.Plan, scores: Sequence[Whole], rows: Rows, program: Program) -> Results:
    """What follows from the scores."""
    total = np.zeros(rows.count, np.int64)
    for term in plan.terms:
        total = total + _weighted(scores[term.score], term.weight)
    total = clamp(total, plan.total_low, plan.total_high)
    rows.scores, rows.total = scores, total
    letters = [_Letters(grade) for grade in plan.grades]
    grades = [found.codes(total if found.score is None else scores[found.score]) for found in letters]
    rows.grades = {found.score: found.column(codes) for found, codes in zip(letters, grades, strict=True)}
    status, reasons, all_reasons = _exits(plan, rows, program)
    stages = np.full(rows.count, -1, np.int32)
    for number, stage in enumerate(plan.stages):
        stages[program.truth(stage.condition, rows)] = number
    stages[status != 0] = -1
    known = np.zeros(rows.count, np.int64)
    for field in plan.read_fields:
        column = rows.columns.get(field)
        if column is not None:
            known += spread_column(column, rows.count).known
    all_letters = [found.letters for found in letters]
    return Results(rows.count, status, reasons, known, total, scores, grades, stages, all_reasons, all_letters)


def _weighted(points: Whole, weight: int) -> Whole:
    if weight == THOUSAND:
        return points
    # Whole points first, so that no product gets too large.
    size = np.abs(points)
    found = size // THOUSAND * abs(weight) + halves_away(size % THOUSAND * abs(weight), THOUSAND)
    return np.where((points < 0) == (weight < 0), found, -found)


class _Letters:
    """The letters of a grade by code; the last stands for what no row takes."""

    def __init__(self, grade: p.PlanGrade) -> None:
        self.score = grade.score
        rows = grade.rows[::-1]
        self.letters: list[str | None] = [grade.otherwise, *(letter for letter, _ in rows)]
        self._starts = np.array([start for _, start in rows], np.int64)
        self._distinct = Distinct()
        self._codes = self._distinct.code_all(self.letters)

    def codes(self, points: Whole) -> Codes:
        return np.searchsorted(self._starts, points, side="right").astype(np.int32)

    def column(self, codes: Codes) -> Coded:
        return Coded(self._codes[codes], self._distinct)


def _exits(plan: p.Plan, rows: Rows, program: Program) -> tuple[Codes, Codes, list[tuple[str, ...]]]:
    """Status and reasons of each contact, and the lists of reasons by code; 0 are none."""
    reasons = np.zeros(rows.count, np.int32)
    held = np.zeros((rows.count, len(plan.exits) // _BITS + 1), np.int64)
    for number, item in enumerate(plan.exits):
        held[program.truth(item.condition, rows), number // _BITS] |= 1 << number % _BITS
    out = np.flatnonzero(held.any(axis=1)) if held.any() else np.zeros(0, np.int64)
    all_reasons: list[tuple[str, ...]] = [()]
    codes = [0]
    patterns, places = np.unique(held[out], axis=0, return_inverse=True)
    for pattern in patterns.tolist():
        named = [item for number, item in enumerate(plan.exits) if pattern[number // _BITS] >> number % _BITS & 1]
        excluded = [item for item in named if item.kind == "exclude"]
        codes.append(2 if excluded else 1)
        all_reasons.append(tuple(item.name for item in excluded or named))
    reasons[out] = places.reshape(-1) + 1
    status = np.array(codes, np.int32)[reasons]
    return status, reasons, all_reasons


def collect(judged: Sequence[tuple[int, Judged]]) -> Fired:
    """The rules that fired, by contact and in the order of the plan."""
    parts = [(rule, found, np.flatnonzero(found.fired).astype(np.int32)) for rule, found in judged]
    whose = np.concatenate([places for _, _, places in parts] or [np.zeros(0, np.int32)])
    order = np.argsort(whose, kind="stable")

    def joined(values: list[Whole]) -> Whole:
        return np.concatenate(values or [np.zeros(0, np.int64)])[order]

    def taken(values: Whole | int, places: Codes) -> Whole:
        return np.full(len(places), values, np.int64) if isinstance(values, int) else values[places]

    return Fired(
        whose[order],
        joined([np.full(len(places), rule, np.int64) for rule, _, places in parts]).astype(np.int32),
        joined([taken(found.points, places) for _, found, places in parts]),
        joined([taken(found.times, places) for _, found, places in parts]),
    )
