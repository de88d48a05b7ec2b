"""ClickHouse 23 or later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.chains import Pairs, Step, folded_by
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import (
    Sql,
    aliased,
    call,
    cast,
    choose,
    coalesce,
    column,
    equal,
    select,
    text,
    whole,
    within,
)
from leadline_compiler.emit.sql.folding import cases
from leadline_compiler.patterns import Pattern

_DAYS = ("Date", "Date32", "Nullable(Date)", "Nullable(Date32)")
_SETTINGS = {
    "join_use_nulls": 1,
    "prefer_column_name_to_alias": 1,
    "max_ast_elements": 10**7,
    "max_expanded_ast_elements": 10**7,
    "max_subquery_depth": 10**4,
    "query_plan_max_optimizations_to_apply": 10**7,
}
"""Joins that find nothing give NULL, as everywhere else; and limits for queries of many rules."""


class ClickHouse(Narrow):
    name: ClassVar[str] = "clickhouse"
    is_run: ClassVar[bool] = True
    tells_case: ClassVar[bool] = True
    # Steps are written into all that reads them, and to plan that takes far longer than to fold a text twice.
    folds_in_rows: ClassVar[bool] = True
    replace_name: ClassVar[str] = "replaceAll"
    part_name: ClassVar[str] = "substringUTF8"
    notes: ClassVar[tuple[str, ...]] = (
        "ClickHouse 23.8 or later. For a query of more than 256 KiB: SET max_query_size = 100000000.",
    )

    def quotient(self, left: Sql, right: Sql) -> Sql:
        return call("intDiv", left, right)

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def six_decimals(self, source: Sql) -> Sql:
        return call("round", cast(source, "DECIMAL(38, 9)"), whole(6))

    def micros(self, source: Sql) -> Sql:
        return _micros_in(source, "UTC")

    def midnight(self, source: Sql, zone: str) -> Sql | None:
        return _micros_in(source, zone)

    def is_day(self, source: Sql) -> Sql | None:
        return within(call("toTypeName", source), map(text, _DAYS))

    def now(self) -> Sql:
        return call("toUnixTimestamp64Micro", call("now64", whole(6)))

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("length", tree), call("lengthUTF8", tree))

    def lower(self, tree: Sql) -> Sql:
        return call("lower", tree)

    def trim(self, tree: Sql, letters: str) -> Sql:
        edges = text(f"^[{letters}]+|[{letters}]+$")
        return call("nullIf", call("replaceRegexpAll", tree, edges, text("")), text(""))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("positionUTF8", tree, text(wanted))

    def ends(self, tree: Sql, wanted: str) -> Sql:
        return call("endsWith", tree, text(wanted))

    def after_last(self, tree: Sql, letter: str) -> Sql:
        return call("arrayElement", call("splitByChar", text(letter), call("assumeNotNull", tree)), whole(-1))

    def rows(self, names: Sequence[str], rows: Sequence[Sequence[int]]) -> exp.Query:
        # A value in parentheses would be no tuple.
        listed = exp.Array(expressions=[call("tuple", *map(_long, row)) for row in rows])
        one = select([aliased(call("arrayJoin", listed), "given")], None)
        items = [
            aliased(call("tupleElement", column("given"), whole(place)), name) for place, name in enumerate(names, 1)
        ]
        return select(items, one.subquery("listed"))

    def exploded(self, rows: Sequence[tuple[Sql, Sequence[Sql]]]) -> Sql | None:
        nothing = call("emptyArrayInt64")
        listed = [
            (condition, exp.Array(expressions=[coalesce(item, whole(-1)) for item in items]))
            for condition, items in rows
        ]
        return call("nullIf", call("arrayJoin", choose(listed, nothing)), whole(-1))

    def replace_all(self, tree: Sql, pattern: Sql, by: Sql) -> Sql:
        return call("replaceRegexpAll", tree, pattern, by)

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return call("match", tree, text(write_pattern(pattern, RE2)))

    def folded_in_row(self, tree: Sql) -> tuple[Sql, Sql]:
        lower = [_spelled_out(cases().many), _translated(cases().one), _normal]
        return folded_by(tree, [_normal], lower, self)

    def write(self, tree: Sql) -> str:
        return super().write(_with_names(tree))

    def settled(self, query: exp.Query) -> exp.Query:
        _with_names(query)
        settings = [exp.EQ(this=exp.var(name), expression=whole(value)) for name, value in _SETTINGS.items()]
        query.set("settings", settings)
        return query


def _with_names(tree: Sql) -> Sql:
    for part in tree.find_all(exp.Select):
        part.set("expressions", list(map(_named, part.expressions)))
    return tree


def _named(tree: Sql) -> Sql:
    """A column under its own name: of two tables' columns it would else be named together with its table."""
    is_qualified = isinstance(tree, exp.Column) and tree.table and not isinstance(tree.this, exp.Star)
    return aliased(tree, tree.name) if is_qualified else tree


def _micros_in(source: Sql, zone: str) -> Sql:
    """A column of moments in microseconds; the zone matters for bare days alone."""
    return call("toUnixTimestamp64Micro", call("toDateTime64", source, whole(6), text(zone)))


def _spelled_out(pairs: Pairs) -> Step:
    """Each letter that stands for several by these."""
    letter = exp.to_identifier("letter")
    sources, targets = (exp.Array(expressions=list(map(text, letters))) for letters in zip(*pairs, strict=True))
    change = exp.Lambda(this=call("transform", letter, sources, targets, letter), expressions=[letter])
    return lambda tree: call("arrayStringConcat", call("arrayMap", change, call("extractAll", tree, text("(?s)."))))


def _translated(pairs: Pairs) -> Step:
    sources, targets = ("".join(letters) for letters in zip(*pairs, strict=True))
    return lambda tree: call("translateUTF8", tree, text(sources), text(targets))


def _normal(tree: Sql) -> Sql:
    return call("normalizeUTF8NFKC", tree)


def _long(value: int) -> Sql:
    """A whole number that is of 64 bits, whatever its size."""
    return call("toInt64", whole(value))


def _array(items: Sequence[Sql]) -> Sql:
    return exp.Array(expressions=[coalesce(item, whole(-1)) for item in items])
