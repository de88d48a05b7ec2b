"""The query put together: one WITH whose parts are the steps from the tables to the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

from leadline_compiler.emit.sql.build import (
    CONTACT_ROWS,
    EVENT_ROWS,
    FEATURES,
    Build,
)
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import (
    Sql,
    aliased,
    all_of,
    at_most,
    choose,
    column,
    equal,
    every_column,
    no,
    select,
    table,
    text,
    whole,
    within,
)
from leadline_compiler.emit.sql.occurrences import passes
from leadline_compiler.emit.sql.refusals import Refused, RefusedError
from leadline_compiler.emit.sql.results import POINTS, TIMES, result_columns, store_results
from leadline_compiler.emit.sql.tables import fold_queries
from leadline_compiler.plan.plan import PlanRule


def build_query(build: Build, *, explain: bool) -> exp.Query | tuple[Refused, ...]:
    """The one SELECT, or what cannot be had."""
    refused = store_results(build, explain=explain)
    if refused:
        return refused
    try:
        ignored = [passes(index, build) for index in build.plan.ignored] if build.features else []
    except RefusedError as error:
        return (Refused("ignore", error.reason),)
    if build.features:
        build.as_of(build.happened)
    parts = list(_parts(build, ignored))
    facts = build.facts.last
    result = _explained(build, facts) if explain else select(result_columns(build), facts)
    return put_together(result, parts, build.dialect)


def put_together(result: exp.Query, parts: Iterable[tuple[str, exp.Query]], dialect: Dialect) -> exp.Query:
    """A query with the named queries that it reads, each of which may read those before it."""
    keeps = dialect.keeps_steps or None
    for name, query in parts:
        alias = exp.to_identifier(name, quoted=True)
        result = result.with_(alias, query, recursive=_reads(query, name), materialized=keeps, copy=False)
    return result


def _reads(query: exp.Query, name: str) -> bool:
    """Whether a query reads itself."""
    return isinstance(query, exp.Union) and any(found.name == name for found in query.find_all(exp.Table))


def _parts(build: Build, ignored: list[Sql]) -> Iterator[tuple[str, exp.Query]]:
    with_events = bool(build.features)
    yield CONTACT_ROWS, _contact_rows(build)
    if with_events:
        yield EVENT_ROWS, _event_rows(build)
    readings = [build.contact_rows, *([build.event_rows] if with_events else [])]
    yield from fold_queries(build.dialect, readings)
    yield from build.people.queries(_people(build))
    if with_events:
        yield from build.happened.queries(_happened(build))
        yield from build.seen.queries(_seen(build, ignored))
        yield FEATURES, _features(build)
    yield from build.facts.queries(_facts(build))


def _contact_rows(build: Build) -> exp.Query:
    schema = build.plan.schema
    identifier = next((field for field in schema.fields if field.name == schema.identifier), None)
    heading = schema.identifier if identifier is None else identifier.heading or identifier.name
    own = [aliased(column(heading), "id")]
    if _asks_for_now(build):
        source = build.options.as_of_column
        if source is None:
            own.append(aliased(build.dialect.now(), "as_of"))
        else:
            build.contact_rows.read_moment("as_of", column(source))
    return build.contact_rows.rows_query(build.options.contacts_table, own)


def _people(build: Build) -> exp.Query:
    reading = build.contact_rows
    own = [column("id", reading.rows)]
    if build.options.as_of_column is None and _asks_for_now(build):
        own.append(column("as_of", reading.rows))
    return reading.join_folds(select([*own, *reading.folded_columns()], reading.rows))


def _asks_for_now(build: Build) -> bool:
    """Whether the instant of the run is a column of the contacts."""
    return build.options.as_of is None and "as_of" in build.people.steps


def _event_rows(build: Build) -> exp.Query:
    """The events of the declared kinds that some rule asks for."""
    names: dict[str, int] = {event.name: index for index, event in enumerate(build.plan.schema.events)}
    names.update({event.source_name: names[event.name] for event in build.plan.schema.events if event.source_name})
    asked = {name: index for name, index in names.items() if index in build.kinds}
    event = column("event")
    kind = choose([(equal(event, text(name)), whole(index)) for name, index in asked.items()])
    build.event_rows.read_moment("at", column("at"))
    own = [column("contact"), aliased(kind, "kind")]
    return build.event_rows.rows_query(build.options.events_table, own, within(event, map(text, asked)))


def _happened(build: Build) -> exp.Query:
    """The events, with what is asked of their contacts."""
    reading, person = build.event_rows, build.people.last
    own = [column(name, reading.rows) for name in ("contact", "kind")]
    of_people = [column(name, person) for name in build.of_people]
    query = reading.join_folds(select([*own, *reading.folded_columns(), *of_people], reading.rows))
    if of_people:
        on = equal(column("id", person), column("contact", reading.rows))
        query = query.join(table(person), on=on, join_type="inner", copy=False)
    return query


def _seen(build: Build, ignored: list[Sql]) -> exp.Query:
    """The events up to as-of that are not ignored."""
    query = select([every_column(build.happened.last)], build.happened.last)
    until = at_most(column("at"), build.as_of(build.seen))
    return query.where(all_of([until, *map(no, ignored)]), copy=False)


def _features(build: Build) -> exp.Query:
    columns = [column("contact"), *(aliased(tree, name) for name, tree in build.features.items())]
    return select(columns, build.seen.last).group_by(column("contact"), copy=False)


def _facts(build: Build) -> exp.Query:
    person = build.people.last
    if not build.features:
        return select([every_column(person)], person)
    columns = [every_column(person), *(column(name, FEATURES) for name in build.features)]
    on = equal(column("contact", FEATURES), column("id", person))
    return select(columns, person).join(table(FEATURES), on=on, join_type="left", copy=False)


def _explained(build: Build, facts: str) -> exp.Query:
    """One row a contact and rule."""
    rows = [_row(index, rule, build, facts) for index, rule in enumerate(build.plan.rules)]
    result: exp.Query = rows[0]
    for row in rows[1:]:
        result = exp.Union(this=result, expression=row, distinct=False)
    return result


def _row(index: int, rule: PlanRule, build: Build, facts: str) -> exp.Query:
    plan, dialect = build.plan, build.dialect
    group = plan.groups[rule.group].name
    times = column(f"{TIMES}{index}")
    columns = [
        column("id"),
        aliased(text(plan.name), "model"),
        aliased(text(rule.name), "rule"),
        aliased(text(plan.scores[rule.score].name), "score"),
        aliased(dialect.as_text(exp.null() if group is None else text(group)), "group"),
        aliased(dialect.points(column(f"{POINTS}{index}")), "points"),
        aliased(times, "times"),
        aliased(whole(rule.line), "line"),
    ]
    return select(columns, facts)
