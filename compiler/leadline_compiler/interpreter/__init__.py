"""The reading of the language, slow and plain: every other way of scoring is compared with this one."""

from __future__ import annotations

from leadline_compiler import model as m
from leadline_compiler.contacts import Contact
from leadline_compiler.decays import left_after, steps_of
from leadline_compiler.interpreter.occurrences import matching
from leadline_compiler.interpreter.rules import judge
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View, view_contact
from leadline_compiler.numbers import THOUSAND, round_half_away
from leadline_compiler.outcome import GroupOutcome, Outcome, ScoreOutcome, Status, TermOutcome

__all__ = ["interpret", "seen_view_of", "view_of", "whole_view_of"]


def interpret(model: m.Model, contact: Contact, as_of: int) -> Outcome:
    """Scores a contact as of an instant (microseconds since 1970 in UTC). The model must be without errors."""
    view = seen_view_of(model, contact, as_of)
    scores = tuple(_score(score, view) for score in model.scores)
    points = {outcome.score.name: outcome.points for outcome in scores}
    terms = tuple(TermOutcome(term, _weighted(points[term.score], term.weight)) for term in model.total.terms)
    summed = sum(term.points for term in terms)
    view.scores, view.total = points, model.total.bounds.clamp(summed)
    grades = tuple((grade.score, _letter(grade, view)) for grade in model.grades)
    view.grades = dict(grades)
    exits = tuple(index for index, exit_ in enumerate(model.exits) if holds(exit_.condition, view))
    stages = tuple(index for index, stage in enumerate(model.stages) if holds(stage.condition, view))
    status, reasons = _status(model, exits)
    stage = model.stages[stages[-1]].name if stages and status == "scored" else None
    known = sum(contact.values.get(name) is not None for name in model.read_fields)
    return Outcome(
        model, contact, as_of, scores, terms, summed, view.total, grades, exits, stages, status, reasons, stage, known
    )


def view_of(outcome: Outcome) -> View:
    """What the interpreter saw when it came to this outcome, scores and grades included."""
    view = seen_view_of(outcome.model, outcome.contact, outcome.as_of)
    view.scores = {score.score.name: score.points for score in outcome.scores}
    view.total, view.grades = outcome.total, dict(outcome.grades)
    return view


def whole_view_of(outcome: Outcome) -> View:
    """The contact with all its declared events, those that are ignored too; without scores."""
    return _whole(outcome.model, outcome.contact, outcome.as_of)


def _whole(model: m.Model, contact: Contact, as_of: int) -> View:
    declared = {event.name for event in model.schema.events}
    return view_contact(contact, (event for event in contact.events if event.type in declared), as_of, model.zone)


def seen_view_of(model: m.Model, contact: Contact, as_of: int) -> View:
    """The contact without the events that are to be ignored, each `ignore` judged on all of them; without scores."""
    whole = _whole(model, contact, as_of)
    ignored = {id(event) for occurrence in model.ignored for event in matching(occurrence, whole)}
    return view_contact(contact, (event for event in whole.events if id(event) not in ignored), as_of, model.zone)


def _score(score: m.Score, view: View) -> ScoreOutcome:
    groups = tuple(_group(group, score.name, view) for group in score.groups)
    summed = sum(group.points for group in groups)
    last, steps, left = None, 0, summed
    if score.decay is not None:
        events = matching(score.decay.without, view)
        if events:
            last = events[0]
            steps = steps_of(score.decay.decay, view.as_of - last.at)
            left = left_after(summed, score.decay.decay, steps)
    return ScoreOutcome(score, groups, summed, last, steps, left, score.bounds.clamp(left))


def _group(group: m.Group, score: str, view: View) -> GroupOutcome:
    rules = tuple(judge(rule, score, group.name, view) for rule in group.rules)
    summed = sum(rule.points for rule in rules)
    return GroupOutcome(group, rules, summed, group.bounds.clamp(summed))


def _weighted(points: int, weight: int) -> int:
    return round_half_away(points * weight, THOUSAND)


def _letter(grade: m.Grade, view: View) -> str | None:
    points = view.total if grade.score is None else view.scores[grade.score]
    assert points is not None
    reached = [row for row in grade.rows if row.start is not None and points >= row.start]
    if reached:
        return max(reached, key=lambda row: row.start or 0).letter
    return next((row.letter for row in grade.rows if row.start is None), None)


def _status(model: m.Model, exits: tuple[int, ...]) -> tuple[Status, tuple[str, ...]]:
    held = [model.exits[index] for index in exits]
    excluded = tuple(exit_.name for exit_ in held if exit_.kind == "exclude")
    if excluded:
        return "excluded", excluded
    disqualified = tuple(exit_.name for exit_ in held)
    return ("disqualified", disqualified) if disqualified else ("scored", ())
