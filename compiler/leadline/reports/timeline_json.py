"""A timeline for programs."""

from __future__ import annotations

from typing import Any

from leadline.reports.cause import Cause
from leadline.reports.timeline import Change, Stay, Timeline
from leadline_compiler.model import Model
from leadline_compiler.result import points_value

_OUT = ("disqualified", "excluded")


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """All changes with their causes, the stays on each stage, and what comes next. Times bear the zone's offset."""
    model = timeline.model
    write = model.zone.write
    return {
        "id": timeline.contact.id,
        "model": model.name,
        "from": write(timeline.start),
        "as_of": write(timeline.as_of),
        "to": write(timeline.end),
        "now": _state(timeline.now, model),
        "next": _change(timeline.next, timeline) if timeline.next is not None else None,
        "leaves": _change(timeline.leaving, timeline) if timeline.leaving is not None else None,
        "stays": [_stay(stay, model) for stay in timeline.stays],
        "changes": [_change(change, timeline) for change in timeline.changes],
        "is_cut": timeline.is_cut,
    }


def _change(change: Change, timeline: Timeline) -> dict[str, Any]:
    return {
        "at": timeline.model.zone.write(change.at),
        "is_ahead": change.at > timeline.as_of,
        **_state(change, timeline.model),
        "why": [_cause(cause) for cause in timeline.why(change)],
    }


def _state(change: Change, model: Model) -> dict[str, Any]:
    scores = zip(model.scores, change.scores, strict=True)
    grades = zip(model.grades, change.grades, strict=True)
    return {
        "status": change.status,
        "reasons": list(change.reasons),
        "total": points_value(change.total),
        "scores": {score.name: points_value(points) for score, points in scores},
        "grades": {grade.score or "total": letter for grade, letter in grades},
        "stage": change.stage,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    points = {"before": cause.before, "after": cause.after}
    return {
        "kind": cause.kind,
        "of": cause.noun,
        "name": cause.name,
        "line": cause.line,
        **{key: None if value is None else points_value(value) for key, value in points.items()},
        "points": points_value(cause.points),
        "term": cause.term,
        "said": cause.said,
    }


def _stay(stay: Stay, model: Model) -> dict[str, Any]:
    is_out = stay.place in _OUT
    return {
        "stage": None if is_out else stay.place,
        "status": stay.place if is_out else "scored",
        "entered": None if stay.entered is None else model.zone.write(stay.entered),
        "left": None if stay.left is None else model.zone.write(stay.left),
    }
