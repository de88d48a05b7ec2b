"""Snowflake."""

from __future__ import annotations

import re
from typing import ClassVar, TypeVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import LARGEST_WHOLE, Dialect
from leadline_compiler.emit.sql.dialects.chains import case_folded, fold_steps, without_normal_forms
from leadline_compiler.emit.sql.dialects.regex import SNOWFLAKE, has_lines, write_pattern
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    between,
    binary,
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

SomeSql = TypeVar("SomeSql", bound=Sql)
_PLAIN = re.compile("[a-z_][a-z0-9_]*")


class Snowflake(Dialect):
    name: ClassVar[str] = "snowflake"
    tells_case: ClassVar[bool] = True
    writes_steps: ClassVar[bool] = False
    notes: ClassVar[tuple[str, ...]] = (
        "The session needs: ALTER SESSION SET TIMEZONE = 'UTC'. Names of lower-case letters, digits and _ mean columns",
        "that were made without quotes, such as EMPLOYEES for employees; the columns of the result are alike.",
    )

    def quotient(self, left: Sql, right: Sql) -> Sql:
        # A division keeps six decimals and rounds them; of a multiple it is exact.
        multiple = subtract(left, call("MOD", left, right))
        return cast(binary(exp.Div, exp.Paren(this=multiple), right), "DECIMAL(38, 0)")

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "DECIMAL(38, 0)")

    def six_decimals(self, source: Sql) -> Sql:
        inside = between(source, whole(-LARGEST_WHOLE), whole(LARGEST_WHOLE))
        return cast(when(inside, source), "DECIMAL(38, 6)")

    def micros(self, source: Sql) -> Sql:
        return call("DATE_PART", exp.var("EPOCH_MICROSECOND"), call("TO_TIMESTAMP_LTZ", source))

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("TYPEOF", call("TO_VARIANT", source)), text("DATE"))

    def moment_of(self, written: Sql) -> Sql:
        return self.micros(written)

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("OCTET_LENGTH", tree), call("LENGTH", tree))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("CHARINDEX", text(wanted), tree)

    def after_last(self, tree: Sql, letter: str) -> Sql:
        return call("SPLIT_PART", tree, text(letter), whole(-1))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        if has_lines(pattern):
            raise RefusedError("its pattern asks for the start or the end of a line")
        return more(call("REGEXP_INSTR", tree, text(write_pattern(pattern, SNOWFLAKE))), whole(0))

    def folded(self, odd: str) -> list[NamedQuery]:
        return fold_steps(odd, [*without_normal_forms(self)], [*case_folded(self)], self)

    def write(self, tree: Sql) -> str:
        return super().write(_in_capitals(tree.copy()))

    def settled(self, query: exp.Query) -> exp.Query:
        return _in_capitals(query)


def _in_capitals(tree: SomeSql) -> SomeSql:
    """The tree, whose plain names are changed to what they mean without quotes."""
    for name in tree.find_all(exp.Identifier):
        if name.args.get("quoted") and _PLAIN.fullmatch(name.name):
            name.set("this", name.name.upper())
    return tree
