"""Snowflake."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES, Dialect
from leadline_compiler.emit.sql.dialects.chains import Queries, case_folded, fold_steps, without_normal_forms
from leadline_compiler.emit.sql.dialects.regex import SNOWFLAKE, has_lines, write_pattern
from leadline_compiler.emit.sql.expressions import (
    Sql,
    call,
    cast,
    equal,
    more,
    subtract,
    text,
    when,
    whole,
)
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.patterns import Pattern


class Snowflake(Dialect):
    name: ClassVar[str] = "snowflake"
    most_whole: ClassVar[int] = 10**30
    notes: ClassVar[tuple[str, ...]] = ("A DATE column is read as midnight in UTC, whatever the model's zone.",)

    def quotient(self, left: Sql, right: Sql) -> Sql:
        """Division keeps six decimals and rounds them: only what leaves no rest comes out exactly."""
        whole_part = exp.Paren(this=subtract(left, call("MOD", left, right)))
        return exp.Paren(this=exp.Div(this=whole_part, expression=exp.Paren(this=right)))

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "DECIMAL(38, 0)")

    def micros(self, source: Sql) -> Sql:
        return call("DATE_PART", exp.var("EPOCH_MICROSECOND"), source)

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("OCTET_LENGTH", tree), call("LENGTH", tree))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("POSITION", text(wanted), tree)

    def domain(self, tree: Sql) -> Sql:
        last = call("SPLIT_PART", tree, text("@"), whole(-1))
        return when(more(self.position(tree, "@"), whole(0)), self.trim(last, SPACES))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        if has_lines(pattern):
            raise RefusedError("its pattern asks for the start or the end of a line")
        return more(call("REGEXP_INSTR", tree, text(write_pattern(pattern, SNOWFLAKE))), whole(0))

    def folded(self, odd: str) -> Queries:
        return fold_steps(odd, list(without_normal_forms(self)), list(case_folded(self)), self)
