"""BigQuery (GoogleSQL)."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES
from leadline_compiler.emit.sql.dialects.chains import Queries, fold_steps
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import Sql, call, cast, equal, multiply, text, whole
from leadline_compiler.patterns import Pattern


class BigQuery(Narrow):
    name: ClassVar[str] = "bigquery"
    notes: ClassVar[tuple[str, ...]] = ("A DATE column is read as midnight in UTC, whatever the model's zone.",)

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def six_decimals(self, source: Sql) -> Sql:
        return call("ROUND", cast(source, "BIGNUMERIC"), whole(6))

    def micros(self, source: Sql) -> Sql:
        return call("UNIX_MICROS", cast(source, "TIMESTAMPTZ"))

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("BYTE_LENGTH", tree), call("CHAR_LENGTH", tree))

    def domain(self, tree: Sql) -> Sql:
        return self.trim(call("REGEXP_EXTRACT", tree, text("@([^@]*)$")), SPACES)

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return call("REGEXP_CONTAINS", tree, text(write_pattern(pattern, RE2)))

    def folded(self, odd: str) -> Queries:
        return fold_steps(odd, [_normal], [_folded], self)

    def points(self, thousandths: Sql) -> Sql:
        return multiply(cast(thousandths, "BIGNUMERIC"), cast(text("0.001"), "BIGNUMERIC"))


def _normal(tree: Sql) -> Sql:
    return call("NORMALIZE", tree, exp.var("NFKC"))


def _folded(tree: Sql) -> Sql:
    return call("NORMALIZE_AND_CASEFOLD", tree, exp.var("NFKC"))
