"""Runs a plan over one contact, node by node: plain, and the base that faster ways are measured against."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.execute.nodes import build_nodes
from leadline_compiler.execute.rules import Decaying, build_decay, build_rule
from leadline_compiler.execute.run import Evaluate, Run
from leadline_compiler.execute.scored import Fired, Scored, result_of_plan
from leadline_compiler.numbers import THOUSAND, round_half_away
from leadline_compiler.outcome import Status
from leadline_compiler.plan import plan as p

__all__ = [
    "Decaying",
    "Executor",
    "Fired",
    "Scored",
    "add_up",
    "build_executor",
    "clamp",
    "finish",
    "newest_declared",
    "result_of_plan",
    "start_run",
    "sum_groups",
]

Executor = Callable[[Contact, int], Scored]
"""Scores a contact as of an instant in microseconds."""


def build_executor(plan: p.Plan) -> Executor:
    """A function that scores contacts by a plan."""
    nodes = build_nodes(plan)
    rules = [build_rule(rule, nodes) for rule in plan.rules]
    decays = [build_decay(score.decay) for score in plan.scores]

    def execute(contact: Contact, as_of: int) -> Scored:
        run = _start(plan, contact, as_of, nodes)
        groups = [0] * len(plan.groups)
        fired = []
        for index, judge in enumerate(rules):
            judged = judge(run)
            if judged is not None:
                groups[plan.rules[index].group] += judged[0]
                fired.append(Fired(index, *judged))
        sums = add_up(plan, groups, decays, run, nodes)
        return finish(plan, contact.id, run, sums, tuple(fired), nodes)

    return execute


def _start(plan: p.Plan, contact: Contact, as_of: int, nodes: list[Evaluate]) -> Run:
    events = newest_declared(plan, contact)
    fields = [contact.values.get(item.name) for item in plan.schema.fields]
    return start_run(plan, fields, [event for event in events if event.at <= as_of], as_of, nodes)


def newest_declared(plan: p.Plan, contact: Contact) -> list[Event]:
    """The declared events of a contact, newest first."""
    declared = {event.name for event in plan.schema.events}
    return sorted((event for event in contact.events if event.type in declared), key=lambda event: -event.at)


def start_run(
    plan: p.Plan, fields: Sequence[Value], events: Sequence[Event], as_of: int, nodes: Sequence[Evaluate]
) -> Run:
    """A run over fields by index and the events so far, newest first; those that are to be ignored are left out."""
    run = Run(fields, events, as_of, plan.schema.zone)
    ignored = {id(event) for index in plan.ignored for event in nodes[index](run)}
    if not ignored:
        return Run(fields, events, as_of, plan.schema.zone)
    return Run(fields, [event for event in events if id(event) not in ignored], as_of, plan.schema.zone)


def add_up(
    plan: p.Plan, groups: Sequence[int], decays: Sequence[Decaying], run: Run, nodes: Sequence[Evaluate]
) -> tuple[int, ...]:
    """The scores, from what the rules of each group give; `decays` are those of the scores."""
    sums = sum_groups(plan, groups)
    for index, (decay, score) in enumerate(zip(decays, plan.scores, strict=True)):
        if score.without is not None:
            events: list[Event] = nodes[score.without](run)
            if events:
                sums[index] = decay(sums[index], run.as_of - events[0].at)
        sums[index] = clamp(sums[index], score.low, score.high)
    return tuple(sums)


def sum_groups(plan: p.Plan, groups: Sequence[int]) -> list[int]:
    """The scores before they decay, without their own bounds, from what the rules of each group give."""
    sums = [0] * len(plan.scores)
    for group, points in zip(plan.groups, groups, strict=True):
        sums[group.score] += clamp(points, group.low, group.high)
    return sums


def clamp(points: int, low: int | None, high: int | None) -> int:
    """Points within bounds; None is open."""
    if low is not None and points < low:
        return low
    return high if high is not None and points > high else points


def finish(
    plan: p.Plan, id_: str, run: Run, scores: tuple[int, ...], fired: tuple[Fired, ...], nodes: Sequence[Evaluate]
) -> Scored:
    """What follows from the scores: total, grades, exits and stage."""
    run.scores = scores
    summed = sum(round_half_away(scores[term.score] * term.weight, THOUSAND) for term in plan.terms)
    run.total = clamp(summed, plan.total_low, plan.total_high)
    letters = tuple(_letter(grade, run) for grade in plan.grades)
    run.grades = {grade.score: letter for grade, letter in zip(plan.grades, letters, strict=True)}
    status, reasons = _status(plan, run, nodes)
    stage = None
    if status == "scored":
        stage = next((item.name for item in reversed(plan.stages) if nodes[item.condition](run)), None)
    known = sum(run.fields[index] is not None for index in plan.read_fields)
    return Scored(id_, run.as_of, status, reasons, known, run.total, scores, letters, stage, fired)


def _letter(grade: p.PlanGrade, run: Run) -> str | None:
    points = run.total if grade.score is None else run.scores[grade.score]
    return next((letter for letter, start in grade.rows if points >= start), grade.otherwise)


def _status(plan: p.Plan, run: Run, nodes: Sequence[Evaluate]) -> tuple[Status, tuple[str, ...]]:
    held = [item for item in plan.exits if nodes[item.condition](run)]
    excluded = tuple(item.name for item in held if item.kind == "exclude")
    if excluded:
        return "excluded", excluded
    return ("disqualified", tuple(item.name for item in held)) if held else ("scored", ())
