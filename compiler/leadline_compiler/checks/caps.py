"""How a finding tells which caps block a stage, and what would open it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leadline_compiler.conditions import All, Comparison, Condition, Either, NumberAmount, ScoreAmount
from leadline_compiler.numbers import write_points
from leadline_compiler.result import points_value
from leadline_dsl.diagnostics import Edit, Label
from leadline_dsl.source import Span
from leadline_dsl.tokens import quote_text

if TYPE_CHECKING:
    from leadline_compiler import model as m
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.solve.blocked import Blocked
    from leadline_compiler.analysis.solve.limits import Limit
    from leadline_compiler.analysis.units import Unit
    from leadline_dsl.source import Place

_MOST_FIXES = 3


def way_out(analysis: Analysis, blocked: Blocked, score: str | None) -> str:
    """`lower the number to 75, or raise the cap of the group "Company" from 30 to 35`; empty where nothing is sure."""
    fixes = [f"lower the number for `{score or 'total'}` to {write_points(blocked.most)}"] if blocked.lower else []
    for one in blocked.raises[:_MOST_FIXES]:
        cap = _bounds_of(analysis, one.limit).high
        was = "" if cap is None else f" from {write_points(cap)}"
        fixes.append(f"raise the cap of {name_of_limit(analysis, one.limit)}{was} to {write_points(one.points)}")
    return ", or ".join(fixes)


def lowered(stage: Unit, blocked: Blocked, score: str | None) -> tuple[Edit, ...]:
    """The edit that lowers the stage's number; none where that does not help, or it is not written there just once."""
    found = list(_numbers_for(score, stage.condition)) if blocked.lower else []
    if len(found) != 1 or stage.text.count(found[0].text) != 1:
        return ()
    comparison = found[0]
    number = comparison.right.text
    start = stage.place.span.start + stage.text.index(comparison.text) + comparison.text.rindex(number)
    return (Edit(Span(start, start + len(number)), write_points(blocked.most)),)


def _numbers_for(score: str | None, condition: Condition | None) -> Iterator[Comparison]:
    """Where a condition asks for a number of points or more; a define is written elsewhere."""
    match condition:
        case Comparison(">=", ScoreAmount(name), NumberAmount()) if name == score:
            yield condition
        case All(parts) | Either(parts):
            for part in parts:
                yield from _numbers_for(score, part)


def limit_label(analysis: Analysis, limit: Limit) -> Label:
    place = _place_of(analysis, limit)
    return Label("this cap is in the way", place.span, place.file)


def blocked_evidence(analysis: Analysis, blocked: Blocked) -> dict[str, Any]:
    """The closest contact, the caps that block, and the fixes, each of which was tried out."""
    from leadline_compiler.analysis.evidence import evidence_of

    fixes: list[dict[str, Any]] = []
    if blocked.lower:
        fixes.append({"number": points_value(blocked.most)})
    for one in blocked.raises:
        fixes.append({"cap": _limit_as_json(analysis, one.limit), "points": points_value(one.points)})
    return {
        **evidence_of(analysis, blocked.closest),
        "closest": points_value(blocked.most),
        "limits": [_limit_as_json(analysis, limit) for limit in blocked.limits],
        "fixes": fixes,
    }


def name_of_limit(analysis: Analysis, limit: Limit) -> str:
    """`the group "Mail"`, `` `fit` ``, `the total`."""
    if limit.score is None:
        return "the total"
    name = _group_name(analysis, limit)
    return f"`{limit.score}`" if limit.group is None else f"the group {quote_text(name or '')}"


def _limit_as_json(analysis: Analysis, limit: Limit) -> dict[str, Any]:
    cap = _bounds_of(analysis, limit).high
    return {
        "score": limit.score,
        "group": _group_name(analysis, limit),
        "at_most": None if cap is None else points_value(cap),
    }


def _score_of(analysis: Analysis, limit: Limit) -> m.Score:
    return next(score for score in analysis.model.scores if score.name == limit.score)


def _group_name(analysis: Analysis, limit: Limit) -> str | None:
    return None if limit.group is None else _score_of(analysis, limit).groups[limit.group].name


def _bounds_of(analysis: Analysis, limit: Limit) -> m.Bounds:
    if limit.score is None:
        return analysis.model.total.bounds
    score = _score_of(analysis, limit)
    return score.bounds if limit.group is None else score.groups[limit.group].bounds


def _place_of(analysis: Analysis, limit: Limit) -> Place:
    if limit.score is None:
        assert analysis.model.total.place is not None
        return analysis.model.total.place
    score = _score_of(analysis, limit)
    return score.place if limit.group is None else score.groups[limit.group].place
