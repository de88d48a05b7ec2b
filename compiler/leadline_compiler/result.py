"""The result of scoring a contact, in the shape that all backends share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadline_compiler.numbers import THOUSAND, json_number
from leadline_compiler.outcome import Outcome, RuleOutcome


def points_value(thousandths: int) -> int | float | Decimal:
    """Points for JSON: whole where they are whole."""
    return json_number(thousandths, THOUSAND)


def result_of(outcome: Outcome) -> dict[str, Any]:
    """The result object of a contact, with the rules that fired in the order of the model."""
    model = outcome.model
    return {
        "id": outcome.contact.id,
        "model": model.name,
        "as_of": model.zone.write(outcome.as_of),
        "status": outcome.status,
        "reasons": list(outcome.reasons),
        "coverage": {"known": outcome.known, "of": len(model.read_fields)},
        "total": points_value(outcome.total),
        "scores": {score.score.name: points_value(score.points) for score in outcome.scores},
        "grades": {"total" if name is None else name: letter for name, letter in outcome.grades},
        "stage": outcome.stage,
        "rules": [rule_of(rule) for rule in outcome.rules if rule.fired],
    }


def rule_of(rule: RuleOutcome) -> dict[str, Any]:
    """A rule's entry in the result."""
    return {
        "rule": rule.rule.name,
        "score": rule.score,
        "group": rule.group,
        "points": points_value(rule.points),
        "times": rule.times,
        "line": rule.rule.line,
    }
