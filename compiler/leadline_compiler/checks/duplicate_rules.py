"""Two rules of one score that hold for exactly the same contacts.

Whoever gets the points of the one gets those of the other: one fact is priced twice, mostly because a rule was
written anew instead of changed. They may be worded differently, such as `employees >= 25` and `not employees < 25`
with a test that the field is known.

Example:

    +5 "VP"        when title contains "vp"
    +5 "Executive" when title contains "VP"

The way out: keep one of them, with the points of both if both are meant.

Rules that are priced once are compared with each other, and rules `for each` event with each other. That they hold
for the same contacts is proved for all contacts, and the evidence is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.shared_pairs import Evidence, follows, pairs_of
from leadline_compiler.checks.wording import joined, label_of, name_of, reasons, signed
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    told = set()
    for one, other, both_ways in pairs_of(facts.analysis):
        if not both_ways or one.place >= other.place or (one.points > 0) is not (other.points > 0):
            continue
        # Of many alike each is told once, beside the first of them.
        if other.place in told:
            continue
        told.add(other.place)
        hints = reasons(facts, [one, other], partial(follows, one, other))
        yield find(
            "duplicate-rules",
            f"this holds for exactly the contacts for whom {name_of(one)} holds, who get {signed(one.points)} already",
            other.place,
            joined("keep one of them, with the points that are meant", hints),
            related=[label_of(one, "it holds for the same contacts")],
            evidence=Evidence(facts.analysis, one, other),
        )
