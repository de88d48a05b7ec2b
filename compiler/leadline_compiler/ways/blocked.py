"""What keeps everybody out of a stage, in the words of the checks."""

from __future__ import annotations

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.reach import Impossible
from leadline_compiler.analysis.verdicts import stage_verdicts
from leadline_compiler.checks.facts import find
from leadline_compiler.checks.never_holds import say_never
from leadline_compiler.checks.unreachable_stage import tell_blocked
from leadline_dsl.diagnostics import Diagnostic


def find_blocked(analysis: Analysis, stage: str) -> Diagnostic | None:
    """Why nobody can be given a stage, with the bound or the exits in the way; None where that is not proved."""
    unit = next(unit for unit in analysis.units if unit.kind == "stage" and unit.name == stage)
    if analysis.asking.never(analysis.question(unit)):
        return find("never-holds", say_never(analysis.asking, unit), unit.place, "change the condition of the stage")
    verdict = dict(stage_verdicts(analysis))[unit]
    return tell_blocked(analysis, unit, verdict) if isinstance(verdict, Impossible) else None
