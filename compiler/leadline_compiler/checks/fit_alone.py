"""A stage that mixes facts and behaviour, and that can be reached by facts alone.

The stage asks for a score to which both add: who somebody is, and what they do. Yet there is a contact who never did
anything and is given the stage all the same: a name on a list that was bought.

Example:

    score fit
      +40 "Executive" when title contains "chief"
      +30 "Large" when employees >= 500
    score engagement
      +5 "Clicked" for each email_click, up to 20 points

    stage "MQL" when total >= 65

The way out: nothing, if it is meant. Else limit the score that the facts add to, or ask for an event too:
`total >= 65 and has any event in the last 90 days`.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import name_of
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.evidence import evidence_of
    from leadline_compiler.analysis.stage_ways import fact_shortcuts

    for found in fact_shortcuts(facts.analysis):
        yield find(
            "fit-alone",
            f"{name_of(found.stage)} can be reached by facts alone, without a single event",
            found.stage.place,
            "if that is not meant, cap what the facts add, or ask for an event too",
            evidence=evidence_of(facts.analysis, found.contact),
        )
