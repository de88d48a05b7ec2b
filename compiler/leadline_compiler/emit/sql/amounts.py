"""What an amount is worth: a whole number (millionths, microseconds, 0 and 1) or a folded text; NULL is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.expressions import (
    Sql,
    between,
    choose,
    coalesce,
    column,
    equal,
    multiply,
    text,
    when,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.moments import days_between
from leadline_compiler.emit.sql.occurrences import (
    at_the_end,
    count_known,
    measured,
    pattern_at_the_end,
    summed,
)
from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND
from leadline_compiler.schema import Kind
from leadline_compiler.texts import fold, normalise_for_pattern

_TEXTS = (Kind.TEXT, Kind.CHOICE, Kind.LIST)
_SCALE = MILLION // THOUSAND


def value_of(index: int, build: Build, frame: Frame) -> Sql:
    """The amount with this index, for a row of the frame."""
    op, *arguments = build.plan.nodes[index]
    value: Sql = _VALUES[op](build, frame, *arguments)
    return value


def settled_value(index: int, build: Build, frame: Frame) -> Sql:
    """The amount as a tree that may be repeated."""
    return frame.settled(value_of(index, build, frame), "amount")


def pattern_text(index: int, build: Build, frame: Frame) -> Sql:
    """A text as `matches` looks at it."""
    op, *arguments = build.plan.nodes[index]
    match op:
        case "field":
            return build.field(arguments[0], frame, "pattern")
        case "property":
            return build.property(arguments[0], frame, "pattern")
        case "grade":
            return _letters(build, arguments[0], normalise_for_pattern)
        case "latest" | "earliest":
            return pattern_at_the_end(op, arguments[0], arguments[1], build)
        case _:
            return value_of(index, build, frame)


def score_column(score: int | None) -> str:
    """The column with the points of a score, or of the total."""
    return "points_of_total" if score is None else f"points_of_score_{score}"


def grade_column(score: int | None) -> str:
    return "letter_of_total" if score is None else f"letter_of_score_{score}"


# ---- leaves


def _number(build: Build, frame: Frame, value: int) -> Sql:
    return whole(value)


def _field(build: Build, frame: Frame, index: int) -> Sql:
    return build.field(index, frame)


def _property(build: Build, frame: Frame, name: str, type_: str) -> Sql:
    return build.property(name, frame)


def _score(build: Build, frame: Frame, score: int | None) -> Sql:
    """The points in millionths; beyond ±10**12 there are none."""
    points, largest = column(score_column(score)), LARGEST // _SCALE
    inside = between(points, whole(-largest), whole(largest))
    return multiply(build.dialect.narrow(when(inside, points)), whole(_SCALE))


def _grade(build: Build, frame: Frame, score: int | None) -> Sql:
    return _letters(build, score, fold)


def _letters(build: Build, score: int | None, change: Callable[[str], str]) -> Sql:
    """The letter of a score, changed in some way."""
    grade = next(grade for grade in build.plan.grades if grade.score == score)
    letters = dict.fromkeys([*(letter for letter, _ in grade.rows), *filter(None, [grade.otherwise])])
    name = column(grade_column(score))
    found = choose([(equal(name, text(letter)), text(change(letter))) for letter in letters])
    return build.dialect.as_text(found)


# ---- events


def _count(build: Build, frame: Frame, occurrence: int) -> Sql:
    return multiply(build.form.count(occurrence), whole(MILLION))


def _sum(build: Build, frame: Frame, occurrence: int, name: str) -> Sql:
    return build.dialect.whole_sum(summed(occurrence, name, build), frame)


def _average(build: Build, frame: Frame, occurrence: int, name: str) -> Sql:
    return build.dialect.average(summed(occurrence, name, build), count_known(occurrence, name, build), frame)


def _measure(kind: str) -> Callable[..., Sql]:
    def measure(build: Build, frame: Frame, occurrence: int, name: str, type_: str) -> Sql:
        return measured(kind, occurrence, name, build)

    return measure


def _different(build: Build, frame: Frame, occurrence: int, name: str, type_: str) -> Sql:
    return multiply(coalesce(measured("different", occurrence, name, build), whole(0)), whole(MILLION))


def _end(kind: str) -> Callable[..., Sql]:
    def end(build: Build, frame: Frame, occurrence: int, name: str, type_: str) -> Sql:
        return at_the_end(kind, occurrence, name, build, is_text=Kind(type_) in _TEXTS)

    return end


def _days(early: Sql, late: Sql, build: Build) -> Sql:
    return multiply(days_between(build.dialect, early, late), whole(MILLION))


def _days_since(build: Build, frame: Frame, date: int) -> Sql:
    return _days(value_of(date, build, frame), build.as_of(frame), build)


def _days_until(build: Build, frame: Frame, date: int) -> Sql:
    return _days(build.as_of(frame), value_of(date, build, frame), build)


def _days_since_first(build: Build, frame: Frame, occurrence: int) -> Sql:
    return _days(build.form.oldest(occurrence), build.as_of(frame), build)


def _days_since_last(build: Build, frame: Frame, occurrence: int) -> Sql:
    return _days(build.form.newest(occurrence), build.as_of(frame), build)


# ---- what is reckoned from other amounts


def _domain(build: Build, frame: Frame, of: int) -> Sql:
    return frame.store(build.dialect.domain(settled_value(of, build, frame)), "domain")


def _arithmetic(name: str) -> Callable[..., Sql]:
    def reckon(build: Build, frame: Frame, left: int, right: int) -> Sql:
        sides = settled_value(left, build, frame), settled_value(right, build, frame)
        reckoned: Sql = getattr(build.dialect, name)(*sides, frame)
        return frame.store(reckoned, "amount")

    return reckon


_VALUES: dict[str, Callable[..., Any]] = {
    "number": _number,
    "moment": _number,
    "field": _field,
    "property": _property,
    "score": _score,
    "grade": _grade,
    "count": _count,
    "sum": _sum,
    "average": _average,
    "lowest": _measure("lowest"),
    "highest": _measure("highest"),
    "different": _different,
    "latest": _end("latest"),
    "earliest": _end("earliest"),
    "days_since": _days_since,
    "days_until": _days_until,
    "days_since_first": _days_since_first,
    "days_since_last": _days_since_last,
    "domain": _domain,
    "add": _arithmetic("sum_of"),
    "subtract": _arithmetic("difference"),
    "multiply": _arithmetic("product"),
    "divide": _arithmetic("ratio"),
}
