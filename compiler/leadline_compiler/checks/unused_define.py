"""A `define` that nothing uses.

It costs nothing, but a reader has to find out that it does not matter, and may think that it does.

Example:

    define executive = role is one of "CEO", "CMO"

with no rule, stage or other define that says `executive`.

The way out: leave it out, or use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.unused import unused
from leadline_dsl.diagnostics import Diagnostic


def check(facts: Facts) -> Iterator[Diagnostic]:
    yield from unused(
        facts,
        "unused-define",
        "define",
        "nothing uses the define {}",
        "leave it out, or use it in a condition",
    )
