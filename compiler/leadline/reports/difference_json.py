"""A difference for programs."""

from __future__ import annotations

from typing import Any

from leadline.reports.difference import Difference
from leadline.reports.likeness_json import likeness_json
from leadline.reports.standings import Comparison, Crossing, Spread, Standing
from leadline_compiler.changes import Change
from leadline_compiler.result import points_value


def difference_json(difference: Difference) -> dict[str, Any]:
    """The changes; with contacts also the counts of each stage, who crossed, and how totals spread; else the proof."""
    found: dict[str, Any] = {
        "old": difference.old,
        "new": difference.new,
        "changes": [_change(change) for change in difference.changes],
    }
    if difference.comparison is not None:
        found |= {"as_of": _as_of(difference), **_comparison(difference.comparison)}
    if difference.likeness is not None:
        found |= {"as_of": _as_of(difference), "proof": likeness_json(difference.likeness)}
    return found


def _as_of(difference: Difference) -> str | None:
    now = difference.as_of
    return None if now is None else now.zone.write(now.as_of)


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "noun": change.noun,
        "name": change.name,
        "where": change.where or None,
        "details": [{"what": item.what, "before": item.before, "after": item.after} for item in change.details],
        "line_before": change.before,
        "line_after": change.after,
        "matters": change.matters,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "contacts": comparison.contacts,
        "moved": comparison.moved,
        "stages": [
            {
                "stage": place if place not in ("disqualified", "excluded") else None,
                "status": place if place in ("disqualified", "excluded") else "scored",
                "before": comparison.before.get(place, 0),
                "after": comparison.after.get(place, 0),
                "entered": [_crossing(crossing) for crossing in comparison.entered(place)],
                "left": [_crossing(crossing) for crossing in comparison.left(place)],
            }
            for place in comparison.places
        ],
        "distribution": _spread(comparison.spread),
    }


def _crossing(crossing: Crossing) -> dict[str, Any]:
    return {"id": crossing.id, "before": _standing(crossing.before), "after": _standing(crossing.after)}


def _standing(standing: Standing) -> dict[str, Any]:
    return {"total": points_value(standing.total), "stage": standing.stage, "status": standing.status}


def _spread(spread: Spread | None) -> list[dict[str, Any]]:
    if spread is None:
        return []
    starts = range(spread.start, spread.start + spread.width * len(spread.before), spread.width)
    return [
        {"from": start, "below": start + spread.width, "before": was, "after": now}
        for start, was, now in zip(starts, spread.before, spread.after, strict=True)
    ]
