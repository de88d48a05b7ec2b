"""A rule of one score that holds whenever another of the same sign does, so that both are counted.

Who is a VP of marketing is a VP: both rules add their points. That is right if the second is meant as an extra, and
counts double if each was to be the whole price. Rows of one `points … by` replace each other and are never reported.

Example:

    +10 "Any VP"          when title contains "vp"
    +15 "VP of marketing" when title contains "vp" and title contains "marketing"

The way out: nothing, if the extra is meant. Else take the points of the wider rule off the narrower one, or put steps
that are to replace each other into one `points … by`.

Rules that are priced once are compared with each other, and rules `for each` event with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.shared_pairs import Evidence, follows, pairs_of
from leadline_compiler.checks.wording import joined, label_of, listed, name_of, reasons, signed
from leadline_dsl.diagnostics import Diagnostic

if TYPE_CHECKING:
    from leadline_compiler.analysis.units import Unit


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.saturation import saturated_units

    # What a cap swallows whole is told as that.
    swallowed = {unit for unit, _, _ in saturated_units(facts.analysis)}
    wider: defaultdict[Unit, list[Unit]] = defaultdict(list)
    for one, other, both_ways in pairs_of(facts.analysis):
        if (one.points > 0) is (other.points > 0) and not both_ways and one not in swallowed:
            wider[one].append(other)
    for one, others in wider.items():
        said = listed([f"{name_of(other)} ({signed(other.points)})" for other in others])
        hints = reasons(facts, [one, *others], partial(follows, one, others[0]))
        yield find(
            "implied-rule",
            f"whoever gets these {signed(one.points)} always gets {said} too, and the points add up",
            one.place,
            joined("if they are to replace each other, put them into one `points … by`", hints),
            related=[label_of(other, "it holds for all of them") for other in others[:3]],
            evidence=Evidence(facts.analysis, one, others[0]),
        )
