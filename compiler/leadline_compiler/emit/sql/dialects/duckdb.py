"""DuckDB."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SPACES, Dialect
from leadline_compiler.emit.sql.dialects.regex import RE2, write_pattern
from leadline_compiler.emit.sql.expressions import Sql, aliased, call, choose, column, equal, select, text
from leadline_compiler.emit.sql.folding import compatibility, odd_cases
from leadline_compiler.patterns import Pattern

_CHAIN = 100
"""Replacements in one expression: deeper trees are refused."""


class DuckDB(Dialect):
    name: ClassVar[str] = "duckdb"
    is_run: ClassVar[bool] = True
    wide_type: ClassVar[str | None] = "INT128"

    def six_decimals(self, source: Sql) -> Sql:
        return exp.TryCast(this=source.copy(), to=exp.DataType.build("DECIMAL(38, 6)"))

    def micros(self, source: Sql) -> Sql:
        return call("EPOCH_US", source)

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("TYPEOF", source), text("DATE"))

    def now(self) -> Sql:
        return self.micros(call("NOW"))

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("STRLEN", tree), call("LENGTH", tree))

    def domain(self, tree: Sql) -> Sql:
        return super().domain(tree)

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
        lower = call("LOWER", call("TRANSLATE", column("pattern"), text(cases.sources), text(cases.targets)))
        folded = call("NFC_NORMALIZE", _replaced(lower, cases.many))
        queries.append(("folds", select([value, column("pattern"), aliased(self.trim(folded, SPACES), "folded")], "normal")))
        return queries


def _replaced(tree: Sql, pairs: tuple[tuple[str, str], ...]) -> Sql:
    for source, target in pairs:
        tree = call("REPLACE", tree, text(source), text(target))
    return choose([(call("REGEXP_MATCHES", tree_of(tree), text("[" + "".join(s for s, _ in pairs) + "]")), tree)], tree_of(tree))


def tree_of(tree: Sql) -> Sql:
    """What a chain of replacements begins with."""
    while isinstance(tree, exp.Anonymous) and tree.name == "REPLACE":
        tree = tree.expressions[0]
    return tree
