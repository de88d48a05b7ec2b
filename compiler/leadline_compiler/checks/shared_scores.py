"""What the checks of exits and stages ask of scores, and how they give it as a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts
from leadline_compiler.checks.wording import listed, reasons, reasons_of_points, say_range

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit

_WHOLE = 1000


def asking_by_scores(analysis: Analysis, units: Sequence[Unit]) -> Asking:
    """Questions about units, by what the scores can be worth where several of them ask for scores."""
    from leadline_compiler.analysis.cells import literals_of
    from leadline_compiler.analysis.score_asking import asking_of_scores

    asked = {str(one.key.name) for unit in units for one in literals_of(unit.formula) if one.key.kind == "score"}
    return asking_of_scores(analysis) if len(asked) > 1 else analysis.asking


def reasons_by_scores(facts: Facts, units: Sequence[Unit], proves: Callable[[Asking], bool]) -> list[str]:
    """What a proof about exits and stages rests on: what the scores can be worth, where it is not proved without."""
    analysis = facts.analysis
    if proves(analysis.asking):
        return reasons(facts, units, proves)
    return [_say_total(analysis), *reasons_of_points(analysis, *units)]


def _say_total(analysis: Analysis) -> str:
    terms = analysis.model.total.terms
    if len(terms) == 1 and terms[0].weight == _WHOLE:
        return f"`total` is `{terms[0].score}` alone"
    worths = [f"`{term.score}` {say_range(analysis.ranges.of(term.score))}" for term in terms]
    return f"of what `total` is made of, {listed(worths)}"
