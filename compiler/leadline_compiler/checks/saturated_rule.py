"""A rule that can never change the clamped value of its group or score.

Whenever it holds, other rules that hold with it have filled the cap already (or emptied it to the floor). The rule
looks like a part of the price and is none.

Example:

    group "Role" at most 10
      +10 "Any VP"          when title contains "vp"
      +5  "VP of marketing" when title contains "vp" and title contains "marketing"

The way out: raise the cap, or leave the rule out.

It is proved from rules that always hold together first, then by a search over all rules (`pip install
leadline[proofs]`); in models with more than 500 rules the search is made with `leadline check --deep` only.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import label_of, listed, name_of, signed
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    yield from _in_any_case(facts)
    yield from _searched(facts)


def _searched(facts: Facts) -> Iterator[Diagnostic]:
    """What only a search over all rules tells."""
    from leadline_compiler.analysis.solve.prover import Unclear
    from leadline_compiler.analysis.stage_ways import found_pointless

    for found in found_pointless(facts.analysis):
        if not isinstance(found, Unclear):
            yield find(
                "saturated-rule",
                f"these {signed(found.points)} never change `{found.score}`: whoever gets them has reached the bound "
                "of the group or the score without them",
                found.place,
                "raise the cap or lower the floor, or leave the rule out",
            )


def _in_any_case(facts: Facts) -> Iterator[Diagnostic]:
    """Rules whose bound is reached by those that hold with them."""
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
