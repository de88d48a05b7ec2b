"""A `review by` date that has passed.

Rules age: prices change, forms are renamed, what used to be a sign of interest becomes noise. `review by` is a
promise to look again, and the day has come.

Example:

    +10 "Spring fair" when met_at is "spring fair", review by 2026-06-30

The way out: look at the rule with sales, then set a new date or leave the rule out.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    resolution = facts.resolution
    today = resolution.model.zone.day(facts.as_of).isoformat()
    for entry in resolution.entries:
        reasons: tuple[s.Reason, ...] = getattr(entry.node, "reasons", ())
        owner = next((reason.value for reason in reasons if reason.kind == "owner"), None)
        for reason in reasons:
            if reason.kind == "review by" and isinstance(reason.value, s.DateText) and reason.value.text[:10] < today:
                who = f"with {owner.value}, " if isinstance(owner, s.Text) else ""
                yield find(
                    "stale-review",
                    f"this was to be reviewed by {reason.value.text[:10]}",
                    entry.place(reason.span),
                    f"look at it again, {who}then set a new date",
                )
