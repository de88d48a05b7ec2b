"""A score has no upper end: a rule pays for each event, and nothing limits it.

That may be meant: a very busy contact then stands far above all others. But one kind of event, repeated, outweighs
everything else, and a number such as `total >= 65` says less than it seems.

Example:

    score engagement
      +3 "Clicked" for each email_click

The way out: nothing, if it is meant. Else limit the rule (`up to 15 points`, `at most 5 times`), its group or the
score (`at most 50`).
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import listed
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.tokens import quote_text


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.endless import endless_rules

    for score in facts.analysis.ranges.scores:
        rules = endless_rules(score, facts.analysis.asking)
        if rules:
            names = listed([quote_text(one.rule.name) for one in rules])
            pays = "pays" if len(rules) == 1 else "pay"
            yield find(
                "no-maximum",
                f"`{score.score.name}` has no upper end: {names} {pays} as often as it happens",
                score.score.place,
                "if one thing repeated must not outweigh all others, add `up to N points`, or `at most N` to the score",
                related=[Label("this has no limit", one.rule.place.span, one.rule.place.file) for one in rules[:3]],
            )
