"""Whether two models score alike, for programs."""

from __future__ import annotations

from typing import Any

from leadline_compiler.alike import Difference, Likeness, Limits
from leadline_compiler.analysis.evidence import write_contact
from leadline_compiler.result import points_value, result_of

_ALIKE = {"alike": True, "differ": False, "undecided": None}


def likeness_json(likeness: Likeness) -> dict[str, Any]:
    """`alike` is null where it is not decided."""
    least = likeness.least
    return {
        "alike": _ALIKE[likeness.verdict],
        "why": likeness.why or None,
        "least": None if least is None else {"events": least.events, "facts": least.facts},
        "difference": None if likeness.difference is None else _difference(likeness.difference),
        "totals": None
        if likeness.totals is None
        else {side: _limits(limits) for side, limits in zip(("old", "new"), likeness.totals, strict=True)},
        "stages": [{"stage": one.stage, "old": one.old, "new": one.new} for one in likeness.stages],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "events": difference.size.events,
        "facts": difference.size.facts,
        "is_smallest": difference.is_smallest,
        "contact": write_contact(difference.schema, difference.contact, difference.new.as_of),
        "old": result_of(difference.old),
        "new": result_of(difference.new),
    }


def _limits(limits: Limits) -> dict[str, Any]:
    return {
        "least": None if limits.least is None else points_value(limits.least),
        "most": None if limits.most is None else points_value(limits.most),
        "least_is_exact": limits.least_is_exact,
        "most_is_exact": limits.most_is_exact,
    }
