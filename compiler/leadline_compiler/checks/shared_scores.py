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
    from leadline_compiler.analysis.score_asking import asking_of_scores

    return asking_of_scores(analysis) if len(_asked(units)) > 1 else analysis.asking


def _asked(units: Sequence[Unit]) -> set[str]:
    """The scores that units ask for; the total is the empty name."""
    from leadline_compiler.analysis.cells import literals_of

    return {str(one.key.name) for unit in units for one in literals_of(unit.formula) if one.key.kind == "score"}


def reasons_by_scores(facts: Facts, units: Sequence[Unit], proves: Callable[[Asking], bool]) -> list[str]:
    """What a proof about exits and stages rests on: what the scores can be worth, where it is not proved without."""
    analysis = facts.analysis
    if proves(analysis.asking):
        return reasons(facts, units, proves)
    return [_say_scores(analysis, _asked(units)), *reasons_of_points(analysis, *units)]


def _say_scores(analysis: Analysis, asked: set[str]) -> str:
    """What the scores are worth that are asked for, and those that the total is made of where it is."""
    terms = analysis.model.total.terms
    if len(terms) == 1 and terms[0].weight == _WHOLE and asked == {"", terms[0].score}:
        return f"`total` is `{terms[0].score}` alone"
    names = asked | {term.score for term in terms} if "" in asked else asked
    worths = [f"`{one.score.name}` {say_range(one.range)}" for one in analysis.ranges.scores if one.score.name in names]
    return f"it follows from what scores can be worth: {listed(worths)}"
