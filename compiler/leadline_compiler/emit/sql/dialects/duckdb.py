"""DuckDB."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES, Dialect
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import Sql, aliased, call, cast, column, equal, select, text
from leadline_compiler.emit.sql.folding import compatibility, odd_cases
from leadline_compiler.patterns import Pattern

_CHAIN = 100
"""Replacements in one expression: deeper trees are refused."""


class DuckDB(Dialect):
    name: ClassVar[str] = "duckdb"
    is_run: ClassVar[bool] = True
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

    def replace_all(self, tree: Sql, pattern: Sql, by: Sql) -> Sql:
        return call("REGEXP_REPLACE", tree, pattern, by, text("g"))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return call("REGEXP_MATCHES", tree, text(write_pattern(pattern, RE2)))

    def folded(self, odd: str) -> list[tuple[str, exp.Query]]:
        table, cases = compatibility(), odd_cases()
        queries: list[tuple[str, exp.Query]] = []
        value = column("value")
        spelled = call("TRANSLATE", value, text(table.sources), text(table.targets))
        queries.append(("spelled", select([value, aliased(spelled, "pattern")], odd)))
        for start in range(0, len(table.many), _CHAIN):
            chain = _replaced(column("pattern"), table.many[start : start + _CHAIN])
            queries.append((f"spelled_{start // _CHAIN + 2}", select([value, aliased(chain, "pattern")], queries[-1][0])))
        normal = self.trim(call("NFC_NORMALIZE", column("pattern")), SPACES)
        queries.append(("normal", select([value, aliased(normal, "pattern")], queries[-1][0])))
        spelled_out = _replaced(column("pattern"), cases.many)
        lower = call("LOWER", call("TRANSLATE", spelled_out, text(cases.sources), text(cases.targets)))
        folded = call("NFC_NORMALIZE", lower)
        queries.append(("folds", select([value, column("pattern"), aliased(self.trim(folded, SPACES), "folded")], "normal")))
        return queries


def _replaced(tree: Sql, pairs: tuple[tuple[str, str], ...]) -> Sql:
    """The text with each first text of a pair replaced by the second, if it has any of them at all."""
    chain = tree
    for source, target in pairs:
        chain = exp.Anonymous(this="REPLACE", expressions=[chain, text(source), text(target)])
    any_of_them = text("[" + "".join(source for source, _ in pairs) + "]")
    return exp.Case(ifs=[exp.If(this=call("REGEXP_MATCHES", tree, any_of_them), true=chain)], default=tree)
