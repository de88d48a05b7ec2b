"""ClickHouse 23 or later."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES
from leadline_compiler.emit.sql.dialects.chains import Pairs, Queries, Step, fold_steps, replacements
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import Sql, call, cast, equal, more, text, when, whole, within
from leadline_compiler.emit.sql.folding import cases
from leadline_compiler.patterns import Pattern

_DAYS = ("Date", "Date32", "Nullable(Date)", "Nullable(Date32)")
_SETTINGS = ("join_use_nulls", "prefer_column_name_to_alias")


class ClickHouse(Narrow):
    name: ClassVar[str] = "clickhouse"
    replace_name: ClassVar[str] = "replaceAll"
    part_name: ClassVar[str] = "substringUTF8"

    def quotient(self, left: Sql, right: Sql) -> Sql:
        return call("intDiv", left, right)

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def six_decimals(self, source: Sql) -> Sql:
        return call("round", cast(source, "DECIMAL(38, 9)"), whole(6))

    def micros(self, source: Sql) -> Sql:
        return call("toUnixTimestamp64Micro", call("toDateTime64", source, whole(6), text("UTC")))

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

    def domain(self, tree: Sql) -> Sql:
        last = call("arrayElement", call("splitByChar", text("@"), call("assumeNotNull", tree)), whole(-1))
        return when(more(self.position(tree, "@"), whole(0)), self.trim(last, SPACES))

    def replace_all(self, tree: Sql, pattern: Sql, by: Sql) -> Sql:
        return call("replaceRegexpAll", tree, pattern, by)

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return call("match", tree, text(write_pattern(pattern, RE2)))

    def folded(self, odd: str) -> Queries:
        lower = [*replacements(cases().many, self), _translated(cases().one), _normal]
        return fold_steps(odd, [_normal], lower, self)

    def settled(self, query: exp.Query) -> exp.Query:
        settings = [exp.EQ(this=exp.var(name), expression=whole(1)) for name in _SETTINGS]
        query.set("settings", settings)
        return query


def _translated(pairs: Pairs) -> Step:
    sources, targets = ("".join(letters) for letters in zip(*pairs, strict=True))
    return lambda tree: call("translateUTF8", tree, text(sources), text(targets))


def _normal(tree: Sql) -> Sql:
    return call("normalizeUTF8NFKC", tree)
