"""MySQL 8.0 and MariaDB 10.6, or later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import MOST
from leadline_compiler.emit.sql.dialects.regex import JAVA, write_pattern
from leadline_compiler.emit.sql.dialects.walking import Walking
from leadline_compiler.emit.sql.expressions import (
    Sql,
    aliased,
    call,
    cast,
    column,
    equal,
    more,
    select,
    text,
    whole,
)
from leadline_compiler.patterns import Pattern

_LONG = 20_000
"""Letters of a text that is made room for."""
_JSON_TYPES = {"number": "BIGINT", "text": "VARCHAR(32)"}


class MySQL(Walking):
    name: ClassVar[str] = "mysql"
    is_run: ClassVar[bool] = True
    length_name: ClassVar[str] = "CHAR_LENGTH"
    most_parts: ClassVar[int | None] = 60
    notes: ClassVar[tuple[str, ...]] = (
        "MySQL 8.0 or MariaDB 10.6, or later. The connection needs: SET NAMES utf8mb4; SET time_zone = '+00:00'.",
        "For texts of more than 1,000 letters that are not all ASCII: SET cte_max_recursion_depth = 20000 (MariaDB:",
        "max_recursive_iterations).",
    )

    # ---- columns of the tables

    def exact(self, source: Sql) -> Sql:
        # Texts are compared as if the shorter one had spaces at its end, bytes are not.
        return _bytes(_as_unicode(source))

    def id_of_result(self) -> Sql:
        return aliased(self.as_text(column("id")), "id")

    def as_text(self, source: Sql) -> Sql:
        return _to_the_letter(_as_unicode(source))

    def micros(self, source: Sql) -> Sql:
        return call("TIMESTAMPDIFF", exp.var("MICROSECOND"), text("1970-01-01"), source)

    def is_day(self, source: Sql) -> Sql | None:
        return equal(self.length(cast(source, "CHAR")), whole(len("YYYY-MM-DD")))

    def now(self) -> Sql:
        return self.micros(call("UTC_TIMESTAMP", whole(6)))

    def moment_of(self, written: Sql) -> Sql:
        return self.micros(cast(written, "DATETIME(6)"))

    # ---- texts

    def is_ascii(self, tree: Sql) -> Sql:
        return equal(call("LENGTH", tree), self.length(tree))

    def trim(self, tree: Sql, letters: str) -> Sql:
        edges = text(rf"\A[{letters}]+|[{letters}]+\z")
        return call("NULLIF", call("REGEXP_REPLACE", tree, edges, text("")), text(""))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("INSTR", tree, text(wanted))

    def starts(self, tree: Sql, wanted: str) -> Sql:
        return equal(_bytes(call(self.part_name, tree, whole(1), whole(len(wanted)))), text(wanted))

    def ends(self, tree: Sql, wanted: str) -> Sql:
        return equal(_bytes(call("RIGHT", tree, whole(len(wanted)))), text(wanted))

    def after_last(self, tree: Sql, letter: str) -> Sql:
        return call("SUBSTRING_INDEX", tree, text(letter), whole(-1))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return more(call("REGEXP_INSTR", tree, text(write_pattern(pattern, JAVA))), whole(0))

    # ---- steps

    def kept(self, part: Sql) -> Sql:
        # Steps that are written into each other are reckoned again wherever a column is read, and once more for those.
        return part.limit(MOST, copy=False) if isinstance(part, exp.Select) else part

    # ---- folding

    def letter_rows(self, pairs: Mapping[str, str]) -> exp.Query:
        columns = [aliased(_to_the_letter(column(name, "listed")), name) for name in ("letter", "form")]
        return select(columns, _json_table(list(pairs.items()), {"letter": "text", "form": "text"}))

    def nothing(self) -> Sql:
        return _to_the_letter(cast(_as_unicode(text("")), f"CHAR({_LONG})"))

    def code_of(self, letter: Sql) -> Sql:
        written = call("HEX", _in_charset(letter, "utf32"))
        return cast(call("CONV", written, whole(16), whole(10)), "BIGINT")

    def letter_of(self, code: Sql) -> Sql:
        return self.as_text(exp.Chr(expressions=[code], charset=exp.var("ucs2")))

    # ---- tables of numbers

    def rows(self, names: Sequence[str], rows: Sequence[Sequence[int]]) -> exp.Query:
        columns = [aliased(column(name, "listed"), name) for name in names]
        return select(columns, _json_table(rows, dict.fromkeys(names, "number")))


def _in_charset(tree: Sql, charset: str) -> Sql:
    return exp.Cast(this=tree, to=exp.DataType(this=exp.DType.CHARACTER_SET, kind=exp.var(charset)))


def _as_unicode(tree: Sql) -> Sql:
    return _in_charset(tree, "utf8mb4")


def _to_the_letter(tree: Sql) -> Sql:
    """A text that is not compared without regard to case or accents, whatever its table says."""
    return exp.Collate(this=tree, expression=exp.var("utf8mb4_bin"))


def _bytes(tree: Sql) -> Sql:
    return cast(tree, "BINARY")


def _json_table(rows: Any, kinds: Mapping[str, str]) -> exp.Table:
    """Rows, by way of JSON: lists of values would be rows in another way in each of the two engines."""
    written = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    columns = [
        exp.JSONColumnDef(
            this=exp.to_identifier(name, quoted=True),
            kind=exp.DataType.build(_JSON_TYPES[kind], dialect="mysql"),
            path=text(f"$[{place}]"),
        )
        for place, (name, kind) in enumerate(kinds.items())
    ]
    listed = exp.JSONTable(this=text(written), path=text("$[*]"), schema=exp.JSONSchema(expressions=columns))
    return exp.Table(this=listed, alias=exp.TableAlias(this=exp.to_identifier("listed", quoted=True)))
