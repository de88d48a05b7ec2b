"""The first queries: the rows of the two tables, and the contacts with their texts folded."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.dialects.base import WIDE_SPACES
from leadline_compiler.emit.sql.expressions import (
    Sql,
    aliased,
    any_of,
    choose,
    column,
    equal,
    is_null,
    over,
    select,
    text,
    whole,
    within,
)
from leadline_compiler.emit.sql.tables import Reading, rows_query

_ID, _COPY = "own id", "copy of own id"


def contact_rows(build: Build) -> exp.Query:
    """The contacts, their columns typed and their texts as they are, for all readings of them."""
    schema = build.plan.schema
    identifier = next((field for field in schema.fields if field.name == schema.identifier), None)
    heading = schema.identifier if identifier is None else identifier.heading or identifier.name
    own = [aliased(build.dialect.exact(column(heading)), "id")]
    if _asks_for_now(build):
        source = build.options.as_of_column
        template = build.options.as_of_text
        if source is None:
            now = build.dialect.now() if template is None else build.dialect.moment_of(text(template))
            own.append(aliased(now, "as_of"))
        else:
            build.contact_rows.read_moment("as_of", column(source))
    return rows_query([build.contact_rows, *build.form.contact_readings], build.options.contacts_table, own)


def people(build: Build) -> exp.Query:
    """The contacts with their texts folded."""
    reading = build.contact_rows
    own = [column("id", reading.rows)]
    if build.options.as_of_column is None and _asks_for_now(build):
        own.append(column("as_of", reading.rows))
    own += [column(name, reading.rows) for name in build.form.raw_columns]
    return reading.join_folds(select([*own, *reading.folded_columns()], reading.rows))


def _asks_for_now(build: Build) -> bool:
    """Whether the instant of the run is a column of the contacts."""
    return build.options.as_of is None and "as_of" in build.people.steps


def event_rows(build: Build, readings: Iterable[Reading]) -> exp.Query:
    """The events of the declared kinds that some rule asks for, with the columns of all readings."""
    names: dict[str, int] = {event.name: index for index, event in enumerate(build.plan.schema.events)}
    names.update({event.source_name: names[event.name] for event in build.plan.schema.events if event.source_name})
    asked = {name: index for name, index in names.items() if index in build.kinds}
    contact, event = (build.dialect.exact(column(name)) for name in ("contact", "event"))
    kind = choose([(equal(event, text(name)), whole(index)) for name, index in asked.items()])
    own: list[Sql] = [aliased(contact, "contact"), aliased(kind, "kind")]
    is_asked = within(event, map(text, asked))
    if build.options.event_id is None:
        return rows_query(readings, build.options.events_table, own, is_asked)
    numbered = _numbered(build, build.options.event_id).where(is_asked, copy=False)
    first = any_of([is_null(column(_ID)), equal(column(_COPY), whole(1))])
    return rows_query(readings, numbered.subquery("events"), own, first)


def _numbered(build: Build, heading: str) -> exp.Select:
    """The events with their ids, and a number for each copy of one, from 1."""
    dialect, source = build.dialect, exp.to_table(build.options.events_table, dialect=build.dialect.name)
    own_id = dialect.trim(dialect.as_text(column(heading)), WIDE_SPACES)
    copy = over(exp.RowNumber(), [dialect.exact(column("contact")), own_id], [(column("at"), False)])
    return select([exp.Star(), aliased(own_id, _ID), aliased(copy, _COPY)], source)
