"""DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SEPARATOR, Dialect
from leadline_compiler.emit.sql.dialects.chains import Pairs, Step, fold_steps, translated
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import NamedQuery, Sql, call, cast, choose, coalesce, equal, text
from leadline_compiler.emit.sql.folding import compatibility, odd_cases
from leadline_compiler.patterns import Pattern


class DuckDB(Dialect):
    name: ClassVar[str] = "duckdb"
    is_run: ClassVar[bool] = True
    keeps_shared: ClassVar[bool] = True
    wide_type: ClassVar[str | None] = "INT128"

    def six_decimals(self, source: Sql) -> Sql:
        return exp.TryCast(this=source, to=exp.DataType.build("DECIMAL(38, 6)"))

    def micros(self, source: Sql) -> Sql:
        return call("EPOCH_US", source)

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("TYPEOF", source), text("DATE"))

    def midnight(self, source: Sql, zone: str) -> Sql | None:
        return self.micros(call("TIMEZONE", text(zone), cast(source, "TIMESTAMP")))

    def now(self) -> Sql:
        return self.micros(call("NOW"))

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("STRLEN", tree), call("LENGTH", tree))

    def exploded(self, rows: Sequence[tuple[Sql, Sequence[Sql]]]) -> Sql | None:
        return call("UNNEST", choose([(condition, exp.Array(expressions=list(items))) for condition, items in rows]))

    def replace_all(self, tree: Sql, pattern: Sql, by: Sql) -> Sql:
        return call("REGEXP_REPLACE", tree, pattern, by, text("g"))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return call("REGEXP_MATCHES", tree, text(write_pattern(pattern, RE2)))

    def folded(self, odd: str) -> list[NamedQuery]:
        table, exceptions = compatibility(), odd_cases()
        spelled = [translated(table.one), _spelled_out(table.many), _normal]
        lower = [_spelled_out(exceptions.many), translated(exceptions.one), lambda tree: call("LOWER", tree), _normal]
        return fold_steps(odd, spelled, lower, self)


def _spelled_out(pairs: Pairs) -> Step:
    """Each letter that stands for several by these, where a text has any of them."""
    letters, letter = "".join(source for source, _ in pairs), exp.to_identifier("letter")
    forms = call("STRING_SPLIT", text(SEPARATOR.join(target for _, target in pairs)), text(SEPARATOR))
    form = coalesce(call("LIST_EXTRACT", forms, call("STRPOS", text(letters), letter)), letter)

    def step(tree: Sql) -> Sql:
        listed = exp.Comprehension(this=form, expression=letter, iterator=call("STRING_SPLIT", tree, text("")))
        spelled = call("ARRAY_TO_STRING", exp.Array(expressions=[listed]), text(""))
        return choose([(call("REGEXP_MATCHES", tree, text(f"[{letters}]")), spelled)], tree)

    return step


def _normal(tree: Sql) -> Sql:
    return call("NFC_NORMALIZE", tree)
