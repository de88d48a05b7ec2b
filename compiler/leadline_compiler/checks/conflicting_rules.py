"""Two rules of one score, one adding and one taking, where one holds whenever the other does.

Whoever gets the points of the narrower rule gets those of the wider one too, so the one always weakens the other:
a `+10` beside a certain `-4` is a `+6`. That may be meant, and it is hard to see.

Example:

    +10 "VP"          when title contains "vp"
    -4  "Any manager" when title contains any of "vp", "head", "manager"

The way out: say the points that are meant (`+6`), or narrow the wider rule with `and not …`. What is meant so can be
kept with `# allow conflicting-rules: …`.

Rules that are priced once are compared with each other, and rules `for each` event with each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.shared_pairs import pairs_of, tell_wider
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    pairs = (
        pair
        for pair in pairs_of(facts.analysis)
        if (pair.one.points > 0) is not (pair.other.points > 0)
        and not (pair.both_ways and pair.one.place < pair.other.place)
    )
    way_out = "say the points that are meant, or narrow the other with `and not …`"
    yield from tell_wider(facts, "conflicting-rules", pairs, "", way_out)
