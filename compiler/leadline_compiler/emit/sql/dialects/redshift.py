"""Amazon Redshift."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES
from leadline_compiler.emit.sql.dialects.chains import Queries, case_folded, fold_steps, without_normal_forms
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import JAVA, write_pattern
from leadline_compiler.emit.sql.expressions import Sql, call, cast, equal, more, text, when, whole
from leadline_compiler.patterns import Pattern


class Redshift(Narrow):
    name: ClassVar[str] = "redshift"
    notes: ClassVar[tuple[str, ...]] = ("A DATE column is read as midnight in UTC, whatever the model's zone.",)

    def quotient(self, left: Sql, right: Sql) -> Sql:
        return exp.Paren(this=exp.Div(this=exp.Paren(this=left), expression=exp.Paren(this=right), typed=True))

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def micros(self, source: Sql) -> Sql:
        return call("DATEDIFF", exp.var("MICROSECOND"), cast(text("1970-01-01"), "TIMESTAMP"), source)

    def now(self) -> Sql:
        return self.micros(call("GETDATE"))

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("OCTET_LENGTH", tree), call("CHAR_LENGTH", tree))

    def trim(self, tree: Sql, letters: str) -> Sql:
        return call("NULLIF", call("BTRIM", tree, text(letters)), text(""))

    def domain(self, tree: Sql) -> Sql:
        last = call("REGEXP_SUBSTR", tree, text("[^@]*$"))
        return when(more(self.position(tree, "@"), whole(0)), self.trim(last, SPACES))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        written = text(write_pattern(pattern, JAVA))
        return more(call("REGEXP_INSTR", tree, written, whole(1), whole(1), whole(0), text("p")), whole(0))

    def folded(self, odd: str) -> Queries:
        return fold_steps(odd, list(without_normal_forms(self)), list(case_folded(self)), self)
