"""The query put together: one WITH whose parts are the steps from the tables to the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlglot import exp

from leadline_compiler.emit.sql.build import CONTACT_ROWS, Build
from leadline_compiler.emit.sql.dense import Dense
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import NamedQuery, Sql, select, tables_read
from leadline_compiler.emit.sql.refusals import Refused, RefusedError
from leadline_compiler.emit.sql.results import result_columns, store_results
from leadline_compiler.emit.sql.rows import contact_rows
from leadline_compiler.emit.sql.sparse.form import Sparse

_REST = "what follows"
SPARSE_FROM = 50
"""Rules from which on a query is sparse: fewer are quicker, and easier to read, with a column for each."""


def build_query(build: Build, *, explain: bool, sparse: bool | None = None) -> exp.Query | tuple[Refused, ...]:
    """The one SELECT, or what cannot be had."""
    many = len(build.plan.rules) >= SPARSE_FROM if sparse is None else sparse
    build.form = Sparse(build, explain) if many else Dense(build, explain)
    refused = store_results(build, explain=explain)
    if refused:
        return refused
    try:
        build.form.close()
    except RefusedError as error:
        return (Refused("ignore", error.reason),)
    parts = [(CONTACT_ROWS, contact_rows(build)), *build.form.steps()]
    result = build.form.explained() if explain else select(result_columns(build), build.facts.last)
    return put_together(result, parts, build.dialect, build.form.barriers)


def put_together(
    result: exp.Query, parts: Iterable[NamedQuery], dialect: Dialect, barriers: frozenset[str] = frozenset()
) -> exp.Query:
    """A query with the named queries that it reads, each of which may read those before it.

    Engines estimate badly how many rows a step has, and would join those of the `barriers` in the worst order.
    """
    named = list(parts)
    readers = Counter(name for _, query in named for name in tables_read(query)) if dialect.keeps_shared else Counter()
    recursive = any(_reads(query, name) for name, query in named)
    most = dialect.most_parts or len(named) or 1
    rest: list[NamedQuery] = []
    for first in reversed(range(0, len(named), most)):
        for name, query in [*named[first : first + most], *rest]:
            keeps = dialect.keeps_steps or (dialect.keeps_shared and (readers[name] > 1 or name in barriers)) or None
            alias = exp.to_identifier(name, quoted=True)
            result = result.with_(alias, dialect.kept(query), recursive=recursive, materialized=keeps, copy=False)
        if first:
            rest = [(_REST, result)]
            result = select([exp.Star()], _REST)
    return result


def _reads(query: Sql, name: str) -> bool:
    """Whether a query reads itself."""
    return isinstance(query, exp.Union | exp.Var) and name in tables_read(query)
