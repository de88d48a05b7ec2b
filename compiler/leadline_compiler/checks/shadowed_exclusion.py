"""A `disqualify` or `exclude` that only takes out contacts whom others take out already.

It can be left out without any contact coming back. Mostly the other one was widened later, or it is written more
narrowly than meant. Several can cover it together: one takes out large companies, another one all the rest.

Example:

    exclude "Customer"         when lifecycle is one of "Customer", "Partner"
    exclude "Partner in Japan" when lifecycle is "Partner" and country is "JP"

The way out: leave it out, or correct its condition. An `exclude` goes before a `disqualify`, so a `disqualify` is also
shadowed by an `exclude` that covers it. An `exclude` is not shadowed by a `disqualify`: it gives another status.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.shared_pairs import Evidence, covered, covering, follows
from leadline_compiler.checks.shared_scores import asking_by_scores, reasons_by_scores
from leadline_compiler.checks.wording import joined, label_of, listed, name_of
from leadline_dsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit


def check(facts: Facts) -> Iterator[Diagnostic]:
    analysis = facts.analysis
    exits = [unit for unit in analysis.units if unit.kind in ("disqualify", "exclude")]
    asking = asking_by_scores(analysis, exits)
    exits = [unit for unit in exits if not asking.never(asking.about(unit.formula))]
    for unit, others in _shadowed(exits, asking):
        them = "some of them" if len(others) > 1 else "them"
        hints = reasons_by_scores(facts, [unit, *others], partial(covered, unit, others))
        yield find(
            "shadowed-exclusion",
            f"whoever this takes out is taken out by {listed([name_of(other) for other in others], last='or')} already",
            unit.place,
            joined("leave it out, or correct its condition", hints),
            related=[label_of(other, f"it takes {them} out already") for other in others[:3]],
            evidence=Evidence(analysis, unit, *others[:1]),
        )


def _shadowed(exits: Sequence[Unit], asking: Asking) -> Iterator[tuple[Unit, tuple[Unit, ...]]]:
    """The exits that can be left out, all of them at once, and those that take out whom they do: one, or several."""
    found: dict[Unit, tuple[Unit, ...]] = {}
    for unit in exits:
        other = next(
            (other for other in exits if _may_cover(other, unit, asking) and follows(unit, other, asking)), None
        )
        if other is not None:
            found[unit] = (other,)
    # Of some that cover each other together the first ones stay.
    for unit in reversed(exits):
        if unit not in found:
            rest = [other for other in exits if other not in found and _may_cover(other, unit, asking)]
            if others := covering(unit, rest, asking):
                found[unit] = others
    for unit in exits:
        if unit in found:
            yield unit, found[unit]


def _may_cover(other: Unit, unit: Unit, asking: Asking) -> bool:
    """Whether the other gives the status that the unit gives, or one that goes before it; of two alike the first."""
    if other is unit or not (other.kind == unit.kind or other.kind == "exclude"):
        return False
    return other.place < unit.place or other.kind != unit.kind or not follows(other, unit, asking)
