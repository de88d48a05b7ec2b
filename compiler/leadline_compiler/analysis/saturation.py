"""Rules that never change what their group or score is clamped to, as far as rules that hold together tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.bounds import GroupRange, RuleRange
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.verdicts import Bound, bounds_of
from leadline_compiler.model import OPEN

_MOST_RULES = 200
"""Rules of one group that are compared with each other."""


Saturated: TypeAlias = tuple[Unit, Bound, tuple[Unit, ...]]


@lru_cache(maxsize=2)
def saturated_units(analysis: Analysis) -> tuple[Saturated, ...]:
    """Units that are never seen behind a bound, with the bound and the units that fill it whenever they hold."""
    return tuple(_saturated_units(analysis))


def _saturated_units(analysis: Analysis) -> Iterator[Saturated]:
    for bound in bounds_of(analysis):
        score = next((one for one in analysis.ranges.scores if one.score.name == bound.score), None)
        if score is None or len(bound.rules) > _MOST_RULES:
            continue
        # Behind a decay or the clamp of a group the sum is no longer one of rules.
        if bound.group is None and (score.score.decay is not None or _clamps(score.groups)):
            continue
        yield from _behind(analysis, bound)


def _clamps(groups: tuple[GroupRange, ...]) -> bool:
    return any(group.group.bounds != OPEN for group in groups)


def _behind(analysis: Analysis, bound: Bound) -> Iterator[Saturated]:
    rules = {id(one.rule): one for one in bound.rules}
    units = [unit for unit in analysis.units if id(unit.rule) in rules and unit.points]
    sign = 1 if bound.side == "high" else -1
    for unit in units:
        question = analysis.question(unit)
        if unit.points * sign <= 0 or analysis.asking.never(question):
            continue
        always = {
            id(other.rule): other
            for other in units
            if other.rule is not unit.rule
            and other.points * sign > 0
            and other.kind in ("when", "row")
            and analysis.asking.implies(question, analysis.question(other))
        }
        rest = [one for key, one in rules.items() if key != id(unit.rule) and key not in always]
        taken = [_worst(one, sign) for one in rest]
        if None in taken:
            continue
        least = sum(other.points for other in always.values()) + sum(points or 0 for points in taken)
        if (least - bound.points) * sign >= 0:
            yield unit, bound, tuple(always.values())


def _worst(one: RuleRange, sign: int) -> int | None:
    """What a rule can take away from the side that is filled; None where there is no end."""
    return one.range.low if sign > 0 else one.range.high
