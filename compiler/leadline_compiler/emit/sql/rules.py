"""What a rule gives, in whole thousandths, and how often it counted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from leadline_compiler.emit.sql.amounts import settled_value
from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.conditions import literal, truth_of
from leadline_compiler.emit.sql.decays import worth_after
from leadline_compiler.emit.sql.expressions import (
    Sql,
    all_of,
    any_of,
    at_least,
    at_most,
    between,
    choose,
    coalesce,
    column,
    flag,
    is_null,
    less,
    more,
    multiply,
    over,
    subtract,
    total,
    whole,
    within,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.moments import local_day
from leadline_compiler.emit.sql.occurrences import ordered_rows
from leadline_compiler.emit.sql.sizes import most_points
from leadline_compiler.plan.plan import EachBody, EveryBody, PlanRow, PlanRule, TableBody, TimesLimit, WhenBody

NARROW = 10**15
"""Points up to this size can be added up and weighed in 64 bits."""


@dataclass(frozen=True, slots=True)
class Worth:
    """A rule's points, and how many events counted (1 for a rule that counts none); 0 where it did not fire."""

    points: Sql
    times: Sql


def store_worth(index: int, build: Build, points: str, times: str | None) -> None:
    """Stores a rule's points, and how often it counted, as columns of the contact with these names."""
    rule = build.plan.rules[index]
    worth, most = worth_of(rule, build, build.facts), most_points(build.plan, rule)
    build.dialect.check_size(most)
    sized = build.dialect.wide if most > NARROW else build.dialect.narrow
    build.facts.store_as(sized(worth.points), points)
    if times is not None:
        build.facts.store_as(worth.times, times)


def worth_of(rule: PlanRule, build: Build, frame: Frame) -> Worth:
    """What a rule is worth for a row of the frame; `for each` needs that of the facts."""
    match rule.body:
        case WhenBody(condition=condition):
            holds = truth_of(condition, build, frame)
            return Worth(choose([(holds, whole(rule.points))], whole(0)), flag(holds))
        case EachBody():
            return _each(rule, rule.body, build)
        case EveryBody():
            return _every(rule, rule.body, build, frame)
        case TableBody():
            return _table(rule.body, build, frame)


def clamped(tree: Sql, low: int | None, high: int | None) -> Sql:
    """A column within bounds."""
    rows = [(less(tree, whole(low)), whole(low))] if low is not None else []
    rows += [(more(tree, whole(high)), whole(high))] if high is not None else []
    return choose(rows, tree) if rows else tree


def _table(body: TableBody, build: Build, frame: Frame) -> Worth:
    value = settled_value(body.amount, build, frame)
    rows = [(_takes(row, value), row.points) for row in body.rows if not row.otherwise]
    rest = next((row.points for row in body.rows if row.otherwise), None)
    points = choose([(condition, whole(points)) for condition, points in rows], whole(rest or 0))
    fired = whole(1) if rest is not None else flag(any_of([condition for condition, _ in rows]))
    return Worth(points, fired)


def _takes(row: PlanRow, value: Sql) -> Sql:
    parts = [is_null(value)] if row.missing else []
    if row.values:
        parts.append(within(value, map(literal, row.values)))
    for low, high in row.ranges:
        if low is not None and high is not None:
            parts.append(between(value, whole(low), whole(high)))
        elif low is not None:
            parts.append(at_least(value, whole(low)))
        elif high is not None:
            parts.append(at_most(value, whole(high)))
    return any_of(parts)


def _every(rule: PlanRule, body: EveryBody, build: Build, frame: Frame) -> Worth:
    dialect, step = build.dialect, whole(body.step)
    value = settled_value(body.amount, build, frame)
    steps = dialect.quotient(value, step)
    is_wide = most_points(build.plan, rule) > NARROW
    earned = multiply(dialect.wide(steps) if is_wide else steps, whole(rule.points))
    rows: list[tuple[Sql, Sql]] = []
    if body.up_to is not None and rule.points:
        last = -(-body.up_to // abs(rule.points))
        capped = whole(body.up_to if rule.points > 0 else -body.up_to)
        rows.append((at_least(value, whole(last * body.step)), capped))
    rows.append((at_least(value, step), earned))
    return Worth(choose(rows, whole(0)), flag(at_least(value, step)))


# ---- for each


def _each(rule: PlanRule, body: EachBody, build: Build) -> Worth:
    counts = _counts(body, build)
    worth: Sql = whole(rule.points)
    if body.decay is not None:
        age = subtract(build.as_of(build.seen), column("at"))
        steps = build.seen.store(build.dialect.quotient(age, whole(body.decay.step)), "age")
        worth = worth_after(rule.points, body.decay, steps, build.dialect)
    times = coalesce(build.feature(total(flag(counts)), "times"), whole(0))
    if body.decay is None:
        earned = multiply(times, worth)
    else:
        earned = coalesce(build.feature(total(choose([(counts, worth)], whole(0))), "earned"), whole(0))
    if body.up_to is not None:
        settled = build.facts.settled(earned, "earned")
        return Worth(clamped(settled, -body.up_to, body.up_to), times)
    return Worth(earned, times)


def _counts(body: EachBody, build: Build) -> Sql:
    """Whether an event counts: the occurrence means it, and no limit leaves it out."""
    parts = [build.form.holds(body.occurrence)]
    if not body.times and not body.after_first:
        return parts[0]
    named = tuple(limit.property for limit in body.times if limit.property is not None)
    order = ordered_rows(build, tuple(dict.fromkeys(named)))
    if len(body.times) + bool(body.after_first) > 1:
        # Where all else is equal every limit must take the events in the same order, whichever that is.
        order.append((_number(order, build), False))
    same = build.form.alike(body.occurrence)
    for limit in body.times:
        place = build.seen.store(over(exp.RowNumber(), [*same, *_of(limit, build)], order), "place")
        parts.append(at_most(place, whole(limit.times)))
    if body.after_first:
        place = build.seen.store(over(exp.RowNumber(), same, order), "place")
        many = build.seen.store(over(exp.Count(this=exp.Star()), same), "many")
        parts.append(at_most(place, subtract(many, whole(body.after_first))))
    return all_of(parts)


def _number(order: list[tuple[Sql, bool]], build: Build) -> Sql:
    return build.seen.store(over(exp.RowNumber(), [column("contact")], order[:1]), "number")


def _of(limit: TimesLimit, build: Build) -> list[Sql]:
    """Among which events a limit counts: of the day, of the value of the property, or all."""
    if limit.per == "day":
        return [build.seen.store(local_day(build.dialect, build.zone, column("at"), build.until), "day")]
    return [] if limit.property is None else [build.property(limit.property, build.seen)]
