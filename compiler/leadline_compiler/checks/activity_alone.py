"""A stage that can be reached by one kind of event alone, repeated.

Nothing else is known of the contact: somebody who opens every mail becomes a lead, whoever it is. One event that is
enough for itself (a demo was asked for) is not meant here.

Example:

    score engagement
      +5 "Clicked" for each email_click

    stage "MQL" when total >= 35

The way out: nothing, if it is meant. Else limit the rule (`up to 15 points`, `at most 3 times`) or its group.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import name_of
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.evidence import evidence_of
    from leadline_compiler.analysis.stage_ways import event_shortcuts

    for found in event_shortcuts(facts.analysis):
        yield find(
            "activity-alone",
            f"{name_of(found.stage)} can be reached by `{found.event}` alone: {found.times} of them are enough",
            found.stage.place,
            "if that is not meant, limit the rule: `up to N points`, `at most N times`",
            evidence=evidence_of(facts.analysis, found.contact),
        )
