"""Every way into a stage needs the points of one and the same rule.

If that rule stops firing (a form is renamed, a field is no longer filled in), nobody is given the stage any more, and
nothing says so.

Example:

    score s
      +40 "Asked for a demo" when has form_submit where form is "demo"
      +20 "Large" when employees >= 500
      +10 "Clicked" when has email_click

    stage "SQL" when total >= 50

The way out: nothing, if it is meant; keep an eye on the data that the rule reads. Else give others a way: more points
for other rules, or a lower number.

In models with more than 500 rules this is looked for with `leadline check --deep` only.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import name_of
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.tokens import quote_text


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.stage_ways import needed_rules

    for found in needed_rules(facts.analysis):
        without = ""
        if found.without is not None:
            without = f": without them `{found.score or 'total'}` is at most {write_points(found.without)}"
        yield find(
            "single-point",
            f"every way into {name_of(found.stage)} needs the points of {quote_text(found.rule.name)}{without}",
            found.stage.place,
            "if its data fails, nobody is given the stage: give others a way, or keep an eye on it",
            related=[Label("every way needs this", found.rule.place.span, found.rule.place.file)],
        )
