"""A `disqualify` or `exclude` that only takes out contacts whom another takes out already.

It can be left out without any contact coming back. Mostly the other one was widened later, or it is written more
narrowly than meant.

Example:

    exclude "Customer"         when lifecycle is one of "Customer", "Partner"
    exclude "Partner in Japan" when lifecycle is "Partner" and country is "JP"

The way out: leave it out, or correct its condition. An `exclude` goes before a `disqualify`, so a `disqualify` is also
shadowed by an `exclude` that covers it. An `exclude` is not shadowed by a `disqualify`: it gives another status.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.shared_pairs import Evidence, follows
from leadline_compiler.checks.wording import joined, label_of, listed, name_of, reasons
from leadline_dsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit


def check(facts: Facts) -> Iterator[Diagnostic]:
    analysis = facts.analysis
    for unit in analysis.units:
        if unit.kind not in ("disqualify", "exclude") or analysis.asking.never(analysis.question(unit)):
            continue
        others = _covering(analysis, unit)
        if others:
            hints = reasons(facts, [unit, *others], partial(_covered, unit, others))
            yield find(
                "shadowed-exclusion",
                f"whoever this takes out is taken out by {listed([name_of(other) for other in others])} already",
                unit.place,
                joined("leave it out, or correct its condition", hints),
                related=[label_of(other, "it takes them out already") for other in others[:3]],
                evidence=Evidence(analysis, unit, *others[:1]),
            )


def _covering(analysis: Analysis, unit: Unit) -> tuple[Unit, ...]:
    """The exits that take out all whom this one takes out: one of them, or all together; of two alike the first."""
    others = [
        other
        for other in analysis.units
        if other is not unit and (other.kind == unit.kind or (other.kind == "exclude" and unit.kind == "disqualify"))
    ]
    candidates = [
        other
        for other in others
        if other.place < unit.place or other.kind != unit.kind or not follows(other, unit, analysis.asking)
    ]
    for other in candidates:
        if follows(unit, other, analysis.asking):
            return (other,)
    return ()


def _covered(unit: Unit, others: tuple[Unit, ...], asking: Asking) -> bool:
    return all(follows(unit, other, asking) for other in others)
