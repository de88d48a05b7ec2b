"""Spark SQL 3.5 or later, and Databricks, which speaks it too."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES
from leadline_compiler.emit.sql.dialects.chains import Queries, case_folded, fold_steps, without_normal_forms
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import JAVA, write_pattern
from leadline_compiler.emit.sql.expressions import Sql, call, cast, equal, more, text, when, whole
from leadline_compiler.patterns import Pattern


class Spark(Narrow):
    name: ClassVar[str] = "spark"
    notes: ClassVar[tuple[str, ...]] = (
        "The session needs: SET spark.sql.session.timeZone = UTC; SET spark.sql.variable.substitute = false.",
    )

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def micros(self, source: Sql) -> Sql:
        return call("UNIX_MICROS", cast(source, "TIMESTAMP"))

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("TYPEOF", source), text("date"))

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("OCTET_LENGTH", tree), call("CHAR_LENGTH", tree))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("INSTR", tree, text(wanted))

    def domain(self, tree: Sql) -> Sql:
        last = call("SUBSTRING_INDEX", tree, text("@"), whole(-1))
        return when(more(self.position(tree, "@"), whole(0)), self.trim(last, SPACES))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return exp.RegexpLike(this=tree, expression=text(write_pattern(pattern, JAVA)))

    def folded(self, odd: str) -> Queries:
        return fold_steps(odd, list(without_normal_forms(self)), list(case_folded(self)), self)


class Databricks(Spark):
    name: ClassVar[str] = "databricks"
    notes: ClassVar[tuple[str, ...]] = ("The session needs: SET TIME ZONE 'UTC'.",)
