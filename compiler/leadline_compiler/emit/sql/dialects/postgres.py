"""PostgreSQL 14 or later; the database's encoding is UTF8."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.dialects.chains import fold_steps, replacements, translated
from leadline_compiler.emit.sql.dialects.regex import POSTGRES, most_repeats, write_pattern
from leadline_compiler.emit.sql.expressions import NamedQuery, Sql, call, cast, choose, equal, multiply, text, whole
from leadline_compiler.emit.sql.folding import cases
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.numbers import MILLION
from leadline_compiler.patterns import Pattern


class Postgres(Dialect):
    name: ClassVar[str] = "postgres"
    is_run: ClassVar[bool] = True
    wide_type: ClassVar[str | None] = "DECIMAL"
    most_whole: ClassVar[int] = 10**60
    keeps_steps: ClassVar[bool] = True
    least_letter: ClassVar[int] = 1
    tells_case: ClassVar[bool] = True
    most_name_bytes: ClassVar[int | None] = 63
    notes: ClassVar[tuple[str, ...]] = ("PostgreSQL 14 or later, in a database whose encoding is UTF8.",)

    def six_decimals(self, source: Sql) -> Sql:
        return call("ROUND", cast(source, "DECIMAL"), whole(6))

    def micros(self, source: Sql) -> Sql:
        seconds = exp.Extract(this=exp.var("EPOCH"), expression=source)
        return self.narrow(multiply(seconds, whole(MILLION)))

    def is_day(self, source: Sql) -> Sql | None:
        return equal(cast(call("PG_TYPEOF", source), "TEXT"), text("date"))

    def midnight(self, source: Sql, zone: str) -> Sql | None:
        return self.micros(call("TIMEZONE", text(zone), cast(source, "TIMESTAMP")))

    def lower(self, tree: Sql) -> Sql:
        return call("LOWER", self.sortable(tree))

    def exploded(self, rows: Sequence[tuple[Sql, Sequence[Sql]]]) -> Sql | None:
        return call("UNNEST", choose([(condition, exp.Array(expressions=list(items))) for condition, items in rows]))

    def replace_all(self, tree: Sql, pattern: Sql, by: Sql) -> Sql:
        return call("REGEXP_REPLACE", tree, pattern, by, text("g"))

    def sortable(self, tree: Sql) -> Sql:
        return exp.Collate(this=exp.Paren(this=tree), expression=exp.to_identifier("C", quoted=True))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        if most_repeats(pattern) > POSTGRES.most_repeats:
            raise RefusedError(f"its pattern repeats something more than {POSTGRES.most_repeats} times")
        return exp.RegexpLike(this=tree, expression=text(write_pattern(pattern, POSTGRES)))

    def folded(self, odd: str) -> list[NamedQuery]:
        table = cases()
        lower = translated(table.one)
        return fold_steps(odd, [_normal], [*replacements(table.many, self), lower, _normal], self)


def _normal(tree: Sql) -> Sql:
    return call("NORMALIZE", tree, exp.var("NFKC"))
