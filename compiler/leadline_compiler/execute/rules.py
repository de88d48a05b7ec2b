"""Rules of a plan as functions of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from leadline_compiler.contacts import Event
from leadline_compiler.decays import left_after
from leadline_compiler.execute.run import Evaluate, Run
from leadline_compiler.model import Decay
from leadline_compiler.plan import plan as p
from leadline_compiler.texts import fold
from leadline_compiler.values import newest_first
from leadline_compiler.zones import Duration, Unit

Judge: TypeAlias = Callable[[Run], tuple[int, int] | None]
"""The points of a rule and how often it counted; None where it did not fire."""


def build_rule(rule: p.PlanRule, nodes: Sequence[Evaluate]) -> Judge:
    """A rule as a function of a run."""
    return _BODIES[type(rule.body)](rule.points, rule.body, nodes)


def _when(points: int, body: p.WhenBody, nodes: Sequence[Evaluate]) -> Judge:
    condition, result = nodes[body.condition], (points, 1)
    return lambda run: result if condition(run) else None


def _bound(points: int, up_to: int | None) -> int:
    return points if up_to is None else max(-up_to, min(up_to, points))


def _each(points: int, body: p.EachBody, nodes: Sequence[Evaluate]) -> Judge:
    events, value = nodes[body.occurrence], build_decay(body.decay)

    def judge(run: Run) -> tuple[int, int] | None:
        counted = _counted(events(run), body, run)
        if not counted:
            return None
        earned = sum(value(points, run.as_of - event.at) for event in counted)
        return _bound(earned, body.up_to), len(counted)

    return judge


def _counted(events: Sequence[Event], body: p.EachBody, run: Run) -> Sequence[Event]:
    """The events that every limit lets count."""
    if not body.times and not body.after_first:
        return events
    ordered = newest_first(events, [limit.property for limit in body.times if limit.property is not None])
    left = set(range(max(0, len(ordered) - body.after_first)))
    for limit in body.times:
        left -= _beyond(ordered, limit, run)
    return [ordered[index] for index in sorted(left)]


def _beyond(events: Sequence[Event], limit: p.TimesLimit, run: Run) -> set[int]:
    kept: Counter[Hashable] = Counter()
    beyond = set()
    for index, event in enumerate(events):
        key = _key(limit, event, run)
        kept[key] += 1
        if kept[key] > limit.times:
            beyond.add(index)
    return beyond


def _key(limit: p.TimesLimit, event: Event, run: Run) -> Hashable:
    if limit.per == "day":
        return run.zone.day(event.at)
    value = event.values.get(limit.property) if limit.property is not None else None
    if isinstance(value, tuple):
        return tuple(map(fold, value))
    return fold(value) if isinstance(value, str) else value


Decaying: TypeAlias = Callable[[int, int], int]
"""What is left of points (thousandths) at an age in microseconds."""


def build_decay(table: p.DecayTable | None) -> Decaying:
    """What is left of points (thousandths) at an age in microseconds."""
    if table is None:
        return lambda points, age: points
    decay, step = read_decay(table), table.step
    return lambda points, age: left_after(points, decay, age // step)


def read_decay(table: p.DecayTable) -> Decay:
    """A plan's decay as the model has it."""
    if table.kind == "fading":
        return Decay("fading", Duration(table.days, Unit.DAYS))
    minutes = Duration(table.step // Duration(1, Unit.MINUTES).length, Unit.MINUTES)
    return Decay(table.kind, minutes, Fraction(table.percent, 10**6))


def _every(points: int, body: p.EveryBody, nodes: Sequence[Evaluate]) -> Judge:
    amount = nodes[body.amount]

    def judge(run: Run) -> tuple[int, int] | None:
        value = amount(run)
        steps = 0 if value is None else value // body.step
        return (_bound(steps * points, body.up_to), 1) if steps > 0 else None

    return judge


def _table(points: int, body: p.TableBody, nodes: Sequence[Evaluate]) -> Judge:
    amount, look_up = nodes[body.amount], build_table(body)
    return lambda run: look_up(amount(run))


def build_table(body: p.TableBody) -> Callable[[Any], tuple[int, int] | None]:
    """The points of the row that takes a value, with 1; None where no row does."""
    values = {(type(value), value): (row.points, 1) for row in body.rows for value in row.values}
    ranges = [(low, high, (row.points, 1)) for row in body.rows for low, high in row.ranges]
    otherwise = next(((row.points, 1) for row in body.rows if row.otherwise), None)
    missing = next(((row.points, 1) for row in body.rows if row.missing), otherwise)

    def look_up(value: Any) -> tuple[int, int] | None:
        if value is None:
            return missing
        if isinstance(value, str | bool):
            return values.get((type(value), fold(value) if isinstance(value, str) else value), otherwise)
        for low, high, found in ranges:
            if (low is None or value >= low) and (high is None or value <= high):
                return found
        return otherwise

    return look_up


_BODIES: dict[type, Callable[[int, Any, Sequence[Evaluate]], Judge]] = {
    p.WhenBody: _when,
    p.EachBody: _each,
    p.EveryBody: _every,
    p.TableBody: _table,
}
