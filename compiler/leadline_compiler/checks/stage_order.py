"""A later stage that is easier than an earlier one: every contact of the earlier has the later too.

Stages stand from low to high, and a contact is given the last one that it meets. So nobody is ever given the earlier
stage: whoever meets it meets the later one. What the scores are worth counts too: `total` is made of them, and each
lies between the least and the most that its rules can give.

Example:

    stage "MQL" when total >= 80
    stage "SQL" when total >= 70

The way out: put the stages into their order, or correct the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.shared_pairs import follows
from leadline_compiler.checks.shared_scores import asking_by_scores, reasons_by_scores
from leadline_compiler.checks.wording import joined, label_of, name_of
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    analysis = facts.analysis
    stages = [unit for unit in analysis.units if unit.kind == "stage"]
    asking = asking_by_scores(analysis, stages)
    for index, later in enumerate(stages):
        for earlier in stages[:index]:
            if not asking.never(asking.about(earlier.formula)) and follows(earlier, later, asking):
                hints = reasons_by_scores(facts, [earlier, later], partial(follows, earlier, later))
                yield find(
                    "stage-order",
                    f"whoever meets {name_of(earlier)} meets this later stage too, so nobody is ever given the earlier",
                    later.place,
                    joined("put the stages from low to high, or correct the numbers", hints),
                    related=[label_of(earlier, "nobody is given this stage")],
                )
                break
