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
    wider: defaultdict[Unit, list[Unit]] = defaultdict(list)
    for one, other, both_ways in pairs_of(facts.analysis):
        if (one.points > 0) is not (other.points > 0) and not (both_ways and one.place < other.place):
            wider[one].append(other)
    for one, others in wider.items():
        said = listed([f"{name_of(other)} ({signed(other.points)})" for other in others])
        hints = reasons(facts, [one, *others], partial(follows, one, others[0]))
        yield find(
            "conflicting-rules",
            f"whoever gets these {signed(one.points)} always gets {said} too",
            one.place,
            joined("say the points that are meant, or narrow the other with `and not …`", hints),
            related=[label_of(other, "it holds for all of them") for other in others[:3]],
            evidence=Evidence(facts.analysis, one, others[0]),
        )
