"""The verdicts that several checks share: on units, stages, letters and bounds. Each is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from leadline_compiler import model as m
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.bounds import Range, RuleRange
from leadline_compiler.analysis.cells import literals_of
from leadline_compiler.analysis.climb import Goal, climb
from leadline_compiler.analysis.formulas import Cube, negate
from leadline_compiler.analysis.loose import loose_in
from leadline_compiler.analysis.questions import Ways
from leadline_compiler.analysis.reach import Impossible, Open, Shown, Verdict, grade_spans, score_verdict, stage_verdict
from leadline_compiler.analysis.solve.verdicts import (
    search_always,
    search_bound,
    search_score,
    search_stage,
    search_unit,
)
from leadline_compiler.analysis.space import EVENTS
from leadline_compiler.analysis.units import Unit
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import Outcome
from leadline_dsl.source import Place

Side = Literal["low", "high"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A cap (`high`) or a floor (`low`) of a group, a score or the total, and what lies before it.

    `sum` is the range of what is clamped, `score` the name where it is a score's or a group's own, `group` the
    group's number in the score.
    """

    side: Side
    points: int
    sum: Range
    what: str
    place: Place
    score: str | None
    group: int | None
    rules: tuple[RuleRange, ...]


@lru_cache(maxsize=2)
def stage_verdicts(analysis: Analysis) -> tuple[tuple[Unit, Verdict], ...]:
    """A verdict for each stage whose condition can hold."""
    stages = (unit for unit in analysis.units if unit.kind == "stage")
    possible = (stage for stage in stages if not analysis.asking.never(analysis.question(stage)))
    return tuple((stage, _stage_verdict(analysis, stage)) for stage in possible)


def _stage_verdict(analysis: Analysis, stage: Unit) -> Verdict:
    verdict = stage_verdict(analysis, stage)
    return _as_searched(search_stage(analysis, stage)) if isinstance(verdict, Open) else verdict


def _as_searched(verdict: Verdict) -> Verdict:
    return replace(verdict, searched=True) if isinstance(verdict, Impossible) else verdict


@lru_cache(maxsize=2)
def grade_verdicts(analysis: Analysis) -> tuple[tuple[m.Grade, m.GradeRow, Verdict], ...]:
    """A verdict for each letter of each grade."""
    return tuple(_grade_verdicts(analysis))


def _grade_verdicts(analysis: Analysis) -> Iterator[tuple[m.Grade, m.GradeRow, Verdict]]:
    for grade in analysis.model.grades:
        starts = [row.start for row in grade.rows if row.start is not None]
        for row in grade.rows:
            spans = grade_spans(starts, row.start)

            def has_letter(contact: Contact, grade: m.Grade = grade, row: m.GradeRow = row) -> bool:
                return dict(analysis.outcome(contact).grades)[grade.score] == row.letter

            shows = analysis.kept(has_letter)
            verdict = score_verdict(analysis, grade.score, spans, shows)
            if isinstance(verdict, Open):
                verdict = _as_searched(search_score(analysis, grade.score, spans, shows))
            yield grade, row, verdict


def bounds_of(analysis: Analysis) -> Iterator[Bound]:
    """All caps and floors of the model."""
    for score in analysis.ranges.scores:
        for number, group in enumerate(score.groups):
            what = f'the group "{group.group.name}"'
            yield from _sides(
                group.group.bounds, group.sum, what, group.group.place, score.score.name, number, group.rules
            )
        rules = tuple(rule for group in score.groups for rule in group.rules)
        what = f"`{score.score.name}`"
        yield from _sides(score.score.bounds, score.sum, what, score.score.place, score.score.name, None, rules)
    total, place = analysis.model.total, analysis.model.total.place
    if place is not None:
        rules = tuple(rule for score in analysis.ranges.scores for group in score.groups for rule in group.rules)
        yield from _sides(total.bounds, analysis.ranges.sum, "the total", place, None, None, rules)


def _sides(
    bounds: m.Bounds,
    sum_: Range,
    what: str,
    place: Place,
    score: str | None,
    group: int | None,
    rules: tuple[RuleRange, ...],
) -> Iterator[Bound]:
    if bounds.low is not None:
        yield Bound("low", bounds.low, sum_, what, place, score, group, rules)
    if bounds.high is not None:
        yield Bound("high", bounds.high, sum_, what, place, score, group, rules)


@lru_cache(maxsize=2)
def bound_verdicts(analysis: Analysis) -> tuple[tuple[Bound, Verdict], ...]:
    """A verdict for each cap and floor: whether a contact can touch it."""
    return tuple((bound, _bound_verdict(analysis, bound)) for bound in bounds_of(analysis))


def _bound_verdict(analysis: Analysis, bound: Bound) -> Verdict:
    reach = bound.sum.high if bound.side == "high" else bound.sum.low
    if reach is not None and (reach < bound.points if bound.side == "high" else reach > bound.points):
        return Impossible(bound.score or "", bound.side)

    def lacking(outcome: Outcome) -> int:
        missing = bound.points - _before(outcome, bound)
        return max(0, missing) if bound.side == "high" else min(0, missing)

    def touches(contact: Contact) -> bool:
        return lacking(analysis.outcome(contact)) == 0

    shows = analysis.kept(touches)
    rules = {id(one.rule) for one in bound.rules}
    units = tuple(unit for unit in analysis.units if id(unit.rule) in rules)
    for cube in analysis.asking.assumed:
        contact = climb(analysis, Goal(cube, units, lacking, shows))
        if contact is not None:
            return Shown(contact)
    return _as_searched(search_bound(analysis, (bound.score, bound.group), bound.side, bound.points, shows))


def _before(outcome: Outcome, bound: Bound) -> int:
    """What is clamped by a bound."""
    if bound.score is None:
        return outcome.sum
    score = next(one for one in outcome.scores if one.score.name == bound.score)
    return score.after_decay if bound.group is None else score.groups[bound.group].sum


@lru_cache(maxsize=2)
def searched_units(analysis: Analysis) -> tuple[tuple[Unit, Verdict], ...]:
    """Verdicts on the units of which their own conditions neither prove that they never hold nor show that they do.

    Only those are tried that hang on something of which nothing more is known than that it has a value.
    """
    unsure = (unit for unit in analysis.units if unit.kind != "stage" and _is_unsure(analysis, unit))
    return tuple((unit, search_unit(analysis, unit)) for unit in unsure)


@lru_cache(maxsize=2)
def always_met(analysis: Analysis) -> tuple[Unit, ...]:
    """Exits and stages that ask for scores, and units that hang on what has a value of which nothing more is known,
    that every contact meets."""
    unsure = (unit for unit in analysis.units if _asks_for_scores(unit) or _may_always_hold(analysis, unit))
    return tuple(unit for unit in unsure if search_always(analysis, unit))


def _asks_for_scores(unit: Unit) -> bool:
    return unit.score is None and any(literal.key.kind == "score" for literal in literals_of(unit.formula))


def _may_always_hold(analysis: Analysis, unit: Unit) -> bool:
    question = analysis.question(unit)
    if not question.holds or not question.fails or not _hang_on_unknown(analysis, question.fails):
        return False
    fails = analysis.meets(negate(unit.formula))
    return bool(fails) and analysis.contact_for(fails, analysis.shows((), [unit])) is None


def _is_unsure(analysis: Analysis, unit: Unit) -> bool:
    ways = analysis.question(unit).holds
    if not ways or not _hang_on_unknown(analysis, ways):
        return False
    return analysis.contact_for((way.cube for way in ways), analysis.shows([unit])) is None


def _hang_on_unknown(analysis: Analysis, ways: Iterable[Ways]) -> bool:
    return analysis.assumes_unknown or all(_hangs_on_unknown(analysis, way.cube) for way in ways)


def _hangs_on_unknown(analysis: Analysis, cube: Cube) -> bool:
    return any(key.is_unknown for key in cube) or any(loose_in(analysis.space, cube.get(EVENTS)))
