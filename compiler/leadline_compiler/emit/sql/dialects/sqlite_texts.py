"""Texts in SQLite, which knows the cases of ASCII alone: each letter is looked up in a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.automaton import END, FOUND, table_of
from leadline_compiler.emit.sql.dialects.base import SEPARATOR, SPACES
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
    choose,
    coalesce,
    column,
    equal,
    is_known,
    multiply,
    select,
    subtract,
    table,
    text,
    whole,
)
from leadline_compiler.emit.sql.folding import Letters, canonical, cases, compatibility, compositions
from leadline_compiler.patterns import Pattern

Queries = list[tuple[str, exp.Query]]
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_LEAD, _VOWEL, _TAIL = (0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2)


def joined(left: Sql, *others: Sql) -> Sql:
    """Texts one after the other."""
    result = left
    for other in others:
        result = exp.DPipe(this=result, expression=other)
    return result


def _rows_of(written: str) -> exp.Table:
    """The members of a JSON object or array as rows with `key` and `value`."""
    return exp.Table(this=call("JSON_EACH", text(written)), alias=exp.TableAlias(this=exp.to_identifier("rows")))


def fold_queries(odd: str) -> Queries:
    """Queries that end in `folds`, from the texts of the query `odd`."""
    ascii_free = [*_pairs(compatibility()), *_pairs(canonical())]
    spelled = dict(reversed(ascii_free))
    return [
        ("spelling", _letters(spelled.items())),
        ("casing", _letters(_pairs(cases()))),
        ("joining", _letters(compositions())),
        ("spelled", _walk("spelled", odd, "value", "spelling")),
        ("normal", _finished("spelled", "pattern")),
        ("cased", _walk("cased", "normal", "pattern", "casing")),
        ("lower", _finished("cased", "folded")),
        ("folds", _folds()),
    ]


def _pairs(letters: Letters) -> tuple[tuple[str, str], ...]:
    return (*letters.one, *letters.many)


def _letters(pairs: Iterable[tuple[str, str]]) -> exp.Query:
    """A table of letters, or pairs of them, and what they become."""
    written = json.dumps(dict(pairs), ensure_ascii=False, separators=(",", ":"))
    columns = [aliased(column("key", "rows"), "letter"), aliased(column("value", "rows"), "form")]
    return select(columns, _rows_of(written))


def _walk(name: str, source: str, start: str, mapping: str) -> exp.Query:
    """One letter of a text after the other: what it becomes is put to the end of `done`."""
    place, done, value = column("place", name), column("done", name), column("value", name)
    letter = call("SUBSTR", value, place, whole(1))
    form = coalesce(column("form", "mapped"), letter)
    first = select([aliased(column(start), "value"), aliased(whole(1), "place"), aliased(text(""), "done")], source)
    after = select([value, add(place, whole(1)), _appended(done, form)], table(name))
    after = after.join(table(mapping, "mapped"), on=equal(column("letter", "mapped"), letter), join_type="left")
    pair = joined(call("SUBSTR", done, whole(-1)), form)
    after = after.join(table("joining"), on=equal(column("letter", "joining"), pair), join_type="left")
    after = after.where(at_most(place, call("LENGTH", value)), copy=False)
    return exp.Union(this=first.where(is_known(column(start)), copy=False), expression=after, distinct=False)


def _appended(done: Sql, form: Sql) -> Sql:
    """A text with the next letter, which may join the last one."""
    shorter = call("SUBSTR", done, whole(1), subtract(call("LENGTH", done), whole(1)))
    last, code = call("UNICODE", call("SUBSTR", done, whole(-1))), call("UNICODE", form)
    alone = equal(call("LENGTH", form), whole(1))
    lead, vowel = subtract(last, whole(_LEAD[0])), subtract(code, whole(_VOWEL[0]))
    syllable = add(multiply(add(multiply(lead, whole(21)), vowel), whole(28)), whole(_FIRST_SYLLABLE))
    closed = add(last, subtract(code, whole(_TAIL[0] - 1)))
    is_open = equal(binary(exp.Mod, subtract(last, whole(_FIRST_SYLLABLE)), whole(28)), whole(0))
    with_vowel = all_of([alone, _in(last, _LEAD), _in(code, _VOWEL)])
    with_tail = all_of([alone, _in(last, (_FIRST_SYLLABLE, _LAST_SYLLABLE)), is_open, _in(code, _TAIL)])
    return choose(
        [
            (is_known(column("form", "joining")), joined(shorter, column("form", "joining"))),
            (with_vowel, joined(shorter, call("CHAR", syllable))),
            (with_tail, joined(shorter, call("CHAR", closed))),
        ],
        joined(done, form),
    )


def _in(tree: Sql, ends: tuple[int, int]) -> Sql:
    return between(tree, whole(ends[0]), whole(ends[1]))


def trimmed(tree: Sql) -> Sql:
    return call("NULLIF", call("TRIM", tree, text(SPACES)), text(""))


def _finished(walk: str, name: str) -> exp.Query:
    """The texts that a walk has come to the end of."""
    ended = equal(column("place"), add(call("LENGTH", column("value")), whole(1)))
    return select([column("value"), aliased(trimmed(column("done")), name)], walk).where(ended, copy=False)


def _folds() -> exp.Query:
    columns = [column("value", "normal"), column("pattern", "normal"), column("folded", "lower")]
    on = equal(column("value", "lower"), column("pattern", "normal"))
    query = select(columns, "normal").join(table("lower"), on=on, join_type="left", copy=False)
    return query.distinct(copy=False)


def matches_by_table(tree: Sql, pattern: Pattern) -> Sql:
    """Whether a pattern is found in a text: its states are walked through, a letter a step."""
    place, state = column("place", "walk"), column("state", "walk")
    rows = [(row.state, row.low, row.high, row.following) for row in table_of(pattern)]
    code = coalesce(call("UNICODE", call("SUBSTR", tree, place, whole(1))), whole(END))
    step = select([add(place, whole(1)), column("following", "step")], "walk")
    on = all_of([equal(column("state", "step"), state), between(code, column("low", "step"), column("high", "step"))])
    step = step.join(table("step"), on=on, copy=False)
    open_ = all_of([at_least(state, whole(0)), at_most(place, add(call("LENGTH", tree), whole(1)))])
    walk = exp.Union(
        this=exp.Select(expressions=[aliased(whole(1), "place"), aliased(whole(0), "state")]),
        expression=step.where(open_, copy=False),
        distinct=False,
    )
    found = select([exp.Count(this=exp.Star())], "walk").where(equal(state, whole(FOUND)), copy=False)
    queries: Queries = [("step", _states(rows)), ("walk", walk)]
    return binary(exp.GT, subquery(found, queries), whole(0))


def _states(rows: Sequence[tuple[int, ...]]) -> exp.Query:
    """A table of states."""
    names = ("state", "low", "high", "following")
    items = [call("JSON_EXTRACT", column("value", "rows"), text(f"$[{place}]")) for place in range(len(names))]
    columns = [aliased(item, name) for item, name in zip(items, names, strict=True)]
    return select(columns, _rows_of(json.dumps(rows, separators=(",", ":"))))


def tidy_list(tree: Sql) -> Sql:
    """The items of a list, trimmed, each between two separators; NULL where there is none."""
    rest, done = column("rest", "tidy"), column("done", "tidy")
    cut = call("INSTR", rest, text(SEPARATOR))
    item = trimmed(call("SUBSTR", rest, whole(1), subtract(cut, whole(1))))
    following = [
        call("SUBSTR", rest, add(cut, whole(1))),
        coalesce(joined(done, item, text(SEPARATOR)), done),
    ]
    first = [aliased(joined(tree, text(SEPARATOR)), "rest"), aliased(text(SEPARATOR), "done")]
    walk = exp.Union(
        this=exp.Select(expressions=first),
        expression=select(following, "tidy").where(exp.NEQ(this=rest, expression=text("")), copy=False),
        distinct=False,
    )
    last = select([call("NULLIF", done, text(SEPARATOR))], "tidy")
    return subquery(last.where(equal(rest, text("")), copy=False), [("tidy", walk)])


def subquery(query: exp.Select, queries: Queries) -> Sql:
    """One value out of a query that walks."""
    for name, part in queries:
        query = query.with_(exp.to_identifier(name, quoted=True), part, recursive=True, copy=False)
    return query.subquery(copy=False)
