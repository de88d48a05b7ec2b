"""Small pieces of SQL as trees.

A tree may stand in several places: nothing here changes one, and sqlglot copies the whole before it writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlglot import exp

Sql: TypeAlias = exp.Expr
NamedQuery: TypeAlias = tuple[str, Sql]
"""A step of a query, under the name that WITH gives it."""
_LEVELS: dict[type[exp.Expr], int] = {
    exp.Or: 1,
    exp.And: 2,
    exp.Not: 3,
    **dict.fromkeys((exp.EQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Between), 4),
    exp.Add: 5,
    exp.Sub: 5,
    exp.Mul: 6,
}
"""How tightly operators bind; what is not here binds tightest, or stands in parentheses of its own."""
_MOST_IN_A_ROW = 30
"""Operands of one operator side by side: each is a level deeper than the one before, and engines go only so deep."""
_LEAVES = frozenset({str, bool, type(None), exp.Literal, exp.Identifier, exp.DataType})
_LOOSE = (exp.DPipe, exp.IntDiv, exp.Div, exp.Mod, exp.Collate)


def column(name: str, table: str | None = None) -> exp.Column:
    """A column by its name, quoted."""
    own = _identifier(name)
    return exp.Column(this=own) if table is None else exp.Column(this=own, table=_identifier(table))


def _identifier(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)


def whole(value: int) -> Sql:
    """A whole number."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def text(value: str) -> Sql:
    return exp.Literal.string(value)


def written(as_: str, columns: Iterable[str] = (), tables: Iterable[str] = ()) -> exp.Var:
    """What a dialect has written, as a tree that stands as tightly as a column, with the names that it reads."""
    return exp.Var(this=as_, columns=list(columns), tables=list(tables))


def columns_read(tree: Sql) -> Iterator[str]:
    """The names of the columns in a tree, but for those that name their table."""
    for found in _found_in(tree, (exp.Column, exp.Var)):
        if isinstance(found, exp.Var):
            yield from found.args.get("columns", ())
        elif not found.args.get("table"):
            yield found.name


def tables_read(query: Sql) -> Iterator[str]:
    """The names of the tables in a query, one for each time that it is read."""
    for found in _found_in(query, (exp.Table, exp.Var)):
        if isinstance(found, exp.Var):
            yield from found.args.get("tables", ())
        else:
            yield found.name


def _found_in(tree: Sql, wanted: tuple[type[exp.Expr], ...]) -> Iterator[exp.Expr]:
    """The nodes of some classes, but for those inside of one; a walk that keeps no order takes a third of the time."""
    rest: list[Any] = [tree]
    while rest:
        found = rest.pop()
        kind = found.__class__
        if kind in wanted:
            yield found
        elif kind is list:
            rest += found
        elif kind not in _LEAVES and isinstance(found, exp.Expr):
            rest += found.args.values()


def closed(tree: Sql, level: int = 9) -> Sql:
    """The tree as it can stand beside an operator of this level."""
    binds_less = isinstance(tree, _LOOSE) or _LEVELS.get(type(tree), 9) < level
    return exp.Paren(this=tree) if binds_less else tree


def call(name: str, *arguments: Sql) -> Sql:
    """A function by the name that the engine knows; nothing about it is translated."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def cast(tree: Sql, kind: str) -> Sql:
    """`kind` is a type as the engine writes it."""
    return exp.Cast(this=tree, to=_type(kind).copy())


@lru_cache(maxsize=64)
def _type(kind: str) -> exp.DataType:
    """A type, parsed once; whoever writes it may change it."""
    return exp.DataType.build(kind, udt=True)


def binary(kind: type[exp.Binary], left: Sql, right: Sql) -> Sql:
    level = _LEVELS.get(kind, 8)
    return kind(this=closed(left, max(level, 5)), expression=closed(right, max(level + 1, 5)))


def add(first: Sql, *others: Sql) -> Sql:
    return _joined(exp.Add, [first, *others])


def subtract(left: Sql, right: Sql) -> Sql:
    return binary(exp.Sub, left, right)


def multiply(left: Sql, right: Sql) -> Sql:
    return binary(exp.Mul, left, right)


def less(left: Sql, right: Sql) -> Sql:
    return binary(exp.LT, left, right)


def at_most(left: Sql, right: Sql) -> Sql:
    return binary(exp.LTE, left, right)


def more(left: Sql, right: Sql) -> Sql:
    return binary(exp.GT, left, right)


def at_least(left: Sql, right: Sql) -> Sql:
    return binary(exp.GTE, left, right)


def equal(left: Sql, right: Sql) -> Sql:
    return binary(exp.EQ, left, right)


def between(tree: Sql, low: Sql, high: Sql) -> Sql:
    return exp.Between(this=closed(tree, 5), low=closed(low, 5), high=closed(high, 5))


def within(tree: Sql, values: Iterable[Sql]) -> Sql:
    """Whether it is one of the values; never where there is none."""
    listed = list(values)
    if not listed:
        return exp.false()
    return equal(tree, listed[0]) if len(listed) == 1 else exp.In(this=closed(tree, 5), expressions=listed)


def is_null(tree: Sql) -> Sql:
    return exp.Is(this=closed(tree, 5), expression=exp.null())


def is_known(tree: Sql) -> Sql:
    return exp.Is(this=closed(tree, 5), expression=exp.Not(this=exp.null()))


def _joined(kind: type[exp.Binary], parts: Sequence[Sql]) -> Sql:
    level = _LEVELS[kind]
    if len(parts) > _MOST_IN_A_ROW:
        starts = range(0, len(parts), _MOST_IN_A_ROW)
        parts = [exp.Paren(this=_joined(kind, parts[start : start + _MOST_IN_A_ROW])) for start in starts]
        return _joined(kind, parts)
    result = parts[0] if len(parts) == 1 else closed(parts[0], level)
    for part in parts[1:]:
        result = kind(this=result, expression=closed(part, level + 1))
    return result


def all_of(parts: Sequence[Sql]) -> Sql:
    return _joined(exp.And, parts) if parts else exp.true()


def any_of(parts: Sequence[Sql]) -> Sql:
    return _joined(exp.Or, parts) if parts else exp.false()


def no(condition: Sql) -> Sql:
    """The plain negation of a condition, for which NULL means that it does not hold."""
    return exp.Not(this=coalesce(condition, exp.false()))


def coalesce(tree: Sql, fallback: Sql) -> Sql:
    return exp.Coalesce(this=tree, expressions=[fallback])


def choose(rows: Iterable[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
    """CASE: the value of the first row whose condition holds."""
    ifs = [exp.If(this=condition, true=value) for condition, value in rows]
    if not ifs:
        return exp.null() if otherwise is None else otherwise
    return exp.Case(ifs=ifs, default=None if otherwise is None else otherwise)


def flag(condition: Sql) -> Sql:
    """1 where the condition holds, else 0."""
    return choose([(condition, whole(1))], whole(0))


def when(condition: Sql, value: Sql) -> Sql:
    """The value where the condition holds, else NULL."""
    return choose([(condition, value)])


def total(tree: Sql) -> Sql:
    return exp.Sum(this=tree)


def least(tree: Sql) -> Sql:
    return exp.Min(this=tree)


def greatest(tree: Sql) -> Sql:
    return exp.Max(this=tree)


def aliased(tree: Sql, name: str) -> Sql:
    return exp.Alias(this=tree, alias=_identifier(name))


def over(function: Sql, partition: Sequence[Sql], order: Sequence[tuple[Sql, bool]] = ()) -> Sql:
    """A window function; `order` says for each tree whether it runs down."""
    ordered = [exp.Ordered(this=tree, desc=down, nulls_first=False) for tree, down in order]
    return exp.Window(
        this=function,
        partition_by=list(partition),
        order=exp.Order(expressions=ordered) if ordered else None,
    )


def select(columns: Sequence[Sql], source: Sql | str | None) -> exp.Select:
    """SELECT of some columns from a table or a query's name."""
    query = exp.Select(expressions=list(columns))
    if source is None:
        return query
    return query.from_(table(source) if isinstance(source, str) else source, copy=False)


def join_rows(
    query: exp.Select, source: exp.Table | exp.Subquery, on: Sql | None = None, kind: str = "INNER"
) -> exp.Select:
    """The query, now with the rows of another beside its own; `kind` is INNER, LEFT or CROSS."""
    found = exp.Join(this=source, on=on, **{"side" if kind == "LEFT" else "kind": kind})
    query.append("joins", found)
    return query


def table(name: str, alias: str | None = None) -> exp.Table:
    found = exp.Table(this=_identifier(name))
    return found if alias is None else exp.alias_(found, alias, table=True, quoted=True)  # type: ignore[return-value]


def every_column(source: str) -> Sql:
    return exp.Column(this=exp.Star(), table=_identifier(source))


def exists_in(tree: Sql, numbers: Sequence[int]) -> Sql:
    """Whether a whole number is one of an ascending sequence: a range where it has no gap."""
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return between(tree, whole(numbers[0]), whole(numbers[-1]))
    return within(tree, map(whole, numbers))
