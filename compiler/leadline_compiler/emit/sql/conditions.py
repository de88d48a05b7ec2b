"""Conditions. A tree may come to NULL, which means that it does not hold; only a negation has to say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from leadline_compiler.emit.sql.amounts import pattern_text, value_of
from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.dialects.base import SEPARATOR
from leadline_compiler.emit.sql.expressions import (
    Sql,
    all_of,
    any_of,
    at_least,
    between,
    equal,
    flag,
    is_known,
    more,
    no,
    text,
    whole,
    within,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.patterns import Pattern, parse_pattern

_JOINED = ("and", "or")


def truth_of(index: int, build: Build, frame: Frame) -> Sql:
    """Whether the condition with this index holds, for a row of the frame."""
    known = build.form.truth(index) if frame is build.facts else None
    if known is not None:
        return known
    op, *arguments = build.plan.nodes[index]
    tree: Sql = _TRUTHS[op](build, frame, *arguments)
    if op in _JOINED and build.uses[index] > 1:
        return equal(frame.store(flag(tree), "holds"), whole(1))
    return tree


def _parts(build: Build, frame: Frame, parts: tuple[int, ...]) -> list[Sql]:
    return [truth_of(part, build, frame) for part in parts]


def _and(build: Build, frame: Frame, parts: tuple[int, ...]) -> Sql:
    return all_of(_parts(build, frame, parts))


def _or(build: Build, frame: Frame, parts: tuple[int, ...]) -> Sql:
    return any_of(_parts(build, frame, parts))


def _not(build: Build, frame: Frame, part: int) -> Sql:
    op, *arguments = build.plan.nodes[part]
    if op == "known":
        value = value_of(arguments[0], build, frame)
        return exp.Is(this=exp.Paren(this=value), expression=exp.null())
    return no(truth_of(part, build, frame))


def _yes(build: Build, frame: Frame, amount: int) -> Sql:
    return equal(value_of(amount, build, frame), whole(1))


def _above(build: Build, frame: Frame, left: int, right: int) -> Sql:
    return more(value_of(left, build, frame), value_of(right, build, frame))


def _least(build: Build, frame: Frame, left: int, right: int) -> Sql:
    return at_least(value_of(left, build, frame), value_of(right, build, frame))


def _one_of(build: Build, frame: Frame, amount: int, values: tuple[str | int | bool, ...]) -> Sql:
    possible = [value for value in values if not isinstance(value, str) or build.dialect.can_hold(value)]
    return within(value_of(amount, build, frame), map(literal, possible))


def literal(value: str | int | bool) -> Sql:
    """A value of the rules."""
    return text(value) if isinstance(value, str) else whole(int(value))


def _in_list(build: Build, frame: Frame, amount: int, index: int) -> Sql:
    return within(value_of(amount, build, frame), map(text, filter(build.dialect.can_hold, build.plan.lists[index])))


def _within(build: Build, frame: Frame, amount: int, first: int, last: int) -> Sql:
    return between(value_of(amount, build, frame), whole(first), whole(last))


def _known(build: Build, frame: Frame, amount: int) -> Sql:
    return is_known(value_of(amount, build, frame))


def _has_text(value: Sql, wanted: str, build: Build) -> Sql:
    dialect = build.dialect
    return more(dialect.position(value, wanted), whole(0)) if dialect.can_hold(wanted) else exp.false()


def _contains(build: Build, frame: Frame, amount: int, texts: tuple[str, ...]) -> Sql:
    value = value_of(amount, build, frame)
    return any_of([_has_text(value, wanted, build) for wanted in texts])


def _starts(build: Build, frame: Frame, amount: int, texts: tuple[str, ...]) -> Sql:
    value = value_of(amount, build, frame)
    return any_of([build.dialect.starts(value, wanted) for wanted in filter(build.dialect.can_hold, texts)])


def _ends(build: Build, frame: Frame, amount: int, texts: tuple[str, ...]) -> Sql:
    value = value_of(amount, build, frame)
    return any_of([build.dialect.ends(value, wanted) for wanted in filter(build.dialect.can_hold, texts)])


def _matches(build: Build, frame: Frame, amount: int, pattern: str) -> Sql:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, Pattern), "the model has no error"
    return build.dialect.matches(pattern_text(amount, build, frame), parsed)


def _included(build: Build, frame: Frame, amount: int, texts: tuple[str, ...]) -> list[Sql]:
    value = value_of(amount, build, frame)
    wanted = [f"{SEPARATOR}{item}{SEPARATOR}" for item in texts]
    return [_has_text(value, item, build) for item in wanted]


def _includes_any(build: Build, frame: Frame, amount: int, texts: tuple[str, ...]) -> Sql:
    return any_of(_included(build, frame, amount, texts))


def _includes_all(build: Build, frame: Frame, amount: int, texts: tuple[str, ...]) -> Sql:
    return all_of(_included(build, frame, amount, texts))


def _has(build: Build, frame: Frame, occurrence: int) -> Sql:
    return more(build.form.count(occurrence), whole(0))


_TRUTHS: dict[str, Callable[..., Any]] = {
    "always": lambda build, frame: exp.true(),
    "never": lambda build, frame: exp.false(),
    "and": _and,
    "or": _or,
    "not": _not,
    "yes": _yes,
    "above": _above,
    "least": _least,
    "one_of": _one_of,
    "in_list": _in_list,
    "within": _within,
    "known": _known,
    "contains": _contains,
    "starts": _starts,
    "ends": _ends,
    "matches": _matches,
    "includes_any": _includes_any,
    "includes_all": _includes_all,
    "has": _has,
}
