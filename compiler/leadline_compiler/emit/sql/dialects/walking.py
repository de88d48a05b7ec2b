"""Folding texts letter by letter, for engines that know neither normal forms nor Unicode's cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.bands import value_in_bands
from leadline_compiler.emit.sql.dialects.base import SPACES, one_after_the_other
from leadline_compiler.emit.sql.dialects.hangul import syllables
from leadline_compiler.emit.sql.dialects.narrow import Narrow
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    add,
    aliased,
    all_of,
    at_most,
    call,
    choose,
    coalesce,
    column,
    equal,
    is_known,
    join_rows,
    select,
    subtract,
    table,
    text,
    whole,
)
from leadline_compiler.emit.sql.folding import Letters, canonical, cases, compatibility, compositions


def joined(left: Sql, *others: Sql) -> Sql:
    """Texts one after the other."""
    result = left
    for other in others:
        result = exp.DPipe(this=result, expression=other)
    return result


class Walking(Narrow):
    """Each letter is looked up in a table of the query, and put to the end of what was folded before it."""

    length_name: ClassVar[str] = "LENGTH"
    """The function that counts the letters of a text."""

    def letter_rows(self, pairs: Mapping[str, str]) -> exp.Query:
        """A table of letters, or pairs of them, and what they become: `letter` and `form`."""
        raise NotImplementedError

    def nothing(self) -> Sql:
        """An empty text that has room for a long one."""
        return text("")

    def code_of(self, letter: Sql) -> Sql:
        """The code point of a letter."""
        raise NotImplementedError

    def letter_of(self, code: Sql) -> Sql:
        """The letter of a code point in the basic plane."""
        raise NotImplementedError

    def length(self, tree: Sql) -> Sql:
        return call(self.length_name, tree)

    def folded(self, odd: str) -> list[NamedQuery]:
        ascii_free = [*_pairs(compatibility()), *_pairs(canonical())]
        return [
            ("spelling", self.letter_rows(dict(reversed(ascii_free)))),
            ("casing", self.letter_rows(dict(_pairs(cases())))),
            ("joining", self.letter_rows(dict(compositions()))),
            ("spelled", self._walk("spelled", odd, "value", "spelling")),
            ("normal", self._finished("spelled", [column("value")], "pattern")),
            ("cased", self._walk("cased", "normal", "pattern", "casing")),
            ("folds", self._finished("cased", [column("value"), aliased(column("given"), "pattern")], "folded")),
        ]

    def texts_of(self, columns: Mapping[str, Sequence[str]]) -> exp.Query:
        # Each query is read once: these engines work it out, or write it down, for each time.
        parts = []
        for rows, names in columns.items():
            query: exp.Query = select([aliased(column(names[0]), "value")], rows)
            if len(names) > 1:
                places = self.rows(("place",), [(place,) for place in range(len(names))]).subquery("places")
                values = [(place, column(name)) for place, name in enumerate(names)]
                value = value_in_bands(column("place"), values[1:], values[0][1])
                query = join_rows(select([aliased(value, "value")], rows), places, kind="CROSS")
            parts.append(query)
        return one_after_the_other(parts)

    def _walk(self, name: str, source: str, start: str, mapping: str) -> exp.Query:
        """One letter of a given text after the other: what it becomes is put to the end of `done`."""
        place, done, given = column("place", name), column("done", name), column("given", name)
        letter = call("SUBSTR", given, place, whole(1))
        form = coalesce(column("form", "mapped"), letter)
        own = [aliased(column(start), "given"), aliased(whole(1), "place"), aliased(self.nothing(), "done")]
        first = select([column("value"), *own], source)
        after = select([column("value", name), given, add(place, whole(1)), self._appended(done, form)], table(name))
        after = join_rows(after, table(mapping, "mapped"), on=equal(column("letter", "mapped"), letter), kind="LEFT")
        pair = joined(call("SUBSTR", done, whole(-1)), form)
        after = join_rows(after, table("joining"), on=equal(column("letter", "joining"), pair), kind="LEFT")
        after = after.where(at_most(place, self.length(given)), copy=False)
        return exp.Union(this=first.where(is_known(column(start)), copy=False), expression=after, distinct=False)

    def _appended(self, done: Sql, form: Sql) -> Sql:
        """A text with the next letter, which may join the last one."""
        shorter = call("SUBSTR", done, whole(1), subtract(self.length(done), whole(1)))
        last, code = self.code_of(call("SUBSTR", done, whole(-1))), self.code_of(form)
        alone = equal(self.length(form), whole(1))
        rows = [(is_known(column("form", "joining")), joined(shorter, column("form", "joining")))]
        for holds, made in syllables(last, code):
            rows.append((all_of([alone, holds]), joined(shorter, self.letter_of(made))))
        return choose(rows, joined(done, form))

    def _finished(self, walk: str, own: Sequence[Sql], name: str) -> exp.Query:
        """The texts that a walk has come to the end of."""
        ended = equal(column("place"), add(self.length(column("given")), whole(1)))
        trimmed = self.trim(column("done"), SPACES)
        return select([*own, aliased(trimmed, name)], walk).where(ended, copy=False)


def _pairs(letters: Letters) -> tuple[tuple[str, str], ...]:
    return (*letters.one, *letters.many)
