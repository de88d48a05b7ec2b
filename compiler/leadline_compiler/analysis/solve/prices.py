"""What rules are worth, as formulas and sets of events: the plan of a constraint model, without a solver.

Points are thousandths. Each event that counts is worth what its age leaves of the points; the ages are cut into
slots, the newest first, and a rule's points are a sum over sets of events that reach from the as-of back to the end
of a slot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import lies_in
from leadline_compiler.analysis.bounds import RuleRange
from leadline_compiler.analysis.constants import plain
from leadline_compiler.analysis.formulas import FALSE, Formula
from leadline_compiler.analysis.sets import Ranges
from leadline_compiler.analysis.size import is_too_large
from leadline_compiler.analysis.solve.facts import literals_in
from leadline_compiler.analysis.space import EventSet, Scope
from leadline_compiler.analysis.spans import FAR
from leadline_compiler.analysis.units import fires, row_formula
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.decays import left_after, steps_of
from leadline_compiler.zones import DAY

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis

FINE_SLOTS = 40
COARSE_SLOTS = 16
"""Ages of events that are told apart for one rule; more are taken together, and their points are a range."""
_FINE_SLOTS_OF_ALL = 100
"""The same for all rules of a model together, where they are so few that this is more for each."""
_MOST_LEVELS = 48
"""Steps of a `for every` that are told apart."""
LEAST_ENOUGH = 1_000_000
"""Points (thousandths) that are always told apart."""
MOST_ENOUGH = 10**11


@dataclass(frozen=True, slots=True)
class Ways:
    """The points of the formula that holds, of which never two do; else nothing."""

    ways: tuple[tuple[Formula, int], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Events down to an age, and what the points are worth there: the most and the least of those ages."""

    events: EventSet
    most: int
    least: int


@dataclass(frozen=True, slots=True)
class PerLimit:
    """So many events count for each value of a property, or for each day where it is None."""

    times: int
    property: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Points for each event that counts.

    `slots` reach back one farther than the other. No more than `limit` events count, and `after_first` of the oldest
    do not. `each` are the limits per day or per value. `up_to` bounds the size of the sum.
    """

    slots: tuple[Slot, ...]
    limit: int | None
    after_first: int
    each: tuple[PerLimit, ...]
    up_to: int | None


@dataclass(frozen=True, slots=True)
class Between:
    """Some points, of which nothing is known but their ends, where the formula holds; else nothing."""

    formula: Formula
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Leveled:
    """Points for each step that an amount has reached: `levels` holds (step, formula that it is reached).

    The steps between two levels are not told apart.
    """

    points: int
    levels: tuple[tuple[int, Formula], ...]
    up_to: int | None


Price: TypeAlias = Ways | Counted | Between | Leveled


@dataclass(frozen=True, slots=True)
class Detail:
    """`enough`: points beyond which nothing in the model can tell two sums apart. `slots`: ages of events that are told
    apart for one rule."""

    enough: int
    slots: int


def detail_of(analysis: Analysis, fine: bool) -> Detail:
    """How closely the rules of a model are looked at; `fine` tells many ages of events apart."""
    bodies = (rule.body for rule in analysis.model.rules)
    decaying = sum(isinstance(body, m.Each) and body.decay is not None for body in bodies)
    slots = max(FINE_SLOTS, _FINE_SLOTS_OF_ALL // max(1, decaying)) if fine else COARSE_SLOTS
    return Detail(enough_points(analysis), slots)


def price_of(rule: m.Rule, known: RuleRange, detail: Detail, scope: Scope) -> Price:
    """The price of a rule."""
    match rule.body:
        case m.When():
            return Ways(((fires(rule.body, scope), rule.points),))
        case m.Table(amount, rows):
            return Ways(tuple((row_formula(amount, row, rows, scope), row.points) for row in rows))
        case m.Each():
            return _counted(rule, rule.body, detail.slots, scope)
        case m.Every():
            return _leveled(rule, rule.body, known, detail.enough, scope)


# ---- for each


def _counted(rule: m.Rule, body: m.Each, most: int, scope: Scope) -> Price:
    if is_too_large(body, scope.space.memo):
        end = FAR if body.up_to is None else body.up_to
        return Between(fires(body, scope), min(0, rule.points) and -end, max(0, rule.points) and end)
    events = events_of(body.occurrence, scope)
    limits = [limit.times for limit in body.times if limit.per == "all"]
    each = tuple(PerLimit(limit.times, limit.property) for limit in body.times if limit.per != "all")
    if any(limit.times == 0 for limit in body.times):
        return Ways(((FALSE, 0),))
    slots = slots_of(rule.points, body.decay, events, most, scope)
    if body.after_first and slots[-1].events != events:
        # The oldest events do not count, and they may be so old that they are worth nothing anyway.
        slots.append(Slot(events, 0, 0))
    return Counted(tuple(slots), min(limits, default=None), body.after_first, each, body.up_to)


def slots_of(points: int, decay: m.Decay | None, events: EventSet, most: int, scope: Scope) -> list[Slot]:
    """The slots of events whose points decay; one where they do not."""
    if decay is None or events.first > events.last:
        return [Slot(events, points, points)]
    worths = _worths(points, decay, events, scope.space.as_of)
    several = -(-len(worths) // most)
    slots = []
    for start in range(0, len(worths), several):
        part = worths[start : start + several]
        slots.append(Slot(events._replace(first=max(events.first, part[-1][0])), part[0][1], part[-1][2]))
    return slots


_MOST_WORTHS = 4_096


def _worths(points: int, decay: m.Decay, events: EventSet, as_of: int) -> list[tuple[int, int, int]]:
    """For each slot its first moment and the most and the least that the points are worth in it, the newest first.

    They end where nothing is left; what lies beyond the last that is looked at is taken together.
    """
    unit = DAY if decay.kind == "fading" else decay.every.length
    step, oldest = steps_of(decay, max(0, as_of - events.last)), steps_of(decay, as_of - events.first)
    last = left_after(points, decay, oldest)
    worths: list[tuple[int, int, int]] = []
    while step <= oldest:
        worth, first = left_after(points, decay, step), as_of - (step + 1) * unit + 1
        if worth == last or len(worths) == _MOST_WORTHS:
            # From here on nothing changes any more, or no more is looked at.
            return [*worths, (events.first, worth, last)] if worth or not worths else worths
        if worths and worths[-1][1] == worth:
            worths[-1] = (first, worth, worth)
        else:
            worths.append((first, worth, worth))
        step += 1
    return worths


# ---- for every


def _leveled(rule: m.Rule, body: m.Every, known: RuleRange, enough: int, scope: Scope) -> Price:
    if is_too_large(body, scope.space.memo):
        low, high = known.range
        return Between(fires(body, scope), -enough if low is None else low, enough if high is None else high)
    most = -(-(enough if body.up_to is None else body.up_to) // max(1, abs(rule.points)))
    steps = list(range(1, min(most, _MOST_LEVELS) + 1))
    while steps and steps[-1] < most:
        steps.append(min(most, steps[-1] * 2))
    amount = plain(body.amount)
    levels = tuple((step, lies_in(amount, ((body.step * step, FAR),), scope)) for step in steps)
    return Leveled(rule.points, levels, body.up_to)


def formulas_of(price: Price) -> Iterable[Formula]:
    """The formulas that a price hangs on."""
    match price:
        case Ways(ways):
            return [formula for formula, _ in ways]
        case Leveled():
            return [formula for _, formula in price.levels]
        case Between(formula):
            return [formula]
        case _:
            return []


def enough_points(analysis: Analysis) -> int:
    """Points that are more than anything in the model can tell from more: all that is limited and all that is asked."""
    ends = [
        abs(end)
        for score in analysis.ranges.scores
        for group in score.groups
        for rule in group.rules
        for end in rule.range
        if end is not None
    ]
    asked = [
        abs(end)
        for literal in literals_in(unit.formula for unit in analysis.units)
        if literal.key.kind == "score" and isinstance(literal.constraint, Ranges)
        for span in literal.constraint.spans
        for end in span
        if abs(end) < MOST_ENOUGH
    ]
    owners = [bounds for score in analysis.model.scores for bounds in (score.bounds, *(g.bounds for g in score.groups))]
    bounds = [abs(end) for one in owners for end in (one.low, one.high) if end is not None]
    letters_ = [abs(row.start) for grade in analysis.model.grades for row in grade.rows if row.start is not None]
    return min(MOST_ENOUGH, 2 * (sum(ends) + max([LEAST_ENOUGH, *asked, *bounds, *letters_])))
