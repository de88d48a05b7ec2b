"""An event that nothing uses.

New forms and pages are easily overlooked: the event is declared, and no rule gives it a price.

Example:

    events
      webinar_joined

with no rule that looks at `webinar_joined` or at `any event`.

The way out: give it a rule, or leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.unused import unused
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    yield from unused(
        facts,
        "unused-event",
        "event",
        "no rule looks at the event {}",
        "leave it out, or give it a rule",
    )
