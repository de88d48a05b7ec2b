"""A letter of a grade that no contact can be given.

The score never comes to where the row begins, or it is always above it, or another row begins so that nothing is
left.

Example:

    score fit between 0 and 50
      …
    grade fit
      "A" from 60
      "B" otherwise

The way out: the message says where the score can lie; move the row into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import bound_evidence, joined, range_within, reasons_of_points, say_range
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.tokens import quote_text

if TYPE_CHECKING:
    from leadline_compiler.analysis.bounds import Range
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.model import GradeRow


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.analysis.verdicts import grade_verdicts

    analysis = facts.analysis
    for grade, row, verdict in grade_verdicts(analysis):
        if isinstance(verdict, Impossible):
            range_ = range_within(analysis, grade.score, verdict)
            yield find(
                "unreachable-grade",
                f"no contact can be given {_named(row)}: `{grade.score or 'total'}` {_where(range_, verdict)}",
                grade.place,
                joined(
                    "move the row to where the score can be", reasons_of_points(analysis, searched=verdict.searched)
                ),
                evidence=bound_evidence(analysis, grade.score, verdict.side, range_),
            )


def _where(range_: Range, verdict: Impossible) -> str:
    """Where the score lies, or that it leaps over the row."""
    said = say_range(range_, verdict.side)
    return said if verdict.side is not None or verdict.score is None else f"{said} and never comes to lie there"


def _named(row: GradeRow) -> str:
    where = "otherwise" if row.start is None else f"from {write_points(row.start)}"
    return f"{quote_text(row.letter)} {where}"
