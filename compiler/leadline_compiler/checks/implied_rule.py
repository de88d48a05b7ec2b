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

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.shared_pairs import pairs_of, tell_wider
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.saturation import saturated_units

    # What a cap swallows whole is told as that.
    swallowed = {unit for unit, _, _ in saturated_units(facts.analysis)}
    pairs = (
        pair
        for pair in pairs_of(facts.analysis)
        if (pair.one.points > 0) is (pair.other.points > 0) and not pair.both_ways and pair.one not in swallowed
    )
    way_out = "if they are to replace each other, put them into one `points … by`"
    yield from tell_wider(facts, "implied-rule", pairs, ", and the points add up", way_out)
