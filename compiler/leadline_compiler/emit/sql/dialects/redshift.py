"""Amazon Redshift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import LARGEST_WHOLE
from leadline_compiler.emit.sql.dialects.chains import case_folded, fold_steps, without_normal_forms
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import JAVA, write_pattern
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    between,
    binary,
    call,
    cast,
    equal,
    more,
    select,
    text,
    when,
    whole,
)
from leadline_compiler.patterns import Pattern

_EPOCH = "1970-01-01 00:00:00"


class Redshift(Narrow):
    name: ClassVar[str] = "redshift"
    least_letter: ClassVar[int] = 1
    most_name_bytes: ClassVar[int | None] = 127
    notes: ClassVar[tuple[str, ...]] = ("The session needs: SET timezone TO 'UTC'.",)

    def quotient(self, left: Sql, right: Sql) -> Sql:
        # Sums are DECIMAL here, whose division would keep decimals.
        return exp.Paren(this=exp.Div(this=self.narrow(left), expression=self.narrow(right), typed=True))

    def rest(self, left: Sql, right: Sql) -> Sql:
        return exp.Paren(this=binary(exp.Mod, self.narrow(left), self.narrow(right)))

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def six_decimals(self, source: Sql) -> Sql:
        inside = between(source, whole(-LARGEST_WHOLE), whole(LARGEST_WHOLE))
        return cast(when(inside, source), "DECIMAL(38, 6)")

    def micros(self, source: Sql) -> Sql:
        first = cast(text(_EPOCH), "TIMESTAMP")
        return call("DATEDIFF", exp.var("MICROSECOND"), first, cast(source, "TIMESTAMP"))

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("LEN", self.as_text(source)), whole(len("YYYY-MM-DD")))

    def now(self) -> Sql:
        return self.micros(exp.var("SYSDATE"))

    def trim(self, tree: Sql, letters: str) -> Sql:
        return call("NULLIF", call("BTRIM", tree, text(letters)), text(""))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        written = text(write_pattern(pattern, JAVA))
        return more(call("REGEXP_INSTR", tree, written, whole(1), whole(1), whole(0), text("p")), whole(0))

    def folded(self, odd: str) -> list[NamedQuery]:
        return fold_steps(odd, [*without_normal_forms(self)], [*case_folded(self)], self)

    def rows(self, names: Sequence[str], rows: Sequence[Sequence[int]]) -> exp.Query:
        listed = [
            select([aliased(whole(value), name) for name, value in zip(names, row, strict=True)], None) for row in rows
        ]
        result: exp.Query = listed[0]
        for one in listed[1:]:
            result = exp.Union(this=result, expression=one, distinct=False)
        return result
