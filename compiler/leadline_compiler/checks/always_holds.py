"""A rule, row, stage or disqualifier that every contact meets.

Points that everybody gets move no contact before another, a disqualifier that everybody meets empties the model,
and a stage that everybody meets says nothing. Mostly a comparison is the wrong way round, `or` stands where `and` is
meant, or `is not` is joined with `or`.

Example:

    +5 "Neither" when role is not "Student" or role is not "Intern"

The way out: here `and` is meant, or better `role is none of "Student", "Intern"`. A base that everybody is to start
from can be kept: `# allow always-holds: everybody starts at 5` on the line above.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import joined, reasons, reasons_of_points, signed
from leadline_dsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit

_WAY_OUT = "change the condition, or leave the line out"


def check(facts: Facts) -> Iterator[Diagnostic]:
    analysis = facts.analysis
    asking = analysis.asking
    for unit in analysis.units:
        if not asking.always(analysis.question(unit)) or asking.never(analysis.question(unit)):
            continue
        hints = reasons(facts, [unit], partial(_is_always, unit))
        match unit.kind:
            case "stage":
                what = "every contact meets this, so that the stage tells nobody apart"
            case "disqualify" | "exclude":
                what = "every contact meets this, so that nobody is left"
            case _:
                what = f"every contact meets this, so that all get {signed(unit.points)}"
        yield find("always-holds", what, unit.place, joined(_WAY_OUT, hints))
    yield from _searched(facts)


def _searched(facts: Facts) -> Iterator[Diagnostic]:
    """What only a search over all rules tells: the scores never come to where the condition fails."""
    from leadline_compiler.analysis.verdicts import always_met

    for unit in always_met(facts.analysis):
        match unit.kind:
            case "stage":
                so = "so that the stage tells nobody apart"
            case "disqualify" | "exclude":
                so = "so that nobody is left"
            case _:
                so = f"so that all get {signed(unit.points)}"
        what = f"every contact meets this, however its numbers and scores come out, {so}"
        yield find("always-holds", what, unit.place, joined(_WAY_OUT, reasons_of_points(facts.analysis, unit)))


def _is_always(unit: Unit, asking: Asking) -> bool:
    return asking.always(asking.about(unit.formula))
