"""A field that nothing uses.

The data has it, the file declares it, and no score, exit or stage looks at it: either a rule was forgotten or
the line can go.

Example:

    contact
      id:      text
      country: text

with no rule that reads `country`.

The way out: leave it out, or keep it with a reason, `# allow unused-field: shown in the report` on the line above.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.unused import unused
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    yield from unused(
        facts,
        "unused-field",
        "field",
        "no rule reads the field {}",
        "leave it out, or say why it is kept: `# allow unused-field: …` above it",
    )
