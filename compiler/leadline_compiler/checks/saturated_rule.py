"""A rule that can never change the clamped value of its group or score.

Whenever it holds, other rules that hold with it have filled the cap already (or emptied it to the floor). The rule
looks like a part of the price and is none.

Example:

    group "Role" at most 10
      +10 "Any VP"          when title contains "vp"
      +5  "VP of marketing" when title contains "vp" and title contains "marketing"

The way out: raise the cap, or leave the rule out.

It is proved from rules that always hold together; what only a search over all rules could tell is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import label_of, listed, name_of, signed
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.saturation import saturated_units

    for unit, bound, others in saturated_units(facts.analysis):
        side = "at most" if bound.side == "high" else "at least"
        names = listed([f"{name_of(other)} ({signed(other.points)})" for other in others]) if others else ""
        with_it = f"{names} {'holds' if len(others) == 1 else 'hold'} with it, and " if names else ""
        yield find(
            "saturated-rule",
            f"these {signed(unit.points)} never change {bound.what}: {with_it}"
            f"`{side} {write_points(bound.points)}` is reached already",
            unit.place,
            "raise the cap, or leave the rule out" if bound.side == "high" else "lower the floor, or leave it out",
            related=[label_of(other, "this always holds with it") for other in others[:3]],
        )
