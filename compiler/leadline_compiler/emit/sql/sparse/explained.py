"""The explanation of the sparse form: rows (contact, rule) from wherever a rule was reckoned, added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlglot import exp

from leadline_compiler.emit.sql.bands import value_in_bands
from leadline_compiler.emit.sql.build import FACTS
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    add,
    aliased,
    all_of,
    any_of,
    choose,
    coalesce,
    column,
    equal,
    join_rows,
    select,
    table,
    text,
    total,
    whole,
)
from leadline_compiler.emit.sql.sparse.earned import EARNED

if TYPE_CHECKING:
    from leadline_compiler.emit.sql.sparse.form import Sparse

_RULES, _FIRED, _SUMS, _TARGETS = "rules", "fired", "sums", "rule_targets"


def explained_steps(form: Sparse) -> Iterator[NamedQuery]:
    """The queries that end in `rules` and `sums`."""
    parts: list[exp.Query] = []
    if form.targets and form.spans.count:
        yield _TARGETS, form.build.dialect.rows(("target", "rule", "is_times"), _target_rows(form))
        parts.append(_from_events())
    for values in form.values.tables:
        if values.terms:
            names = {key: f"{values.frame.mark}{key}" for key in values.terms}
            steps = list(_long(form, values.frame.name, values.frame.last, "k", names))
            yield from steps
            parts.append(form.values.explained(values, steps[-1][0]))
    for block in form.blocks:
        if block.terms:
            names = {key: f"a{key}_{block.number}" for key in block.terms}
            steps = list(_long(form, block.frame.name, block.frame.last, "id", names))
            yield from steps
            columns = [column("k"), column("rule"), column("points"), column("times")]
            parts.append(select([aliased(columns[0], "id"), *columns[1:]], steps[-1][0]))
    yield _RULES, form.build.dialect.rows(("rule", "points", "times", "line"), list(_rule_rows(form)))
    if parts:
        union = parts[0]
        for part in parts[1:]:
            union = exp.Union(this=union, expression=part, distinct=False)
        yield _FIRED, union
        own = [column("id"), column("rule")]
        sums = [aliased(total(column(name)), name) for name in ("points", "times")]
        yield _SUMS, select([*own, *sums], _FIRED).group_by(*own, copy=False)
    yield FACTS, _facts(form, is_summed=bool(parts))


def _target_rows(form: Sparse) -> list[tuple[int, int, int]]:
    return [(target, key // 2, key % 2) for key, target in form.targets.items()]


def _from_events() -> exp.Query:
    value, is_times = column("value", EARNED), column("is_times", _TARGETS)
    columns = [
        aliased(column("contact", EARNED), "id"),
        column("rule", _TARGETS),
        aliased(choose([(equal(is_times, whole(0)), value)], whole(0)), "points"),
        aliased(choose([(equal(is_times, whole(1)), value)], whole(0)), "times"),
    ]
    on = equal(column("target", EARNED), column("target", _TARGETS))
    return join_rows(select(columns, EARNED), table(_TARGETS), on=on)


def _long(form: Sparse, name: str, source: str, key: str, columns: dict[int, str]) -> Iterator[NamedQuery]:
    """Columns of points and times by rule as rows (k, rule, points, times), without those that are 0."""
    rules = sorted({found // 2 for found in columns})
    yield f"{name}_rules", form.build.dialect.rows(("rule",), [(rule,) for rule in rules])
    rule = column("rule", f"{name}_rules")

    def of(place: int) -> Sql:
        values: list[tuple[int, Sql]] = [(at, column(columns[2 * at + place], source)) for at in rules]
        return value_in_bands(rule, values[1:], values[0][1])

    times = form.build.dialect.narrow(of(1))
    long = [aliased(column(key, source), "k"), rule, aliased(of(0), "points"), aliased(times, "times")]
    query = join_rows(select(long, source), table(f"{name}_rules"), kind="CROSS")
    yield f"{name}_long", query
    fired = any_of([exp.NEQ(this=column(found), expression=whole(0)) for found in ("points", "times")])
    found = select([column(own) for own in ("k", "rule", "points", "times")], f"{name}_long")
    yield f"{name}_fired", found.where(fired, copy=False)


def _rule_rows(form: Sparse) -> Iterator[Sequence[int]]:
    for index, rule in enumerate(form.build.plan.rules):
        yield index, form.base.get(2 * index, 0), form.base.get(2 * index + 1, 0), rule.line


def _facts(form: Sparse, *, is_summed: bool) -> exp.Query:
    """Each contact with each rule."""
    people = form.build.people.last
    amounts: list[Sql] = [column(name, _RULES) for name in ("points", "times")]
    if is_summed:
        amounts = [add(tree, coalesce(column(tree.name, _SUMS), whole(0))) for tree in amounts]
    columns: list[Sql] = [column("id", people), column("rule", _RULES), column("line", _RULES)]
    columns += [aliased(tree, name) for tree, name in zip(amounts, ("points", "times"), strict=True)]
    query = join_rows(select(columns, people), table(_RULES), kind="CROSS")
    if not is_summed:
        return query
    on = all_of(
        [equal(column("id", _SUMS), column("id", people)), equal(column("rule", _SUMS), column("rule", _RULES))]
    )
    return join_rows(query, table(_SUMS), on=on, kind="LEFT")


def explained(form: Sparse) -> exp.Query:
    """The result, from the rows of `explained_steps`."""
    plan, dialect = form.build.plan, form.build.dialect
    groups = [plan.groups[rule.group].name for rule in plan.rules]

    def of_rule(values: Sequence[str | None]) -> Sql:
        rows = [(at, exp.null() if value is None else text(value)) for at, value in enumerate(values)]
        kept = [row for place, row in enumerate(rows) if place == 0 or values[place] != values[place - 1]]
        return dialect.as_text(value_in_bands(column("rule"), kept[1:], kept[0][1]))

    columns = [
        dialect.id_of_result(),
        aliased(text(plan.name), "model"),
        aliased(of_rule([rule.name for rule in plan.rules]), "rule"),
        aliased(of_rule([plan.scores[rule.score].name for rule in plan.rules]), "score"),
        aliased(of_rule(groups), "group"),
        aliased(dialect.points(column("points")), "points"),
        column("times"),
        column("line"),
    ]
    return select(columns, FACTS)
