"""How the logic checks name things, and the reasons that all their findings share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from leadline_compiler.checks.facts import Facts
from leadline_compiler.conditions import Ago, Before, DateAmount, Since, Within
from leadline_compiler.model import Each, Rule
from leadline_compiler.numbers import write_points
from leadline_compiler.result import points_value
from leadline_dsl.diagnostics import Label
from leadline_dsl.tokens import quote_text
from leadline_dsl.walk import walk

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.bounds import Range, RuleRange
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.analysis.units import Unit

_LONGEST = 70
_MOST_LOOKED_AT = 4


def name_of(unit: Unit) -> str:
    """The rule's name in quotes; for others what they are before it: `stage "MQL"`."""
    if unit.row is not None:
        return f"row `{shorten(unit.row.text)}` of {quote_text(unit.name)}"
    return quote_text(unit.name) if unit.rule is not None else f"{unit.kind} {quote_text(unit.name)}"


def signed(points: int) -> str:
    """Thousandths as the margin has them: `+5`, `-2.5`."""
    return f"{'+' if points >= 0 else ''}{write_points(points)}"


def shorten(text: str) -> str:
    """A piece of the rules on one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def quoted(text: str) -> str:
    return f"`{shorten(text)}`"


def listed(items: Sequence[str], most: int = 3, last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`, `a, b, c and 4 more`; or another word before the `last` one."""
    shown = [*items[:most], *([f"{len(items) - most} more"] if len(items) > most else [])]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def label_of(unit: Unit, message: str) -> Label:
    return Label(message, unit.place.span, unit.place.file)


def reasons(facts: Facts, units: Iterable[Unit], proves: Callable[[Asking], bool]) -> list[str]:
    """What a proof rests on beside the rules: assumptions, and the day where dates or months are spoken of."""
    said = [f"it follows from `assume {shorten(one.text)}`" for one in facts.analysis.asking.needed(proves)]
    if any(speaks_of_dates(_body(unit)) for unit in islice(units, _MOST_LOOKED_AT)):
        said.append(_as_of(facts.analysis))
    return said


def reasons_of_points(analysis: Analysis, *units: Unit, searched: bool = True) -> list[str]:
    """What a proof by all rules, and of these units, rests on: assumptions, and the day, where another has other
    points."""
    matters = searched or analysis.assumptions_matter
    assumed = [quoted(f"assume {one.text}") for one in analysis.asking.assumptions if matters]
    said = [f"it takes {listed(assumed)} for granted"] if assumed else []
    bodies = [*map(_body, units), *(rule.body for rule in analysis.model.rules)]
    if any(speaks_of_dates(body) or _counts_days(body) for body in bodies):
        said.append(_as_of(analysis))
    return said


def _as_of(analysis: Analysis) -> str:
    """The day of a proof, or its instant, if that is not the day's end."""
    zone, as_of = analysis.model.zone, analysis.as_of
    day = zone.day(as_of)
    if as_of == zone.last_microsecond(day):
        return f"it is so as of {day.isoformat()}"
    return f"it is so as of {zone.wall(as_of).replace(tzinfo=None).isoformat()}"


def _counts_days(body: Any) -> bool:
    """Whether it depends on the time of day how many calendar days a window touches, each of which counts by itself."""
    if not isinstance(body, Each) or not body.occurrence.windows:
        return False
    return any(limit.per == "day" for limit in body.times)


def _body(unit: Unit) -> Any:
    return unit.rule.body if isinstance(unit.rule, Rule) else unit.condition


def speaks_of_dates(body: Any) -> bool:
    """Whether days or calendar months take part, so that another as-of may change what is proved."""
    for node, _ in walk(body):
        match node:
            case DateAmount():
                return True
            case Within(duration) | Ago(duration) if not duration.is_fixed:
                return True
            case Since(moment) | Before(moment) if isinstance(moment, int):
                return True
    return False


def joined(*hints: str | list[str]) -> str:
    """Hints as one help text."""
    flat = [hint for item in hints for hint in ([item] if isinstance(item, str) else item) if hint]
    return "; ".join(flat)


def say_range(range_: Range, side: str | None = None) -> str:
    """`is at most 75`, `is at least -10`, `lies between -10 and 75`: the side that matters, where one does."""
    low, high = range_
    if high is not None and (side == "high" or low is None):
        return f"is at most {write_points(high)}"
    if low is not None and (side == "low" or high is None):
        return f"is at least {write_points(low)}"
    if low is None or high is None:
        return "has no end on either side"
    return (
        f"is always {write_points(low)}"
        if low == high
        else f"lies between {write_points(low)} and {write_points(high)}"
    )


def range_within(analysis: Analysis, score: str | None, verdict: Impossible) -> Range:
    """The range of a score, or of the total, with the end that a search told."""
    range_ = analysis.ranges.of(score)
    if verdict.bound is None:
        return range_
    return range_._replace(high=verdict.bound) if verdict.side == "high" else range_._replace(low=verdict.bound)


def known_range(analysis: Analysis, score: str | None) -> Range:
    """The range of a score, or of the total, as far as a search that was not finished narrowed it too."""
    range_ = analysis.ranges.of(score)
    low, high = (analysis.prover.extreme_of(score, up).bound for up in (False, True))
    lows = [one for one in (low, range_.low) if one is not None]
    highs = [one for one in (high, range_.high) if one is not None]
    return range_._replace(low=max(lows, default=None), high=min(highs, default=None))


def bound_evidence(
    analysis: Analysis, score: str | None, side: str | None, range_: Range | None = None
) -> dict[str, Any]:
    """The rules that make up the least or the most of a score, or of the total, which may be known better by now."""
    scores = [one for one in analysis.ranges.scores if score is None or one.score.name == score]
    rules = [rule for one in scores for group in one.groups for rule in group.rules]
    return rules_evidence(rules, analysis.ranges.of(score) if range_ is None else range_, side)


def rules_evidence(rules: Iterable[RuleRange], range_: Range, side: str | None) -> dict[str, Any]:
    """A bound as a table: what each rule alone can add to it at most, or take at most."""
    is_least = side == "low"
    ends = [(one.rule.name, one.range.low if is_least else one.range.high) for one in rules]
    table = [{"rule": name, "points": None if end is None else points_value(end)} for name, end in ends if end != 0]
    end = range_.low if is_least else range_.high
    return {"bound": {"least" if is_least else "most": None if end is None else points_value(end), "rules": table}}
