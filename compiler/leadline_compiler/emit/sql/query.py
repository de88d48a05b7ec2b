"""The query put together: one WITH whose parts are the steps from the tables to the result."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from leadline_compiler.emit.sql.build import (
    CONTACT_ROWS,
    EVENT_ROWS,
    FEATURES,

    Build,
)
from leadline_compiler.emit.sql.expressions import (
    Sql,
    aliased,
    any_of,
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
    parts = list(_parts(build, ignored))
    facts = build.facts.last
    result = _explained(build, facts) if explain else select(result_columns(build), facts)
    for name, query in parts:
        result = result.with_(exp.to_identifier(name, quoted=True), query, copy=False)
    return result


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
    if build.options.as_of is None and "as_of" in build.people.steps:
        source = build.options.as_of_column
        moment = build.dialect.now() if source is None else build.contact_rows.moment(column(source))
        own.append(aliased(moment, "as_of"))
    return build.contact_rows.rows_query(build.options.contacts_table, own)


def _people(build: Build) -> exp.Query:
    reading = build.contact_rows
    own = [column(name, reading.rows) for name in ("id", "as_of") if _is_given(name, build)]
    return reading.join_folds(select([*own, *reading.folded_columns()], reading.rows))


def _is_given(name: str, build: Build) -> bool:
    return name == "id" or (build.options.as_of is None and name in build.people.steps)


def _event_rows(build: Build) -> exp.Query:
    """The events of the declared kinds that some rule asks for."""
    names: dict[str, int] = {event.name: index for index, event in enumerate(build.plan.schema.events)}
    names.update({event.source_name: names[event.name] for event in build.plan.schema.events if event.source_name})
    asked = {name: index for name, index in names.items() if index in build.kinds}
    event = column("event")
    kind = choose([(equal(event, text(name)), whole(index)) for name, index in asked.items()])
    own = [column("contact"), aliased(kind, "kind"), aliased(build.event_rows.moment(column("at")), "at")]
    return build.event_rows.rows_query(build.options.events_table, own, within(event, map(text, asked)))


def _happened(build: Build) -> exp.Query:
    """The events up to as-of, with what is asked of their contacts."""
    reading, person = build.event_rows, build.people.last
    own = [column(name, reading.rows) for name in ("contact", "kind", "at")]
    of_people = [column(name, person) for name in build.of_people]
    query = reading.join_folds(select([*own, *reading.folded_columns(), *of_people], reading.rows))
    as_of: Sql = whole(build.options.as_of) if build.options.as_of is not None else column("as_of", person)
    if of_people or build.options.as_of is None:
        on = equal(column("id", person), column("contact", reading.rows))
        query = query.join(table(person), on=on, join_type="inner", copy=False)
    return query.where(at_most(column("at", reading.rows), as_of), copy=False)


def _seen(build: Build, ignored: list[Sql]) -> exp.Query:
    query = select([every_column(build.happened.last)], build.happened.last)
    return query.where(no(any_of(ignored)), copy=False) if ignored else query


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


