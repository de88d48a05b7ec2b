"""Which events an occurrence means, and what is aggregated from them for each contact."""

from __future__ import annotations

from sqlglot import exp

from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.expressions import (
    Sql,
    all_of,
    at_least,
    at_most,
    column,
    equal,
    flag,
    greatest,
    is_known,
    least,
    less,
    more,
    over,
    total,
    when,
    whole,
    within,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.refusals import RefusedError


def passes(index: int, build: Build) -> Sql:
    """Whether an event is one that the occurrence means."""
    from leadline_compiler.emit.sql.conditions import truth_of

    _, events, where, windows = build.plan.nodes[index]
    declared = [event.name for event in build.plan.schema.events]
    kinds = sorted(declared.index(name) for name in events)
    build.kinds.update(kinds)
    parts = [] if len(kinds) == len(declared) else [within(column("kind"), map(whole, kinds))]
    parts += [in_window(window, build, build.happened) for window in windows]
    if where is not None:
        parts.append(truth_of(where, build, build.happened))
    return all_of(parts)


def in_window(window: tuple[str, int], build: Build, frame: Frame) -> Sql:
    """Whether an event lies inside a window."""
    name, value = window
    at = column("at")
    match name:
        case "within":
            return more(at, build.before(value, frame))
        case "ago":
            return at_most(at, build.before(value, frame))
        case "within_months":
            return more(at, build.months_before(value, frame))
        case "ago_months":
            return at_most(at, build.months_before(value, frame))
        case "since":
            return at_least(at, whole(value))
        case "before":
            return less(at, whole(value))
        case _:
            return (at_least if name == "since_date" else less)(at, _date(value, build, frame))


def _date(index: int, build: Build, frame: Frame) -> Sql:
    op, *arguments = build.plan.nodes[index]
    if op == "moment":
        return whole(arguments[0])
    if op != "field":
        raise RefusedError("a window begins or ends at a date that is itself reckoned from events")
    return build.field(arguments[0], frame)


# ---- aggregates, as columns of the contact's facts


def measured(kind: str, index: int, name: str, build: Build) -> Sql:
    """The `lowest` or `highest` known value, or how many `different` ones there are."""
    value = build.property(name, build.seen)
    known = when(build.form.holds(index), value)
    match kind:
        case "lowest":
            return build.feature(least(known), kind)
        case "highest":
            return build.feature(greatest(known), kind)
        case _:
            return build.feature(exp.Count(this=exp.Distinct(expressions=[known])), kind)


def summed(index: int, name: str, build: Build) -> dict[str, Sql]:
    """The parts of the sum of the known values."""
    parts = build.dialect.event_sum(build.form.holds(index), build.property(name, build.seen))
    return {part: build.feature(aggregate, part) for part, aggregate in parts.items()}


def count_known(index: int, name: str, build: Build) -> Sql:
    """How many events have a value."""
    known = all_of([build.form.holds(index), is_known(build.property(name, build.seen))])
    return build.feature(total(flag(known)), "known")


def at_the_end(kind: str, index: int, name: str, build: Build, *, is_text: bool) -> Sql:
    """The largest value of the newest instant (`latest`) or of the oldest (`earliest`)."""
    value = build.property(name, build.seen)
    chosen = when(_is_at_the_end(kind, index, build), value)
    return build.feature(greatest(build.dialect.sortable(chosen) if is_text else chosen), kind)


def _is_at_the_end(kind: str, index: int, build: Build) -> Sql:
    """Whether an event is of the newest or the oldest instant of an occurrence."""
    edge = greatest if kind == "latest" else least
    moment = build.seen.store(over(edge(column("at")), build.form.alike(index)), kind)
    return all_of([build.form.holds(index), equal(column("at"), moment)])


def pattern_at_the_end(kind: str, index: int, name: str, build: Build) -> Sql:
    """What `matches` looks at in the value that `at_the_end` takes."""
    frame, dialect = build.seen, build.dialect
    folded, written = build.property(name, frame), build.property(name, frame, "written")
    pattern = build.property(name, frame, "pattern")
    chosen = frame.store(flag(_is_at_the_end(kind, index, build)), f"is_{kind}")
    order = [(flag(is_known(folded)), True), (dialect.sortable(folded), True), (dialect.sortable(written), True)]
    place = frame.store(over(exp.RowNumber(), [*build.form.alike(index), chosen], order), "place")
    first = all_of([equal(chosen, whole(1)), equal(place, whole(1))])
    return build.feature(greatest(when(first, pattern)), f"{kind}_pattern")


def ordered_rows(build: Build, named: tuple[str, ...]) -> list[tuple[Sql, bool]]:
    """The order in which limits take events: newest first, then by the properties named."""
    frame, dialect = build.seen, build.dialect
    order: list[tuple[Sql, bool]] = [(column("at"), True)]
    for name in named:
        value = build.property(name, frame)
        order.append((frame.store(flag(is_known(value)), "known"), True))
        order.append((_sortable(name, value, build), True))
        if len(named) > 1 and build.is_text(name):
            order.append((dialect.sortable(build.property(name, frame, "written")), True))
    return order


def _sortable(name: str, value: Sql, build: Build) -> Sql:
    return build.dialect.sortable(value) if build.is_text(name) else value
