"""The causes of a change in words: signed points that add up to the change of the total, then what made them."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.points import write_change
from leadline.reports.cause import Cause
from leadline_compiler.numbers import write_points

_TERMS = 5
"""So many signed terms are told by name; what the others come to is told as one."""
_REASONS = 2


def say_terms(causes: Sequence[Cause], most: int = _TERMS) -> list[tuple[int, str]]:
    """Signed points and what they are of, so many at most; all of them together are the change of the total."""
    moving = [cause for cause in causes if cause.points]
    if len(moving) <= most:
        return [(cause.points, cause.term) for cause in moving]
    if most == 1:
        return [(sum(cause.points for cause in moving), f"{moving[0].term} and {len(moving) - 1} more")]
    named, rest = moving[: most - 1], moving[most - 1 :]
    return [
        *((cause.points, cause.term) for cause in named),
        (sum(cause.points for cause in rest), f"from {len(rest)} more"),
    ]


def say_reasons(causes: Sequence[Cause]) -> str:
    """Why: what was said of the first causes, each thing once; exits and stages by name."""
    moving, others = [cause for cause in causes if cause.points], [cause for cause in causes if not cause.points]
    why = list(dict.fromkeys(cause.said for cause in moving))[:_REASONS]
    return "; ".join([*why, *(say_cause(cause) for cause in others[:_REASONS])])


def say_change(causes: Sequence[Cause]) -> str:
    """`+10 Webinar, +8.75 decay of engagement: webinar`, all on one line."""
    terms = ", ".join(f"{write_change(points)} {of}" for points, of in say_terms(causes))
    return ": ".join(part for part in (terms, say_reasons(causes)) if part)


def say_cause(cause: Cause) -> str:
    """`Read pricing 15 → 10, page_view of 12 Nov 09:00 is no longer in the last 30 days`."""
    if cause.before is None or cause.after is None:
        return f"{cause.term}, {cause.said}"
    return f"{cause.name} {write_points(cause.before)} → {write_points(cause.after)}, {cause.said}"


def say_fully(causes: Sequence[Cause], total: int) -> str:
    """Why the total became what it is: one cause as it moved, several as a sum with the total before and after."""
    moving = [cause for cause in causes if cause.points]
    if len(moving) < 2:
        return say_cause(causes[0])
    (points, of), *rest = say_terms(causes)
    first = f"{write_change(points)} {of}, {moving[0].said}"
    before = total - sum(cause.points for cause in moving)
    sum_ = f"total {write_points(before)} → {write_points(total)}"
    return "; ".join([first, *(f"{write_change(points)} {of}" for points, of in rest), sum_])
