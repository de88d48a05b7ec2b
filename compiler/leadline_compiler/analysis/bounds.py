"""The least and the most that rules, groups, scores and the total can be worth, worked out without search.

The bounds are sound: no contact lies outside. They are not always reached, since rules that exclude each other over
several attributes are taken to hold together; those that speak of one attribute are added up value by value, exactly.
Points are thousandths; None is no end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import count_in
from leadline_compiler.analysis.cells import Cell, cells_of, cube_of, holds_in, literals_of, only_attribute
from leadline_compiler.analysis.formulas import Formula, disj, negate
from leadline_compiler.analysis.questions import Asking
from leadline_compiler.analysis.sets import Constraint, Key
from leadline_compiler.analysis.space import EventSet, Scope
from leadline_compiler.analysis.spans import FAR
from leadline_compiler.analysis.units import fires, row_formula
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.decays import decayed
from leadline_compiler.numbers import THOUSAND, round_half_away
from leadline_compiler.schema import Kind
from leadline_compiler.zones import EARLIEST


class Range(NamedTuple):
    """The least and the most, in thousandths; None is no end."""

    low: int | None
    high: int | None

    def plus(self, other: Range) -> Range:
        return Range(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
        )

    def clamped(self, bounds: m.Bounds) -> Range:
        """What bounds make of it."""
        low = bounds.low if self.low is None else bounds.clamp(self.low)
        high = bounds.high if self.high is None else bounds.clamp(self.high)
        return Range(low, high)


ZERO = Range(0, 0)


@dataclass(frozen=True, slots=True)
class RuleRange:
    """What a rule alone can be worth."""

    rule: m.Rule
    range: Range


@dataclass(frozen=True, slots=True)
class GroupRange:
    """What a group's rules can add up to, and what its bounds leave of it."""

    group: m.Group
    rules: tuple[RuleRange, ...]
    sum: Range
    range: Range


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """`sum` is what the groups can add up to and the decay leave of it, `range` that within the score's bounds."""

    score: m.Score
    groups: tuple[GroupRange, ...]
    sum: Range
    range: Range


@dataclass(frozen=True, slots=True)
class ModelRange:
    """`sum` is that of the weighted scores, `total` that within the total's bounds."""

    scores: tuple[ScoreRange, ...]
    sum: Range
    total: Range

    def of(self, score: str | None) -> Range:
        """The range of a score, or of the total."""
        if score is None:
            return self.total
        return next(one.range for one in self.scores if one.score.name == score)


def ranges_of(model: m.Model, asking: Asking) -> ModelRange:
    """The ranges of a model's scores and of its total."""
    return _model(model.total, tuple(_score(score, asking) for score in model.scores))


def ranges_without(ranges: ModelRange, model: m.Model, rule: m.Rule, asking: Asking) -> ModelRange:
    """The ranges of a model without one of its rules; only what lies around the rule is worked out anew."""
    return _model(model.total, tuple(_score_without(one, rule, asking) for one in ranges.scores))


def _score_without(score: ScoreRange, rule: m.Rule, asking: Asking) -> ScoreRange:
    groups = tuple(_group_without(group, rule, asking) for group in score.groups)
    return score if groups == score.groups else _sum_of_groups(score.score, groups, asking)


def _group_without(group: GroupRange, rule: m.Rule, asking: Asking) -> GroupRange:
    rules = tuple(one for one in group.rules if one.rule is not rule)
    return group if len(rules) == len(group.rules) else _sum_of_rules(group.group, rules, asking)


def _model(total: m.Total, scores: tuple[ScoreRange, ...]) -> ModelRange:
    return ModelRange(scores, *total_of(total, {one.score.name: one.range for one in scores}))


def total_of(total: m.Total, ranges: Mapping[str, Range]) -> tuple[Range, Range]:
    """The sum of the weighted scores, which lie in these ranges, and what the total's bounds leave of it."""
    summed = ZERO
    for term in total.terms:
        summed = summed.plus(_weighted(ranges[term.score], term.weight))
    return summed, summed.clamped(total.bounds)


def _weighted(one: Range, weight: int) -> Range:
    low, high = (None if end is None else round_half_away(end * weight, THOUSAND) for end in one)
    if weight == 0:
        return ZERO
    return Range(low, high) if weight > 0 else Range(high, low)


def _score(score: m.Score, asking: Asking) -> ScoreRange:
    return _sum_of_groups(score, tuple(_group(group, asking) for group in score.groups), asking)


def _sum_of_groups(score: m.Score, groups: tuple[GroupRange, ...], asking: Asking) -> ScoreRange:
    summed = ZERO
    # Groups without bounds add up like one, so that what excludes each other is seen across them.
    for one in groups:
        if one.group.bounds != m.OPEN:
            summed = summed.plus(one.range)
    open_groups = [one for one in groups if one.group.bounds == m.OPEN]
    if len(open_groups) == 1:
        summed = summed.plus(open_groups[0].sum)
    else:
        summed = summed.plus(sum_of([rule for one in open_groups for rule in one.rules], asking))
    if score.decay is not None:
        # It shrinks towards 0, by nothing or by all.
        summed = Range(
            summed.low if summed.low is None else min(0, summed.low),
            summed.high if summed.high is None else max(0, summed.high),
        )
    return ScoreRange(score, groups, summed, summed.clamped(score.bounds))


def _group(group: m.Group, asking: Asking) -> GroupRange:
    return _sum_of_rules(group, tuple(RuleRange(rule, rule_range(rule, asking)) for rule in group.rules), asking)


def _sum_of_rules(group: m.Group, rules: tuple[RuleRange, ...], asking: Asking) -> GroupRange:
    summed = sum_of(rules, asking)
    return GroupRange(group, rules, summed, summed.clamped(group.bounds))


def sum_of(rules: Sequence[RuleRange], asking: Asking) -> Range:
    """What rules can add up to; those that speak of one attribute alone are added up in each of its cells."""
    clusters: defaultdict[tuple[Key, bool], list[RuleRange]] = defaultdict(list)
    summed = ZERO
    for one in rules:
        key = only_attribute(formula for formula, _ in _prices(one.rule, asking)) if one.range != ZERO else None
        if key is None:
            summed = summed.plus(one.range)
        else:
            clusters[key].append(one)
    for (spoken, _), cluster in clusters.items():
        summed = summed.plus(_sum_in_cells(spoken, cluster, asking))
    return summed


def _prices(rule: m.Rule, asking: Asking) -> list[tuple[Formula, int]]:
    """When a rule is worth what, where that hangs on conditions alone; nothing for what is priced by events."""
    # By identity: the resolver keeps the bodies of rules that did not change. The body is kept with its prices.
    key = ("prices", id(rule.body), rule.points)
    kept: tuple[m.Body, list[tuple[Formula, int]]] | None = asking.space.memo.get(key)
    if kept is None:
        kept = asking.space.memo[key] = rule.body, _work_out_prices(rule, Scope(asking.space))
    return kept[1]


def _work_out_prices(rule: m.Rule, scope: Scope) -> list[tuple[Formula, int]]:
    match rule.body:
        case m.When():
            return [(fires(rule.body, scope), rule.points)]
        case m.Table(amount, rows):
            return [(row_formula(amount, row, rows, scope), row.points) for row in rows]
        case _:
            return []


def _sum_in_cells(key: Key, cluster: list[RuleRange], asking: Asking) -> Range:
    prices = [price for one in cluster for price in _prices(one.rule, asking)]
    constraints = [literal.constraint for formula, _ in prices for literal in literals_of(formula)]
    if len(cluster) == 1:
        return cluster[0].range
    # Cells are cut by the assumptions too, so that each is allowed or not as a whole.
    constraints += [cube[key] for cube in asking.assumed if key in cube]
    sums = [
        sum(points for formula, points in prices if holds_in(formula, cell))
        for cell in cells_of(constraints)
        if _is_possible(key, cell, constraints[0], asking)
    ]
    return Range(min(sums), max(sums)) if sums else ZERO


def _is_possible(key: Key, cell: Cell, like: Constraint, asking: Asking) -> bool:
    """Whether the assumptions leave something of a cell."""
    if not any(key in cube for cube in asking.assumed):
        return True
    return not asking.nothing_in(asking.assumed, asking.ways_of(({key: cube_of(cell, like)},)))


# ---- a rule alone


def rule_range(rule: m.Rule, asking: Asking) -> Range:
    """What a rule can be worth to a contact."""
    match rule.body:
        case m.When():
            question = asking.about(fires(rule.body, Scope(asking.space)))
            return _either(rule.points, 0, asking.never(question), asking.always(question))
        case m.Table():
            return _table(rule.body, asking)
        case m.Each():
            return _each(rule, rule.body, asking)
        case m.Every():
            question = asking.about(fires(rule.body, Scope(asking.space)))
            return ZERO if asking.never(question) else _unlimited(rule.points, rule.body.up_to)


def _either(points: int, otherwise: int, never: bool, always: bool) -> Range:
    ends = [points] * (not never) + [otherwise] * (not always)
    return Range(min(ends), max(ends)) if ends else ZERO


def _table(table: m.Table, asking: Asking) -> Range:
    scope = Scope(asking.space)
    formulas = [row_formula(table.amount, row, table.rows, scope) for row in table.rows]
    ends = [
        row.points for row, formula in zip(table.rows, formulas, strict=True) if not asking.never(asking.about(formula))
    ]
    if not asking.never(asking.about(negate(disj(formulas)))):
        ends.append(0)
    return Range(min(ends), max(ends)) if ends else ZERO


def _unlimited(points: int, up_to: int | None) -> Range:
    if points == 0 or up_to == 0:
        return ZERO
    return Range(0, up_to) if points > 0 else Range(None if up_to is None else -up_to, 0)


def _each(rule: m.Rule, body: m.Each, asking: Asking) -> Range:
    scope = Scope(asking.space)
    if asking.never(asking.about(fires(body, scope))):
        return ZERO
    events = events_of(body.occurrence, scope)
    points = rule.points
    if body.decay is not None:
        points = decayed(points, body.decay, max(0, asking.space.as_of - events.last))
    times = most_times(body, events, asking)
    if times is None:
        return _unlimited(points, body.up_to)
    most = points * times
    if body.up_to is not None:
        most = max(-body.up_to, min(body.up_to, most))
    return Range(min(0, most), max(0, most))


def most_times(body: m.Each, events: EventSet, asking: Asking) -> int | None:
    """How many events can count at most; None where there is no end."""
    ends = [end for limit in body.times if (end := _times_of(limit, events, asking)) is not None]
    assumed = _most_events(events, asking)
    if assumed is not None:
        ends.append(max(0, assumed - body.after_first))
    return min(ends, default=None)


def _times_of(limit: m.TimesLimit, events: EventSet, asking: Asking) -> int | None:
    if limit.per == "all":
        return limit.times
    if limit.per == "day":
        if events.first <= EARLIEST:
            return None
        zone = asking.space.schema.zone
        return limit.times * ((zone.day(events.last) - zone.day(events.first)).days + 1)
    values = 0
    for name in events.types:
        prop = asking.space.events[name].property_named(limit.property or "")
        if prop is None or prop.type.kind not in (Kind.YES_NO, Kind.CHOICE):
            return None
        values += 1 + max(2, len(prop.type.choices))
    return limit.times * values


_MOST_ASSUMED = 1_000_000


def _most_events(events: EventSet, asking: Asking) -> int | None:
    """How many events of a set the assumptions allow; None where they set no end."""
    if asking.assumed == ({},):
        return None
    scope = Scope(asking.space)

    def possible(count: int) -> bool:
        return not asking.never(asking.about(count_in(events, ((count, FAR),), scope)))

    low, high = 0, 1
    while possible(high):
        low, high = high, high * 2
        if high > _MOST_ASSUMED:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if possible(middle) else (low, middle)
    return low
