"""What the emitter asks of a dialect. The defaults are what most engines understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import sqlglot
from sqlglot import exp

from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    add,
    aliased,
    at_least,
    between,
    binary,
    call,
    cast,
    choose,
    coalesce,
    column,
    equal,
    less,
    more,
    multiply,
    select,
    subtract,
    text,
    total,
    when,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.numbers import LARGEST, MILLION
from leadline_compiler.patterns import Pattern

SPACES = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0x1680, 0x2028, 0x2029)))
"""What is trimmed from the edges of a text in NFKC form."""
WIDE_SPACES = SPACES + "".join(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
"""What is trimmed from the edges of a text as it was written."""
SEPARATOR = "\x01"
"""Stands before, between and after the items of a folded list."""
LARGEST_WHOLE = LARGEST // MILLION
MOST = 2**63 - 1
_LAYOUT: dict[str, Any] = {"pretty": True, "max_text_width": 10**9, "comments": False}
"""A line a column: broken at every argument, a long CASE would be a thousand lines."""


def writer_of(dialect: str) -> sqlglot.Generator:
    """What writes trees as a dialect has them."""
    return sqlglot.Dialect.get_or_raise(dialect).generator(**_LAYOUT)


class Dialect:
    """The hooks of one engine. An instance serves one query."""

    name: ClassVar[str]
    """The name of the dialect, for people and for sqlglot."""
    is_run: ClassVar[bool] = False
    """Whether the tests run what is emitted on a real engine."""
    wide_type: ClassVar[str | None] = "DECIMAL(38, 0)"
    """A type for whole numbers of up to 38 digits; None where there is none."""
    most_whole: ClassVar[int] = 10**38 - 1
    """The largest whole number that may be reckoned with."""
    replace_name: ClassVar[str] = "REPLACE"
    part_name: ClassVar[str] = "SUBSTR"
    keeps_steps: ClassVar[bool] = False
    """Whether each step must be asked to be worked out once: the engine would else write all steps into one."""
    keeps_shared: ClassVar[bool] = False
    """Whether that is asked of the steps alone that several others read."""
    folds_in_rows: ClassVar[bool] = False
    """Whether a text is folded by an expression where it stands, and not in queries that fold each text once."""
    most_parts: ClassVar[int | None] = None
    """The number of queries that one WITH can hold; more are put into another inside of it."""
    most_columns: ClassVar[int] = 400
    """Columns of one step, besides those of the contacts; the narrowest engine has 1,664 in all."""
    least_letter: ClassVar[int] = 0
    """The lowest code point that a text can hold."""
    tells_case: ClassVar[bool] = False
    """Whether two columns of a table may differ in case alone."""
    most_name_bytes: ClassVar[int | None] = None
    """How much the engine keeps of a column's name; None where that is all of it."""
    writes_steps: ClassVar[bool] = True
    """Whether a step can be written by itself; where not, the writer looks at all steps to write the last."""
    notes: ClassVar[tuple[str, ...]] = ()
    """What somebody who runs the query must know of this engine."""

    def __init__(self) -> None:
        self._generator = writer_of(self.name)

    def write(self, tree: Sql) -> str:
        """A piece of the query as it will stand there, but for line breaks inside of texts."""
        return self._generator.sql(tree)

    def finish(self, query: exp.Query) -> str:
        """The text of the whole query."""
        return self._generator.generate(self.settled(query), copy=False)

    # ---- whole numbers

    def quotient(self, left: Sql, right: Sql) -> Sql:
        """The whole part of a quotient of numbers that are not below 0."""
        return binary(exp.IntDiv, left, right)

    def wide(self, tree: Sql) -> Sql:
        """A whole number that may be reckoned with beyond 64 bits."""
        if self.wide_type is None:
            raise RefusedError("it needs whole numbers of more than 64 bits")
        return cast(tree, self.wide_type)

    def narrow(self, tree: Sql) -> Sql:
        """A wide number that is known to fit 64 bits."""
        return cast(tree, "BIGINT")

    def rounded(self, numerator: Sql, denominator: Sql, *, is_wide: bool = True) -> Sql:
        """numerator / denominator, halves away from zero. The denominator is above 0."""
        top = self.wide(numerator) if is_wide else numerator
        twice, double = multiply(top, whole(2)), self.doubled(denominator)
        above = self.quotient(add(twice, denominator), double)
        below = exp.Neg(this=exp.Paren(this=self.quotient(subtract(denominator, twice), double)))
        return choose([(at_least(numerator, whole(0)), above)], below)

    def doubled(self, tree: Sql) -> Sql:
        """Twice a number; a literal is not left to the engine, for which it may be a small type."""
        return whole(2 * int(tree.name)) if isinstance(tree, exp.Literal) else multiply(tree, whole(2))

    def bounded(self, tree: Sql) -> Sql:
        """The amount, or NULL where it is beyond ±10**12."""
        return self.narrow(when(between(tree, whole(-LARGEST), whole(LARGEST)), tree))

    def check_size(self, most: int) -> None:
        """Refuses points that could grow too large to be told apart; `most` is their largest size in thousandths."""
        if 2 * most > self.most_whole:
            raise RefusedError("its points could grow too large for the engine's whole numbers")

    # ---- amounts in millionths; operands are columns or literals

    def sum_of(self, left: Sql, right: Sql, frame: Frame) -> Sql:
        return self.bounded(add(left, right))

    def difference(self, left: Sql, right: Sql, frame: Frame) -> Sql:
        return self.bounded(subtract(left, right))

    def product(self, left: Sql, right: Sql, frame: Frame) -> Sql:
        exact = frame.store(multiply(self.wide(left), self.wide(right)), "product")
        return self.bounded(frame.store(self.rounded(exact, whole(MILLION)), "rounded"))

    def ratio(self, left: Sql, right: Sql, frame: Frame) -> Sql:
        sign = choose([(less(right, whole(0)), exp.Neg(this=whole(MILLION)))], whole(MILLION))
        top = frame.store(multiply(self.wide(left), self.wide(sign)), "top")
        bottom = frame.store(self.wide(call("NULLIF", call("ABS", right), whole(0))), "bottom")
        return self.bounded(frame.store(self.rounded(top, bottom), "rounded"))

    def event_sum(self, counted: Sql, value: Sql) -> dict[str, Sql]:
        """The aggregates from which `whole_sum` and `average` are reckoned, by the end of their column's name."""
        return {"sum": total(self.wide(when(counted, value)))}

    def whole_sum(self, parts: dict[str, Sql], frame: Frame) -> Sql:
        return self.bounded(coalesce(parts["sum"], whole(0)))

    def average(self, parts: dict[str, Sql], count: Sql, frame: Frame) -> Sql:
        known = frame.settled(call("NULLIF", count, whole(0)), "known")
        return self.bounded(frame.store(self.rounded(parts["sum"], known), "rounded"))

    # ---- columns of the tables

    def exact(self, source: Sql) -> Sql:
        """A column whose values are told apart to the letter: ids, and the names of events."""
        return source

    def id_of_result(self) -> Sql:
        """The contact's id as the result shows it, from the column `id`, which is exact."""
        return column("id")

    def millionths(self, source: Sql) -> Sql:
        """A numeric column in millionths, NULL where it is beyond ±10**12."""
        number = self.six_decimals(source)
        inside = between(number, whole(-LARGEST_WHOLE), whole(LARGEST_WHOLE))
        return cast(when(inside, multiply(number, whole(MILLION))), "BIGINT")

    def six_decimals(self, source: Sql) -> Sql:
        """A numeric column rounded to six decimals, halves away from zero."""
        return cast(source, "DECIMAL(38, 6)")

    def yes_no(self, source: Sql) -> Sql:
        """A column of truths as 1, 0 or NULL."""
        return choose([(source, whole(1)), (exp.Not(this=source), whole(0))])

    def micros(self, source: Sql) -> Sql:
        """A column of moments as microseconds since 1970 in UTC."""
        raise NotImplementedError

    def is_day(self, source: Sql) -> Sql | None:
        """Whether a column of moments holds bare days; None where the engine cannot say."""
        return None

    def midnight(self, source: Sql, zone: str) -> Sql | None:
        """The moment of a bare day's midnight in a zone, the later one of two; None where the engine cannot say."""
        return None

    def now(self) -> Sql:
        """The current time in microseconds."""
        return self.micros(exp.CurrentTimestamp())

    def moment_of(self, written: Sql) -> Sql:
        """A moment in UTC, written `YYYY-MM-DD HH:MM:SS`, in microseconds."""
        return self.micros(cast(written, "TIMESTAMP"))

    def as_text(self, source: Sql) -> Sql:
        return cast(source, "TEXT")

    # ---- texts

    def is_ascii(self, tree: Sql) -> Sql:
        """Whether each character of a text takes one byte."""
        return equal(call("OCTET_LENGTH", tree), call("CHAR_LENGTH", tree))

    def lower(self, tree: Sql) -> Sql:
        """The lower case of an ASCII text."""
        return call("LOWER", tree)

    def trim(self, tree: Sql, letters: str) -> Sql:
        """A text without the letters at its edges; NULL where nothing is left."""
        return call("NULLIF", exp.Trim(this=tree, expression=text(letters)), text(""))

    def position(self, tree: Sql, wanted: str) -> Sql:
        """Where a text stands in another, from 1; 0 where it does not."""
        return call("STRPOS", tree, text(wanted))

    def can_hold(self, wanted: str) -> bool:
        """Whether a text of the engine can have all of these letters."""
        return all(ord(letter) >= self.least_letter for letter in wanted)

    def starts(self, tree: Sql, wanted: str) -> Sql:
        return equal(call(self.part_name, tree, whole(1), whole(len(wanted))), text(wanted))

    def ends(self, tree: Sql, wanted: str) -> Sql:
        return equal(call("RIGHT", tree, whole(len(wanted))), text(wanted))

    def domain(self, tree: Sql) -> Sql:
        """What follows the last `@` of a folded text, NULL where there is none or nothing after it."""
        return when(more(self.position(tree, "@"), whole(0)), self.trim(self.after_last(tree, "@"), SPACES))

    def after_last(self, tree: Sql, letter: str) -> Sql:
        """What follows the last of a letter that a text has."""
        before = call("RTRIM", tree, call("REPLACE", tree, text(letter), text("")))
        return call("SUBSTR", tree, add(call("LENGTH", before), whole(1)))

    def list_of(self, tree: Sql) -> Sql:
        """The items of a list, each between two separators; NULL where there is none.

        `tree` is the folded text with separators where the items end.
        """
        spaced = text(f"[{SPACES}{SEPARATOR}]*{SEPARATOR}[{SPACES}{SEPARATOR}]*")
        joined = self.trim(self.replace_all(tree, spaced, text(SEPARATOR)), SPACES + SEPARATOR)
        return exp.DPipe(this=exp.DPipe(this=text(SEPARATOR), expression=joined), expression=text(SEPARATOR))

    def replace_all(self, tree: Sql, pattern: Sql, by: Sql) -> Sql:
        """A text with all that a regular expression finds replaced."""
        return call("REGEXP_REPLACE", tree, pattern, by)

    def sortable(self, tree: Sql) -> Sql:
        """A text that compares by its code points."""
        return tree

    def matches(self, tree: Sql, pattern: Pattern) -> Sql:
        raise RefusedError("`matches` is not offered for this dialect")

    def folded_in_row(self, tree: Sql) -> tuple[Sql, Sql]:
        """A text in NFKC form, trimmed, and folded, each NULL where it is blank; where `folds_in_rows`."""
        raise NotImplementedError

    def folded(self, odd: str) -> list[NamedQuery]:
        """Queries that fold the texts of the query `odd` (`value`, none of them ASCII).

        The last is `folds` with `value`, `pattern` (NFKC, trimmed) and `folded`, each NULL where it is blank;
        what folds to nothing may be left out.
        """
        raise RefusedError("texts beyond ASCII are not folded in this dialect")

    def texts_of(self, columns: Mapping[str, Sequence[str]]) -> exp.Query:
        """The texts of some columns, given by the query that has them, as `value`."""
        parts = [(rows, name) for rows, names in columns.items() for name in names]
        return one_after_the_other([select([aliased(column(name), "value")], rows) for rows, name in parts])

    # ---- tables of numbers

    def rows(self, names: Sequence[str], rows: Sequence[Sequence[int]]) -> exp.Query:
        """Rows of whole numbers as a query."""
        found = exp.Values(
            expressions=tuples(rows),
            alias=exp.TableAlias(
                this=exp.to_identifier("given", quoted=True),
                columns=[exp.to_identifier(name, quoted=True) for name in names],
            ),
        )
        return select([column(name) for name in names], found)

    def exploded(self, rows: Sequence[tuple[Sql, Sequence[Sql]]]) -> Sql | None:
        """A row for each item of the list of the first condition that holds; None where the engine cannot say so."""
        return None

    # ---- results

    def kept(self, part: Sql) -> Sql:
        """A step of the query, with what keeps the engine from writing it into those that read it."""
        return part

    def settled(self, query: exp.Query) -> exp.Query:
        """The whole query, with what the engine must be told for it."""
        return query

    def points(self, thousandths: Sql) -> Sql:
        """Whole thousandths as a decimal number."""
        return multiply(cast(thousandths, "DECIMAL(34, 0)"), cast(text("0.001"), "DECIMAL(4, 3)"))


def tuples(rows: Sequence[Sequence[int]]) -> list[Sql]:
    return [exp.Tuple(expressions=[whole(value) for value in row]) for row in rows]


def one_after_the_other(queries: Sequence[exp.Query]) -> exp.Query:
    """The rows of all of the queries."""
    result = queries[0]
    for query in queries[1:]:
        result = exp.Union(this=result, expression=query, distinct=False)
    return result
