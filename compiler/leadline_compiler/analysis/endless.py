"""Scores without an upper end: the rules that pay for each event, and that nothing can hold back."""

from __future__ import annotations

from leadline_compiler import model as m
from leadline_compiler.analysis.bounds import RuleRange, ScoreRange
from leadline_compiler.analysis.events import columns_of
from leadline_compiler.analysis.formulas import Cube, TooManyError
from leadline_compiler.analysis.questions import Asking
from leadline_compiler.analysis.sets import Key, Texts
from leadline_compiler.analysis.space import Column, Scope
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.schema import EventType, Kind


def endless_rules(score: ScoreRange, asking: Asking) -> tuple[RuleRange, ...]:
    """The rules of a score that alone make it grow without end.

    Each has a kind of event that pays again and again and that no rule without end takes points for.
    """
    if score.range.high is not None or asking.space.sees_too_much:
        return ()
    rules = [(one, group.range) for group in score.groups for one in group.rules]
    taking = [one.rule.body for one, group in rules if one.range.low is None and group.low is None]
    if any(not isinstance(body, m.Each) for body in taking):
        return ()
    each = [body for body in taking if isinstance(body, m.Each)]
    return tuple(
        one for one, group in rules if group.high is None and one.range.high is None and _grows(one.rule, each, asking)
    )


def _grows(rule: m.Rule, taking: list[m.Each], asking: Asking) -> bool:
    if isinstance(rule.body, m.Every):
        return not taking
    if not isinstance(rule.body, m.Each) or any(limit.per == "day" for limit in rule.body.times):
        return False
    scope = Scope(asking.space)
    numbers = tuple(asking.space.number_of(events_of(body.occurrence, scope)) for body in (rule.body, *taking))
    try:
        columns = [
            column for type_ in rule.body.occurrence.events for column in columns_of(asking.space, type_, numbers)
        ]
    except TooManyError:
        return False
    named = [limit.property for limit in rule.body.times if limit.property is not None]
    return any(column.mask == 1 and _repeats(column, named, asking) for column in columns)


def _repeats(column: Column, named: list[str], asking: Asking) -> bool:
    """Whether such events can surely be, as many as one likes, with as many values of these properties."""
    event = asking.space.events[column.type]
    return any(
        not any(key.kind in ("free", "amount") for key in cube) and _varies(event, cube, named) for cube in column.cubes
    )


def _varies(event: EventType, cube: Cube, named: list[str]) -> bool:
    """Whether these properties can have as many values as there are events."""
    for name in named:
        prop = event.property_named(name)
        if prop is None or prop.type.kind is not Kind.TEXT or not _is_open(cube, name):
            return False
    return True


def _is_open(cube: Cube, name: str) -> bool:
    constraint = cube.get(Key("property", name))
    return constraint is None or (
        isinstance(constraint, Texts) and all(atom.kind in ("contains", "starts", "known") for atom in constraint.yes)
    )
