"""What could not be proved, the interval that is, and why.

The proofs are exact: what is reported holds for every contact, and what is said to be possible has a contact that
shows it. Where neither was found, this says so, and claims nothing. It happens where a condition hangs on what the
proofs do not see into (arithmetic between fields, averages), and where the
search over many rules is not installed (`pip install leadline[proofs]`) or was stopped: it counts its work, so that
every machine comes to the same verdict, and `leadline check --deep` searches longer.

One thing is taken for granted: that no score comes to more than 1,000,000,000,000 points, beyond which it would count
as missing wherever it is compared.

Example:

    +5 "Odd" when calls * calls < 0

The way out: nothing, mostly. A simpler condition may be decided; `assume` tells facts that help.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.shared_pairs import look_at_pairs
from leadline_compiler.checks.wording import bound_evidence, known_range, name_of, say_range
from leadline_compiler.numbers import write_points
from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.tokens import quote_text

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis

_HINT = "no contact was found that shows it, and no proof that there is none"


def check(facts: Facts) -> Iterator[Diagnostic]:
    yield from _units(facts.analysis)
    yield from _stages(facts.analysis)
    yield from _letters(facts.analysis)
    yield from _bounds(facts.analysis)
    yield from _pairs(facts.analysis)
    yield from _ways(facts.analysis)


def _ways(analysis: Analysis) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.stage_ways import left_open

    for left in left_open(analysis) if analysis.model.stages else ():
        yield find("undecided", f"it is not decided {left.what}", analysis.model.stages[0].place, left.why)


def _pairs(analysis: Analysis) -> Iterator[Diagnostic]:
    if not look_at_pairs(analysis).is_all:
        place = analysis.model.scores[0].place
        message = "the rules are too many to compare each with each: some that are alike or conflict may not be told"
        yield find("undecided", message, place, "split the model, if it is to be read by people")


def _units(analysis: Analysis) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Open
    from leadline_compiler.analysis.verdicts import searched_units

    for unit, verdict in searched_units(analysis):
        if isinstance(verdict, Open):
            message = f"it is not decided whether {name_of(unit)} holds for any contact"
            yield find("undecided", message, unit.place, verdict.why or _HINT)


def _stages(analysis: Analysis) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Open
    from leadline_compiler.analysis.verdicts import stage_verdicts

    for stage, verdict in stage_verdicts(analysis):
        if isinstance(verdict, Open):
            yield find(
                "undecided",
                "it is not decided whether any contact can be given this stage: "
                f"`total` {say_range(known_range(analysis, None))}",
                stage.place,
                verdict.why or _HINT,
                evidence=bound_evidence(analysis, None, None),
            )


def _letters(analysis: Analysis) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Open
    from leadline_compiler.analysis.verdicts import grade_verdicts

    for grade, row, verdict in grade_verdicts(analysis):
        if isinstance(verdict, Open):
            range_ = say_range(known_range(analysis, grade.score))
            yield find(
                "undecided",
                f"it is not decided whether any contact can be given {quote_text(row.letter)}: "
                f"`{grade.score or 'total'}` {range_}",
                grade.place,
                verdict.why or _HINT,
                evidence=bound_evidence(analysis, grade.score, None),
            )


def _bounds(analysis: Analysis) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Open
    from leadline_compiler.analysis.verdicts import bound_verdicts

    for bound, verdict in bound_verdicts(analysis):
        if isinstance(verdict, Open):
            side = "at most" if bound.side == "high" else "at least"
            yield find(
                "undecided",
                f"it is not decided whether any contact touches `{side} {write_points(bound.points)}`: "
                f"{bound.what} {say_range(bound.sum)} without it",
                bound.place,
                verdict.why or _HINT,
            )
