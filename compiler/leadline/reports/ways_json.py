"""Ways into a stage for programs."""

from __future__ import annotations

from typing import Any

from leadline.reports.explain import explain_outcome
from leadline_compiler.analysis.evidence import write_contact, write_events, write_value
from leadline_compiler.result import points_value, result_of
from leadline_compiler.ways import Cost, Way, Ways


def ways_json(found: Ways, *, is_contact: bool) -> dict[str, Any]:
    """The verdict, the ways with the contacts that they lead to, and what holds the contact back."""
    before = found.before
    return {
        "model": before.model.name,
        "stage": found.stage,
        "or_later": found.or_later,
        "as_of": before.model.zone.write(before.as_of),
        "contact": before.contact.id if is_contact else None,
        "verdict": found.verdict,
        "before": result_of(before),
        "holds_back": _held_back(found) if is_contact else None,
        "ways": [_way(way, found) for way in found.ways],
        "least": _cost(found.least),
        "why": found.why or None,
        "blocked": _blocked(found),
        "freed": _way(found.freed, found) if found.freed is not None else None,
        "breaks": list(found.breaks),
    }


def _cost(cost: Cost) -> dict[str, int]:
    return {"events": cost.events, "facts": cost.facts}


def _way(way: Way, found: Ways) -> dict[str, Any]:
    outcome, model = way.outcome, way.outcome.model
    types = {field.name: field.type for field in model.schema.fields}
    return {
        **_cost(way.cost),
        "is_cheapest": way.is_cheapest,
        "new": {
            "fields": {name: write_value(value, types[name], model.zone) for name, value in way.values.items()},
            "events": write_events(model.schema, way.events, outcome.as_of),
        },
        "rules": [
            {"rule": now.rule.name, "before": points_value(was.points), "after": points_value(now.points)}
            for was, now in zip(found.before.rules, outcome.rules, strict=True)
            if was.points != now.points
        ],
        "contact": write_contact(model.schema, outcome.contact, outcome.as_of),
        "result": result_of(outcome),
    }


def _held_back(found: Ways) -> list[str]:
    explanation = explain_outcome(found.before)
    return [
        *(f"{exit_.kind} {exit_.name}: {exit_.said}" for exit_ in explanation.outs),
        *(stage.said for stage in explanation.stages if stage.stage == found.stage),
    ]


def _blocked(found: Ways) -> dict[str, Any] | None:
    if found.blocked is None:
        return None
    told = found.blocked
    return {"name": told.name, "message": told.message, "help": told.help, "evidence": dict(told.evidence)}
