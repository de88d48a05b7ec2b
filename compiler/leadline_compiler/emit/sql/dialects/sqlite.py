"""SQLite 3.38 or later: whole numbers of 64 bits, moments as texts, neither regular expressions nor Unicode's cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import tuples
from leadline_compiler.emit.sql.dialects.sqlite_texts import json_rows, matches_by_table, tidy_list
from leadline_compiler.emit.sql.dialects.walking import Walking, joined
from leadline_compiler.emit.sql.expressions import (
    Sql,
    add,
    aliased,
    all_of,
    at_least,
    at_most,
    between,
    binary,
    call,
    cast,
    choose,
    column,
    equal,
    multiply,
    select,
    subtract,
    text,
    when,
    whole,
)
from leadline_compiler.numbers import LARGEST, MILLION
from leadline_compiler.patterns import Pattern

_WHOLE = LARGEST // MILLION


class SQLite(Walking):
    name: ClassVar[str] = "sqlite"
    is_run: ClassVar[bool] = True
    keeps_steps: ClassVar[bool] = True
    # Whatever reads a window function through many steps grows deeper there with each: fewer and wider ones.
    most_columns: ClassVar[int] = 1200
    notes: ClassVar[tuple[str, ...]] = (
        "SQLite 3.38 or later. Moments are texts, `YYYY-MM-DD HH:MM:SS[.ffffff]` in UTC, or bare days `YYYY-MM-DD`;",
        "yes and no are 1 and 0; numbers INTEGER, REAL, or plain decimals in a text where REAL is not exact enough.",
    )

    # ---- whole numbers

    def quotient(self, left: Sql, right: Sql) -> Sql:
        return exp.Paren(this=exp.Div(this=exp.Paren(this=left), expression=exp.Paren(this=right), typed=True))

    # ---- columns of the tables

    def millionths(self, source: Sql) -> Sql:
        inside = between(source, whole(-_WHOLE), whole(_WHOLE))
        rounded = cast(call("ROUND", multiply(source, exp.Literal.number("1000000.0"))), "INTEGER")
        kind = call("TYPEOF", source)
        return choose(
            [
                (equal(kind, text("integer")), when(inside, multiply(source, whole(MILLION)))),
                (equal(kind, text("real")), when(inside, rounded)),
                (equal(kind, text("text")), self._decimal(source)),
            ]
        )

    def _decimal(self, source: Sql) -> Sql:
        """A plain decimal, `[+-]digits[.digits]`."""
        written = call("TRIM", source)
        digits = joined(call("LTRIM", written, text("+-")), text("."))
        dot = call("INSTR", digits, text("."))
        before = call("SUBSTR", digits, whole(1), subtract(dot, whole(1)))
        after = joined(call("REPLACE", call("SUBSTR", digits, dot), text("."), text("")), text("0000000"))
        decimals = cast(call("SUBSTR", after, whole(1), whole(6)), "INTEGER")
        seventh = choose([(at_least(call("SUBSTR", after, whole(7), whole(1)), text("5")), whole(1))], whole(0))
        size = add(multiply(cast(before, "INTEGER"), whole(MILLION)), decimals, seventh)
        is_plain = all_of(
            [
                exp.Not(this=exp.Glob(this=digits, expression=text("*[^0-9.]*"))),
                between(call("LENGTH", before), whole(1), whole(13)),
            ]
        )
        below = equal(call("SUBSTR", written, whole(1), whole(1)), text("-"))
        fits = all_of([is_plain, at_most(size, whole(LARGEST))])
        return when(fits, choose([(below, exp.Neg(this=exp.Paren(this=size)))], size))

    def micros(self, source: Sql) -> Sql:
        seconds = cast(call("STRFTIME", text("%s"), call("SUBSTR", source, whole(1), whole(19))), "INTEGER")
        decimals = call("RTRIM", call("SUBSTR", source, whole(21)), text("Zz"))
        micros = cast(call("SUBSTR", joined(decimals, text("000000")), whole(1), whole(6)), "INTEGER")
        return add(multiply(seconds, whole(MILLION)), micros)

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("LENGTH", source), whole(10))

    def now(self) -> Sql:
        return self.micros(call("STRFTIME", text("%Y-%m-%d %H:%M:%f"), text("now")))

    def moment_of(self, written: Sql) -> Sql:
        return self.micros(written)

    # ---- texts

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("LENGTH", tree), call("LENGTH", cast(tree, "BLOB")))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("INSTR", tree, text(wanted))

    def ends(self, tree: Sql, wanted: str) -> Sql:
        return equal(call("SUBSTR", tree, whole(-len(wanted))), text(wanted))

    def list_of(self, tree: Sql) -> Sql:
        return tidy_list(tree)

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return matches_by_table(tree, pattern)

    def letter_rows(self, pairs: Mapping[str, str]) -> exp.Query:
        columns = [aliased(column("key", "rows"), "letter"), aliased(column("value", "rows"), "form")]
        return select(columns, json_rows(dict(pairs)))

    def code_of(self, letter: Sql) -> Sql:
        return call("UNICODE", letter)

    def letter_of(self, code: Sql) -> Sql:
        return call("CHAR", code)

    # ---- tables of numbers

    def rows(self, names: Sequence[str], rows: Sequence[Sequence[int]]) -> exp.Query:
        columns = [aliased(column(f"column{place}"), name) for place, name in enumerate(names, 1)]
        return select(
            columns, exp.Values(expressions=tuples(rows), alias=exp.TableAlias(this=exp.to_identifier("given")))
        )

    # ---- results

    def points(self, thousandths: Sql) -> Sql:
        return binary(exp.Div, thousandths, exp.Literal.number("1000.0"))
