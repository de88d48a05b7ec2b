"""The queries of the sparse form in their order, from the rows of the two tables to the facts of the contacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from leadline_compiler.emit.sql.build import CONTACT_ROWS, EVENT_ROWS
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    at_least,
    column,
    equal,
    every_column,
    greatest,
    join_rows,
    least,
    select,
    subtract,
    table,
    whole,
)
from leadline_compiler.emit.sql.rows import event_rows, people
from leadline_compiler.emit.sql.sparse.earned import EARNED, SCALES, TALLIES, Measure
from leadline_compiler.emit.sql.sparse.explained import explained_steps
from leadline_compiler.emit.sql.sparse.marks import CELL_ROWS
from leadline_compiler.emit.sql.tables import Reading, fold_queries

if TYPE_CHECKING:
    from leadline_compiler.emit.sql.sparse.form import Sparse

RECENT = "recent"


def sparse_steps(form: Sparse) -> Iterator[NamedQuery]:
    build = form.build
    readings = [form.at, *_readings(form)] if form.spans.count else []
    if form.spans.count:
        yield EVENT_ROWS, event_rows(build, readings)
    others = [(EVENT_ROWS, reading) for reading in readings]
    others += [(CONTACT_ROWS, reading) for reading in form.values.readings]
    yield from fold_queries(build.dialect, [build.contact_rows], others)
    yield from build.people.queries(people(build))
    if form.spans.count:
        yield from _events(form)
        if form.plain.features or form.limited.tallies:
            yield from _tallies(form)
            yield SCALES, form.earned.scales()
            yield EARNED, form.earned.query()
        yield from _odd(form)
    yield from _contacts(form)


def _readings(form: Sparse) -> list[Reading]:
    return [form.marks.reading, *form.limited.readings, form.odd_reading]


def _events(form: Sparse) -> Iterator[NamedQuery]:
    """The events with their age, their cell and their band; those after the instant of the run are left out."""
    build, frame, person = form.build, form.events, form.build.people.last
    raw = dict.fromkeys(name for reading in _readings(form) for name in reading.raw_names())
    columns: list[Sql] = [column(name, EVENT_ROWS) for name in ("contact", "kind", *raw)]
    columns += [*form.at.folded_columns(), *(column(name, person) for name in build.of_people)]
    query = select(columns, EVENT_ROWS)
    if build.of_people:
        on = equal(column("id", person), column("contact", EVENT_ROWS))
        query = join_rows(query, table(person), on=on)
    frame.store_as(subtract(build.as_of(frame), column("at")), "age")
    for name in raw:
        frame.given(name)
    frame.store_as(form.marks.key(), "cell")
    frame.store_as(form.spans.band(), "band")
    yield from frame.queries(query)
    yield RECENT, select([every_column(frame.last)], frame.last).where(at_least(column("age"), whole(0)), copy=False)
    yield CELL_ROWS, form.marks.cell_rows(RECENT)
    yield from form.marks.queries()


def _tallies(form: Sparse) -> Iterator[NamedQuery]:
    """What is known of each contact's events of each feature."""
    asked = form.earned.measures
    parts: list[exp.Query] = []
    if form.plain.features:
        yield from form.spans.queries(form.plain)
        own = [column("contact", RECENT), column("feature", form.plain.cells)]
        age = column("age", RECENT)
        columns: list[Sql] = [*own, aliased(exp.Count(this=exp.Star()), "many")]
        if asked & {Measure.NEWEST_DAYS, Measure.NEWEST_AGE}:
            columns.append(aliased(least(age), "newest"))
        if asked & {Measure.OLDEST_DAYS, Measure.OLDEST_AGE}:
            columns.append(aliased(greatest(age), "oldest"))
        yield "plain_tallies", form.spans.hits(form.plain, columns, RECENT).group_by(*own, copy=False)
        parts.append(_part("plain_tallies", {"many", *(tree.alias for tree in columns[2:])}, form))
    yield from form.limited.queries(RECENT)
    parts += [_part(name, {"many", "earned"}, form) for name in form.limited.tallies]
    union = parts[0]
    for part in parts[1:]:
        union = exp.Union(this=union, expression=part, distinct=False)
    yield TALLIES, union


def _part(name: str, known: set[str], form: Sparse) -> exp.Query:
    """Tallies with all columns that there are; those that they lack are 0, and nobody asks for them."""
    asked = ("many", "newest", "oldest", "earned")
    columns = [column(own) if own in known else aliased(whole(0), own) for own in asked]
    return select([column("contact"), column("feature"), *columns], name)


def _odd(form: Sparse) -> Iterator[NamedQuery]:
    """The events of the occurrences whose aggregates are reckoned one by one."""
    if not form.odd.features:
        return
    reading, build = form.odd_reading, form.build
    yield from form.spans.queries(form.odd)
    names = ("contact", "at", *reading.raw_names(), *build.of_people)
    columns: list[Sql] = [*(column(name, RECENT) for name in names), column("feature", form.odd.cells)]
    yield reading.rows, form.spans.hits(form.odd, columns, RECENT)
    own = [column(name, reading.rows) for name in ("contact", "feature", "at", *build.of_people)]
    yield from build.seen.queries(reading.join_folds(select([*own, *reading.folded_columns()], reading.rows)))


def _contacts(form: Sparse) -> Iterator[NamedQuery]:
    """The contacts with the points of all rules, by what they are added up for."""
    build = form.build
    yield from form.values.queries()
    before, kept = build.people.last, list(dict.fromkeys([*build.people.steps, *form.raw_columns]))
    for name, query, added in form.values.joined(before, kept, with_sums=not form.explain):
        yield name, query
        before, kept = name, [*kept, *added]
    kept = [name for name in kept if name not in form.raw_columns]
    for block in form.blocks:
        yield from block.queries(before, kept, build.seen.last, form.earned)
        if not form.explain:
            before = block.frame.last
            kept = [*kept, *(name for names in form.sums.values() for name in names if name in block.frame.steps)]
    if form.explain:
        yield from explained_steps(form)
