"""Every way into a stage needs the points of one and the same rule.

If that rule stops firing (a form is renamed, a field is no longer filled in), nobody is given the stage any more, and
nothing says so.

Example:

    score s
      +40 "Asked for a demo" when has form_submit where form is "demo"
      +20 "Large" when employees >= 500
      +10 "Clicked" when has email_click
      +5 "Opened" when has email_open
      +5 "Came back" when count of page_view >= 3

    stage "SQL" when total >= 50

The way out: nothing, if it is meant; keep an eye on the data that the rule reads. Else give others a way: more points
for other rules, or a lower number.

Of a stage to which fewer than five rules add this is not told. In models with more than 500 rules it is looked for with
`leadline check --deep` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import listed, name_of
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.tokens import quote_text

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.ways import Single


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.stage_ways import needed_rules

    for stage, singles in groupby(needed_rules(facts.analysis), key=lambda one: one.stage):
        found = list(singles)
        names = listed([_said(one, len(found)) for one in found])
        yield find(
            "single-point",
            f"every way into {name_of(stage)} needs the points of {names}",
            stage.place,
            "if its data fails, nobody is given the stage: give others a way, or keep an eye on it",
            related=[Label("every way needs this", one.rule.place.span, one.rule.place.file) for one in found[:3]],
        )


def _said(one: Single, several: int) -> str:
    """The rule's name, and how far the score comes without its points."""
    name = quote_text(one.rule.name)
    if one.without is None:
        return name
    if several > 1:
        return f"{name} (without them {write_points(one.without)} at most)"
    return f"{name}: without them `{one.score or 'total'}` is at most {write_points(one.without)}"
