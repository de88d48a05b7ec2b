"""What a rule gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any

from leadline_compiler import model as m
from leadline_compiler.contacts import Event, Value
from leadline_compiler.decays import decayed
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.occurrences import matching
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View
from leadline_compiler.outcome import (
    CountedEvent,
    Detail,
    EachDetail,
    EveryDetail,
    RuleOutcome,
    TableDetail,
    UncountedEvent,
    WhenDetail,
)
from leadline_compiler.texts import fold
from leadline_compiler.values import newest_first


def judge(rule: m.Rule, score: str, group: str | None, view: View) -> RuleOutcome:
    """The outcome of a rule for a contact."""
    fired, points, times, detail = _BODIES[type(rule.body)](rule.points, rule.body, view)
    return RuleOutcome(rule, score, group, fired, points, times, detail)


_Judgement = tuple[bool, int, int, Detail]


def _when(points: int, body: m.When, view: View) -> _Judgement:
    met = holds(body.condition, view)
    return met, points if met else 0, 1, WhenDetail(met)


def _bound(points: int, up_to: int | None) -> int:
    return points if up_to is None else max(-up_to, min(up_to, points))


def _each(points: int, body: m.Each, view: View) -> _Judgement:
    named = [limit.property for limit in body.times if limit.property is not None]
    events = newest_first(matching(body.occurrence, view), named)
    broken = [_broken(limit, events, view) for limit in body.times]
    first = range(max(0, len(events) - body.after_first), len(events))
    counted, uncounted = [], []
    for index, event in enumerate(events):
        limits = tuple(limit for limit, left_out in zip(body.times, broken, strict=True) if index in left_out)
        if limits or index in first:
            uncounted.append(UncountedEvent(event, limits, index in first))
        else:
            worth = points if body.decay is None else decayed(points, body.decay, view.as_of - event.at)
            counted.append(CountedEvent(event, worth))
    earned = sum(item.points for item in counted)
    detail = EachDetail(tuple(counted), tuple(uncounted), points * len(counted), earned)
    return bool(counted), _bound(earned, body.up_to), len(counted), detail


def _broken(limit: m.TimesLimit, events: list[Event], view: View) -> frozenset[int]:
    """The indexes of the events beyond the first N that a limit keeps, of all that match."""
    kept: Counter[Hashable] = Counter()
    broken = set()
    for index, event in enumerate(events):
        key = _key(limit, event, view)
        kept[key] += 1
        if kept[key] > limit.times:
            broken.add(index)
    return frozenset(broken)


def _key(limit: m.TimesLimit, event: Event, view: View) -> Hashable:
    if limit.per == "day":
        return view.zone.day(event.at)
    value = event.values.get(limit.property) if limit.property is not None else None
    if isinstance(value, tuple):
        return tuple(map(fold, value))
    return fold(value) if isinstance(value, str) else value


def _every(points: int, body: m.Every, view: View) -> _Judgement:
    value = value_of(body.amount, view)
    steps = max(0, value // body.step) if isinstance(value, int) else 0
    earned = steps * points
    return steps > 0, _bound(earned, body.up_to), 1, EveryDetail(value, steps, earned)


def _table(points: int, body: m.Table, view: View) -> _Judgement:
    value = value_of(body.amount, view)
    row = find_row(body, value)
    return row is not None, row.points if row is not None else 0, 1, TableDetail(value, row)


def find_row(table: m.Table, value: Value) -> m.Row | None:
    """The row that takes a value; `otherwise` takes what no other does, missing too."""
    wanted = fold(value) if isinstance(value, str) else value
    fallback = None
    for row in table.rows:
        if row.otherwise:
            fallback = row
        elif row.missing if value is None else any(_takes(item, wanted) for item in row.values):
            return row
    return fallback


def _takes(item: m.RowValue, value: Value) -> bool:
    if isinstance(item, m.NumberRange):
        return isinstance(value, int) and item.takes(value)
    return item == value


_BODIES: dict[type, Callable[[int, Any, View], _Judgement]] = {
    m.When: _when,
    m.Each: _each,
    m.Every: _every,
    m.Table: _table,
}
