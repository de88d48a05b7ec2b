"""What running a plan yields for a contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from leadline_compiler.outcome import Status
from leadline_compiler.plan import Plan
from leadline_compiler.result import points_value


class Fired(NamedTuple):
    """A rule that fired: its index in the plan, what it gave in thousandths, and how often."""

    rule: int
    points: int
    times: int


@dataclass(frozen=True, slots=True)
class Scored:
    """Points in thousandths; `scores` and `grades` in the order of the plan; `as_of` in microseconds."""

    id: str
    as_of: int
    status: Status
    reasons: tuple[str, ...]
    known: int
    total: int
    scores: tuple[int, ...]
    grades: tuple[str | None, ...]
    stage: str | None
    fired: tuple[Fired, ...]


def result_of_plan(plan: Plan, scored: Scored) -> dict[str, Any]:
    """The result object of a contact, in the shape that all backends share."""
    names = [score.name for score in plan.scores]
    grades = [None if grade.score is None else names[grade.score] for grade in plan.grades]
    return {
        "id": scored.id,
        "model": plan.name,
        "as_of": plan.schema.zone.write(scored.as_of),
        "status": scored.status,
        "reasons": list(scored.reasons),
        "coverage": {"known": scored.known, "of": len(plan.read_fields)},
        "total": points_value(scored.total),
        "scores": {name: points_value(points) for name, points in zip(names, scored.scores, strict=True)},
        "grades": {name or "total": letter for name, letter in zip(grades, scored.grades, strict=True)},
        "stage": scored.stage,
        "rules": [_fired(plan, names, item) for item in scored.fired],
    }


def _fired(plan: Plan, names: list[str], item: Fired) -> dict[str, Any]:
    rule = plan.rules[item.rule]
    return {
        "rule": rule.name,
        "score": names[rule.score],
        "group": plan.groups[rule.group].name,
        "points": points_value(item.points),
        "times": item.times,
        "line": rule.line,
    }
