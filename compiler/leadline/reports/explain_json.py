"""Explanations as JSON: the result of scoring, and the why of every rule, cut, stage and exit."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from leadline.reports.explanation import Cut, Explanation, LeftOutLine, OwnCut, RuleLine, ScoreSum
from leadline.reports.wording import property_type
from leadline_compiler.contacts import Event, Value
from leadline_compiler.model import Model
from leadline_compiler.numbers import MILLION, json_number
from leadline_compiler.result import points_value, result_of
from leadline_compiler.schema import Kind, ValueType


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """The result's object with a sentence, all rules (reasons first, then the nearest), cuts, sums and what is above.

    Numbers may be Decimals, as in the result.
    """
    by_size = (*explanation.reasons, *explanation.missed)
    return {
        **result_of(explanation.outcome),
        "sentence": explanation.sentence,
        "rules": [_rule(line, explanation) for line in by_size],
        "cuts": [{"score": cut.score, "group": cut.group, **_cut(cut)} for cut in explanation.cuts],
        "sums": _sums(explanation),
        "reached": asdict(explanation.reached) if explanation.reached is not None else None,
        "stages_above": [
            {
                "stage": stage.stage,
                "line": stage.line,
                "said": stage.said,
                "short": _points(stage.short),
                "short_in": stage.short_in or ("total" if stage.short is not None else None),
                "also": list(stage.also),
            }
            for stage in explanation.stages
        ],
        "exits": [
            {
                "kind": exit_.kind,
                "name": exit_.name,
                "line": exit_.line,
                "holds": exit_.holds,
                "said": exit_.said,
                "because": exit_.because,
            }
            for exit_ in explanation.exits
        ],
    }


def explained_rules(explanation: Explanation) -> list[dict[str, Any]]:
    """The `rules` of a result with the why of each: all rules, in the order of the model."""
    return [_rule(line, explanation) for line in explanation.rules]


def _rule(line: RuleLine, explanation: Explanation) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "score": line.score,
        "group": line.group,
        "points": points_value(line.points),
        "times": line.times,
        "line": line.line,
        "fired": line.fired,
        "why": _why(line, explanation),
    }


def _why(line: RuleLine, explanation: Explanation) -> dict[str, Any]:
    model = explanation.outcome.model
    shared = [cut for cut in explanation.cuts if _concerns(cut, line)]
    return {
        "said": line.said,
        "text": line.text,
        "because": line.care.because,
        "values": [{"name": read.text, "value": json_value(read.value, read.type, model)} for read in line.values],
        "tests": [{"test": part.text, "holds": part.holds, "said": part.said} for part in line.parts],
        "events": [
            {**_event(counted.event, model), "ago": counted.ago}
            | ({} if counted.points is None else {"points": points_value(counted.points)})
            for counted in line.counted
        ],
        "not_counted": [_left_out(left_out, model) for left_out in line.left_out],
        "cuts": [_own_cut(cut) for cut in line.cuts] + [_cut(cut) for cut in shared],
    }


def _concerns(cut: Cut, line: RuleLine) -> bool:
    """Whether the points of a rule are among those that were cut."""
    same_score = cut.score is None or cut.score == line.score
    return line.points != 0 and same_score and (cut.kind != "group" or cut.group == line.group)


def _left_out(line: LeftOutLine, model: Model) -> dict[str, Any]:
    """One reason with how many events it kept from counting; all those that a limit did, else the newest."""
    shown = line.events if line.by_limit else line.events[:1]
    return {"reason": line.reason, "times": len(line.events), "events": [_event(event, model) for event in shown]}


def _event(event: Event, model: Model) -> dict[str, Any]:
    properties = {
        name: json_value(value, property_type(event, name, model.schema), model)
        for name, value in event.values.items()
        if value is not None
    }
    return {"event": event.type, "at": model.zone.write(event.at), "properties": properties}


def json_value(value: Value, type_: ValueType, model: Model) -> Any:
    """A value as the data would have it; dates with the offset of the model's zone."""
    if isinstance(value, bool) or not isinstance(value, int):
        return list(value) if isinstance(value, tuple) else value
    return model.zone.write(value) if type_.kind is Kind.DATE else json_number(value, MILLION)


def _own_cut(cut: OwnCut) -> dict[str, Any]:
    return {"kind": cut.kind, "said": cut.said, "before": _points(cut.before), "after": _points(cut.after)}


def _cut(cut: Cut) -> dict[str, Any]:
    return {
        "kind": cut.kind,
        "said": cut.said,
        "before": points_value(cut.before),
        "after": points_value(cut.after),
        "points": points_value(cut.points),
    }


def _points(thousandths: int | None) -> Any:
    return None if thousandths is None else points_value(thousandths)


def _sums(explanation: Explanation) -> dict[str, Any]:
    """What adds up to what: lines to scores, terms and the change of the total's bounds to the total."""
    total_cuts = [cut for cut in explanation.cuts if cut.score is None]
    return {
        "scores": {score.score: _sum(score) for score in explanation.sums},
        "total": {
            "terms": [
                {
                    "score": term.score,
                    "weight": points_value(term.weight),
                    "score_points": points_value(term.score_points),
                    "points": points_value(term.points),
                }
                for term in explanation.terms
            ],
            "cuts": [_cut(cut) for cut in total_cuts],
            "points": points_value(explanation.outcome.total),
        },
    }


def _sum(score: ScoreSum) -> dict[str, Any]:
    lines = [{"kind": line.kind, "name": line.name, "points": points_value(line.points)} for line in score.lines]
    return {"lines": lines, "points": points_value(score.points)}
