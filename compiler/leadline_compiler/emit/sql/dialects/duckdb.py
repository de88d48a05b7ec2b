"""DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.dialects.chains import fold_steps, replacements, translated
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import NamedQuery, Sql, call, cast, choose, equal, text
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
        spelled = [translated(table.one), *replacements(table.many, self)]
        lower = [*replacements(exceptions.many, self), translated(exceptions.one), lambda tree: call("LOWER", tree)]
        return fold_steps(odd, [*spelled, _normal], [*lower, _normal], self)

    def has_any(self, tree: Sql, letters: str) -> Sql:
        return call("REGEXP_MATCHES", tree, text(f"[{letters}]"))


def _normal(tree: Sql) -> Sql:
    return call("NFC_NORMALIZE", tree)
