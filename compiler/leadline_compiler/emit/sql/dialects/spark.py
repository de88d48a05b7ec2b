"""Spark SQL 3.5 or later, and Databricks, which speaks it too."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.chains import Pairs, Step, folded_by, translated
from leadline_compiler.emit.sql.dialects.hangul import syllables
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.dialects.regex import JAVA, write_pattern
from leadline_compiler.emit.sql.expressions import (
    Sql,
    call,
    cast,
    choose,
    coalesce,
    equal,
    is_known,
    subtract,
    text,
    whole,
)
from leadline_compiler.emit.sql.folding import canonical, cases, compatibility, compositions
from leadline_compiler.patterns import Pattern


class Spark(Narrow):
    name: ClassVar[str] = "spark"
    is_run: ClassVar[bool] = True
    # Steps are written into all that reads them, and to plan that takes far longer than to fold a text twice.
    folds_in_rows: ClassVar[bool] = True
    notes: ClassVar[tuple[str, ...]] = (
        "The session needs: SET spark.sql.session.timeZone = UTC; SET spark.sql.variable.substitute = false. For many",
        "rules also: SET spark.sql.analyzer.maxIterations = 1000; SET spark.sql.optimizer.maxIterations = 1000.",
    )

    def narrow(self, tree: Sql) -> Sql:
        return cast(tree, "BIGINT")

    def micros(self, source: Sql) -> Sql:
        return call("UNIX_MICROS", cast(source, "TIMESTAMP"))

    def is_day(self, source: Sql) -> Sql | None:
        return equal(call("TYPEOF", source), text("date"))

    def midnight(self, source: Sql, zone: str) -> Sql | None:
        return call("UNIX_MICROS", call("TO_UTC_TIMESTAMP", cast(source, "TIMESTAMP"), text(zone)))

    def position(self, tree: Sql, wanted: str) -> Sql:
        return call("INSTR", tree, text(wanted))

    def after_last(self, tree: Sql, letter: str) -> Sql:
        return call("SUBSTRING_INDEX", tree, text(letter), whole(-1))

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        return exp.RegexpLike(this=tree, expression=text(write_pattern(pattern, JAVA)))

    def folded_in_row(self, tree: Sql) -> tuple[Sql, Sql]:
        compatible, normal = compatibility(), canonical()
        alone = translated(tuple(dict(normal.one + compatible.one).items()))
        spelled = [alone, _spelled_out((*compatible.many, *normal.many)), _composed]
        return folded_by(tree, spelled, [_spelled_out(cases().many), translated(cases().one)], self)


def _map_of(pairs: Pairs) -> Sql:
    entries = "\x02".join(f"{source}\x01{target}" for source, target in pairs)
    return call("STR_TO_MAP", text(entries), text("\x02"), text("\x01"))


def _letters(tree: Sql) -> Sql:
    return call("SPLIT", tree, text(""))


def _spelled_out(pairs: Pairs) -> Step:
    """Each letter that stands for several by these."""
    letter = exp.to_identifier("letter")
    known = coalesce(call("ELEMENT_AT", _map_of(pairs), letter), letter)
    change = exp.Lambda(this=known, expressions=[letter])
    return lambda tree: call("CONCAT_WS", text(""), call("TRANSFORM", _letters(tree), change))


def _composed(tree: Sql) -> Sql:
    """Letters and the marks after them as one letter each, and the letters of a syllable in Hangul."""
    done, letter = exp.to_identifier("done"), exp.to_identifier("letter")
    end = call("RIGHT", done, whole(1))
    joined = call("ELEMENT_AT", _map_of(compositions()), call("CONCAT", end, letter))
    shorter = call("LEFT", done, subtract(call("LENGTH", done), whole(1)))
    rows = [(is_known(joined), call("CONCAT", shorter, joined))]
    for holds, code in syllables(call("ASCII", end), call("ASCII", letter)):
        rows.append((holds, call("CONCAT", shorter, _letter_of(code))))
    grown = choose(rows, call("CONCAT", done, letter))
    return call("AGGREGATE", _letters(tree), text(""), exp.Lambda(this=grown, expressions=[done, letter]))


def _letter_of(code: Sql) -> Sql:
    """The letter of a code point in the basic plane."""
    return call("DECODE", call("UNHEX", call("HEX", code)), text("UTF-16BE"))


class Databricks(Spark):
    name: ClassVar[str] = "databricks"
    is_run: ClassVar[bool] = False
    notes: ClassVar[tuple[str, ...]] = ("The session needs: SET TIME ZONE 'UTC'.",)
