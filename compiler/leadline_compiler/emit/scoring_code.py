"""Code that gives points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline_compiler.emit.writer import Writer
from leadline_compiler.plan.plan import (
    DecayTable,
    EachBody,
    EveryBody,
    PlanGroup,
    PlanRow,
    PlanRule,
    TableBody,
    WhenBody,
)


def write_score(writer: Writer, index: int, all_groups: list[tuple[PlanGroup, list[PlanRule]]]) -> None:
    """Statements for a score with its groups and their rules."""
    shared, block, score = writer.shared, writer.block, writer.plan.scores[index]
    writer.comment(f"score {score.name}")
    groups = []
    for group, rules in all_groups:
        name = shared.namer.name("group", score.name, group.name)
        points = writer.language.total([_write_rule(writer, rule) for rule in rules])
        groups.append(block.define(name, writer.clamped(points, group.low, group.high)))
    points = writer.language.total(groups) if len(groups) != 1 else groups[0]
    if score.decay is not None and score.without is not None:
        found = block.value(score.without)
        points = shared.call("decayed_score", points, _decay(writer, score.decay), found, writer.language.name("now"))
    name = shared.namer.name("score", score.name)
    block.scores[index] = block.define(name, writer.clamped(points, score.low, score.high))


def _decay(writer: Writer, decay: DecayTable) -> str:
    whole = writer.language.whole
    numbers = whole(decay.step), whole(decay.percent), whole(decay.days)
    return writer.shared.constant("decay", writer.language.make("Decay", writer.language.text(decay.kind), *numbers))


def _write_rule(writer: Writer, rule: PlanRule) -> str:
    language, plan = writer.language, writer.plan
    group = plan.groups[rule.group].name
    names = [language.text(rule.name), language.text(plan.scores[rule.score].name)]
    named = language.sequence([*names, writer.optional_text(group), language.whole(rule.line)])
    function, arguments = _BODIES[type(rule.body)](writer, rule.body)
    points = [] if isinstance(rule.body, TableBody) else [language.whole(rule.points)]
    return writer.shared.call(function, language.name("fired"), named, *points, *arguments)


def _when(writer: Writer, body: WhenBody) -> tuple[str, list[str]]:
    return "when", [writer.block.value(body.condition)]


def _each(writer: Writer, body: EachBody) -> tuple[str, list[str]]:
    shared, language = writer.shared, writer.language
    events = writer.block.value(body.occurrence)
    many = language.whole(body.after_first)
    if body.times:
        limits = language.sequence(
            language.sequence(
                [
                    language.whole(limit.times),
                    language.text(limit.per),
                    writer.optional_text(limit.property),
                ]
            )
            for limit in body.times
        )
        if body.after_first:
            events = shared.call("limited_but_the_first", events, limits, many, "ZONE")
        else:
            events = shared.call("limited", events, limits, "ZONE")
    elif body.after_first:
        events = shared.call("but_the_first", events, many)
    if body.decay is not None:
        return "for_each_decayed", [
            events,
            _decay(writer, body.decay),
            language.name("now"),
            writer.bound(body.up_to),
        ]
    return "for_each", [events] if body.up_to is None else [events, language.whole(body.up_to)]


def _every(writer: Writer, body: EveryBody) -> tuple[str, list[str]]:
    arguments = [writer.language.whole(body.step), writer.block.value(body.amount)]
    return "for_every", arguments if body.up_to is None else [*arguments, writer.language.whole(body.up_to)]


def _table(writer: Writer, body: TableBody) -> tuple[str, list[str]]:
    language = writer.language
    rows = [_row(writer, row) for row in body.rows if not row.otherwise]
    otherwise = next((row.points for row in body.rows if row.otherwise), None)
    name = writer.shared.constant("rows", language.sequence(rows))
    return "by_row", [writer.block.value(body.amount), name, writer.bound(otherwise)]


def _row(writer: Writer, row: PlanRow) -> str:
    language = writer.language
    ranges = (language.sequence([writer.bound(low), writer.bound(high)]) for low, high in row.ranges)
    parts = [writer.shared.values(row.values), language.sequence(ranges), language.truth(row.missing)]
    return language.sequence([language.whole(row.points), *parts])


_BODIES: dict[type, Callable[[Writer, Any], tuple[str, list[str]]]] = {
    WhenBody: _when,
    EachBody: _each,
    EveryBody: _every,
    TableBody: _table,
}
