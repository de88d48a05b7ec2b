"""Small pieces of SQL as trees. Every argument is copied, so that a tree can stand in several places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

Sql = exp.Expression
_CLOSED = (exp.Column, exp.Literal, exp.Func, exp.Case, exp.Paren, exp.Boolean, exp.Null, exp.Window, exp.Subquery)


def column(name: str, table: str | None = None) -> exp.Column:
    """A column by its name, quoted."""
    return exp.column(name, table=table, quoted=True)


def whole(value: int) -> Sql:
    """A whole number."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def text(value: str) -> Sql:
    return exp.Literal.string(value)


def closed(tree: Sql) -> Sql:
    """A copy of the tree that can stand beside an operator."""
    return tree.copy() if isinstance(tree, _CLOSED) else exp.Paren(this=tree.copy())


def call(name: str, *arguments: Sql) -> Sql:
    """A function by the name that the engine knows; nothing about it is translated."""
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def cast(tree: Sql, kind: str) -> Sql:
    """`kind` is a type as the engine writes it."""
    return exp.Cast(this=tree.copy(), to=exp.DataType.build(kind, udt=True))


def binary(kind: type[exp.Binary], left: Sql, right: Sql) -> Sql:
    return kind(this=closed(left), expression=closed(right))


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
    return exp.Between(this=closed(tree), low=closed(low), high=closed(high))


def within(tree: Sql, values: Iterable[Sql]) -> Sql:
    """Whether it is one of the values; never where there is none."""
    listed = [value.copy() for value in values]
    if not listed:
        return exp.false()
    return equal(tree, listed[0]) if len(listed) == 1 else exp.In(this=closed(tree), expressions=listed)


def is_null(tree: Sql) -> Sql:
    return exp.Is(this=closed(tree), expression=exp.null())


def is_known(tree: Sql) -> Sql:
    return exp.Is(this=closed(tree), expression=exp.Not(this=exp.null()))


def _joined(kind: type[exp.Binary], parts: Sequence[Sql]) -> Sql:
    result = parts[0].copy() if len(parts) == 1 else closed(parts[0])
    for part in parts[1:]:
        result = kind(this=result, expression=closed(part))
    return result


def all_of(parts: Sequence[Sql]) -> Sql:
    return _joined(exp.And, parts) if parts else exp.true()


def any_of(parts: Sequence[Sql]) -> Sql:
    return _joined(exp.Or, parts) if parts else exp.false()


def no(condition: Sql) -> Sql:
    """The plain negation of a condition, for which NULL means that it does not hold."""
    return exp.Not(this=coalesce(condition, exp.false()))


def coalesce(tree: Sql, fallback: Sql) -> Sql:
    return exp.Coalesce(this=tree.copy(), expressions=[fallback.copy()])


def choose(rows: Iterable[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
    """CASE: the value of the first row whose condition holds."""
    ifs = [exp.If(this=condition.copy(), true=value.copy()) for condition, value in rows]
    if not ifs:
        return exp.null() if otherwise is None else otherwise.copy()
    return exp.Case(ifs=ifs, default=None if otherwise is None else otherwise.copy())


def flag(condition: Sql) -> Sql:
    """1 where the condition holds, else 0."""
    return choose([(condition, whole(1))], whole(0))


def when(condition: Sql, value: Sql) -> Sql:
    """The value where the condition holds, else NULL."""
    return choose([(condition, value)])


def total(tree: Sql) -> Sql:
    return exp.Sum(this=tree.copy())


def least(tree: Sql) -> Sql:
    return exp.Min(this=tree.copy())


def greatest(tree: Sql) -> Sql:
    return exp.Max(this=tree.copy())


def aliased(tree: Sql, name: str) -> Sql:
    return exp.alias_(tree.copy(), name, quoted=True)


def over(function: Sql, partition: Sequence[Sql], order: Sequence[tuple[Sql, bool]] = ()) -> Sql:
    """A window function; `order` says for each tree whether it runs down."""
    ordered = [exp.Ordered(this=tree.copy(), desc=down, nulls_first=False) for tree, down in order]
    return exp.Window(
        this=function.copy(),
        partition_by=[tree.copy() for tree in partition],
        order=exp.Order(expressions=ordered) if ordered else None,
    )


def select(columns: Sequence[Sql], source: Sql | str | None) -> exp.Select:
    """SELECT of some columns from a table or a query's name."""
    query = exp.Select(expressions=[item.copy() for item in columns])
    if source is None:
        return query
    return query.from_(table(source) if isinstance(source, str) else source, copy=False)


def table(name: str, alias: str | None = None) -> exp.Table:
    found = exp.Table(this=exp.to_identifier(name, quoted=True))
    return found if alias is None else exp.alias_(found, alias, table=True, quoted=True)  # type: ignore[return-value]


def every_column(source: str) -> Sql:
    return exp.Column(this=exp.Star(), table=exp.to_identifier(source, quoted=True))


def union(first: exp.Query, *others: exp.Query, distinct: bool = False) -> exp.Query:
    result = first
    for other in others:
        result = exp.Union(this=result, expression=other, distinct=distinct)
    return result
