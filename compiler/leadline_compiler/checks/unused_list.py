"""A `list` that nothing uses.

A list of free mail domains that no rule looks at gives a false sense of safety.

Example:

    list competitors = "rival.com"

with no rule or exit that says `is in competitors`.

The way out: leave it out, or test against it: `disqualify "Competitor" when domain of email is in competitors`.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.unused import unused
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    yield from unused(
        facts,
        "unused-list",
        "list",
        "nothing uses the list {}",
        "leave it out, or write `… is in NAME`",
    )
