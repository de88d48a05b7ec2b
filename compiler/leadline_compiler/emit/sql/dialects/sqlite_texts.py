"""Patterns and lists in SQLite, which has no regular expressions: texts are walked through letter by letter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.automaton import END, FOUND, table_of
from leadline_compiler.emit.sql.dialects.base import SEPARATOR, SPACES
from leadline_compiler.emit.sql.dialects.walking import joined
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    add,
    aliased,
    all_of,
    at_least,
    at_most,
    between,
    binary,
    call,
    coalesce,
    column,
    equal,
    join_rows,
    select,
    subtract,
    table,
    text,
    whole,
)
from leadline_compiler.patterns import Pattern


def json_rows(members: Any) -> exp.Table:
    """The members of an object or array as rows with `key` and `value`, by way of JSON."""
    written = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    return exp.Table(this=call("JSON_EACH", text(written)), alias=exp.TableAlias(this=exp.to_identifier("rows")))


def matches_by_table(tree: Sql, pattern: Pattern) -> Sql:
    """Whether a pattern is found in a text: its states are walked through, a letter a step."""
    place, state = column("place", "walk"), column("state", "walk")
    rows = [(row.state, row.low, row.high, row.following) for row in table_of(pattern)]
    code = coalesce(call("UNICODE", call("SUBSTR", tree, place, whole(1))), whole(END))
    step = select([add(place, whole(1)), column("following", "step")], "walk")
    on = all_of([equal(column("state", "step"), state), between(code, column("low", "step"), column("high", "step"))])
    step = join_rows(step, table("step"), on=on)
    open_ = all_of([at_least(state, whole(0)), at_most(place, add(call("LENGTH", tree), whole(1)))])
    walk = exp.Union(
        this=exp.Select(expressions=[aliased(whole(1), "place"), aliased(whole(0), "state")]),
        expression=step.where(open_, copy=False),
        distinct=False,
    )
    found = select([exp.Count(this=exp.Star())], "walk").where(equal(state, whole(FOUND)), copy=False)
    queries: list[NamedQuery] = [("step", _states(rows)), ("walk", walk)]
    return binary(exp.GT, subquery(found, queries), whole(0))


def _states(rows: Sequence[tuple[int, ...]]) -> exp.Query:
    """A table of states."""
    names = ("state", "low", "high", "following")
    items = [call("JSON_EXTRACT", column("value", "rows"), text(f"$[{place}]")) for place in range(len(names))]
    columns = [aliased(item, name) for item, name in zip(items, names, strict=True)]
    return select(columns, json_rows(rows))


def tidy_list(tree: Sql) -> Sql:
    """The items of a list, trimmed, each between two separators; NULL where there is none."""
    rest, done = column("rest", "tidy"), column("done", "tidy")
    cut = call("INSTR", rest, text(SEPARATOR))
    item = call("TRIM", call("SUBSTR", rest, whole(1), subtract(cut, whole(1))), text(SPACES))
    following = [
        call("SUBSTR", rest, add(cut, whole(1))),
        coalesce(joined(done, call("NULLIF", item, text("")), text(SEPARATOR)), done),
    ]
    first = [aliased(joined(tree, text(SEPARATOR)), "rest"), aliased(text(SEPARATOR), "done")]
    walk = exp.Union(
        this=exp.Select(expressions=first),
        expression=select(following, "tidy").where(exp.NEQ(this=rest, expression=text("")), copy=False),
        distinct=False,
    )
    last = select([call("NULLIF", done, text(SEPARATOR))], "tidy")
    return subquery(last.where(equal(rest, text("")), copy=False), [("tidy", walk)])


def subquery(query: exp.Select, queries: list[NamedQuery]) -> Sql:
    """One value out of a query that walks."""
    for name, part in queries:
        query = query.with_(exp.to_identifier(name, quoted=True), part, recursive=True, copy=False)
    return query.subquery(copy=False)
