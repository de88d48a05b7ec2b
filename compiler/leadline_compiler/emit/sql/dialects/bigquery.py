"""BigQuery, in GoogleSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES
from leadline_compiler.emit.sql.dialects.chains import fold_steps
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    call,
    cast,
    column,
    equal,
    multiply,
    select,
    text,
    whole,
)
from leadline_compiler.patterns import Pattern


class BigQuery(Narrow):
    name: ClassVar[str] = "bigquery"

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def six_decimals(self, source: Sql) -> Sql:
        return call("ROUND", cast(source, "BIGNUMERIC"), whole(6))

    def points(self, thousandths: Sql) -> Sql:
        return multiply(cast(thousandths, "NUMERIC"), cast(text("0.001"), "NUMERIC"))

    def micros(self, source: Sql) -> Sql:
        return call("UNIX_MICROS", call("TIMESTAMP", source))

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("LENGTH", self.as_text(source)), whole(len("YYYY-MM-DD")))

    def moment_of(self, written: Sql) -> Sql:
        return self.micros(written)

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("BYTE_LENGTH", tree), call("CHAR_LENGTH", tree))

    def domain(self, tree: Sql) -> Sql:
        return self.trim(call("REGEXP_EXTRACT", tree, text("@([^@]*)$")), SPACES)

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return call("REGEXP_CONTAINS", tree, text(write_pattern(pattern, RE2)))

    def folded(self, odd: str) -> list[NamedQuery]:
        return fold_steps(odd, [_normal], [_case_folded], self)

    def rows(self, names: Sequence[str], rows: Sequence[Sequence[int]]) -> exp.Query:
        first = exp.Struct(
            expressions=[aliased(whole(value), name) for name, value in zip(names, rows[0], strict=True)]
        )
        others = [exp.Tuple(expressions=list(map(whole, row))) for row in rows[1:]]
        return select(
            [column(name) for name in names], exp.Unnest(expressions=[exp.Array(expressions=[first, *others])])
        )


def _normal(tree: Sql) -> Sql:
    return call("NORMALIZE", tree, exp.var("NFKC"))


def _case_folded(tree: Sql) -> Sql:
    return call("NORMALIZE_AND_CASEFOLD", tree, exp.var("NFKC"))
