"""A cap or a floor that no contact can touch.

`at most 50` says that the points are limited. Where the rules add up to 40 at most, it limits nothing: either it is a
leftover, or the rules were to be worth more.

Example:

    group "Mail" at most 30
      +5 "Opened" when has email_open
      +5 "Clicked" when has email_click

The way out: leave the bound out, or set it to where it matters. As a promise for rules to come it can be kept, with
`# allow unreachable-bound: …`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import joined, reasons_of_points, rules_evidence, say_range
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from leadline_compiler.analysis.verdicts import Bound


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.analysis.verdicts import bound_verdicts

    for bound, verdict in bound_verdicts(facts.analysis):
        if isinstance(verdict, Impossible):
            side = "at most" if bound.side == "high" else "at least"
            yield find(
                "unreachable-bound",
                f"`{side} {write_points(bound.points)}` limits nothing: {_why(bound)}",
                bound.place,
                joined(
                    "leave it out, or set it to where it matters",
                    reasons_of_points(facts.analysis, searched=verdict.searched),
                ),
                evidence=rules_evidence(bound.rules, bound.sum, bound.side),
            )


def _why(bound: Bound) -> str:
    """Where what is limited lies, or that a search found nobody who comes to the bound."""
    low, high = bound.sum
    tells = high is not None and high < bound.points if bound.side == "high" else low is not None and low > bound.points
    return f"{bound.what} {say_range(bound.sum, bound.side)} without it" if tells else f"{bound.what} never comes to it"
