"""A plan as one SELECT for a warehouse, in the dialect of its engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql.build import Build, Options
from leadline_compiler.emit.sql.dialects import DIALECTS
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.header import header_of
from leadline_compiler.emit.sql.query import build_query
from leadline_compiler.emit.sql.refusals import Refused
from leadline_compiler.emit.sql.results import result_names
from leadline_compiler.plan import Plan
from leadline_compiler.plan.plan import EachBody, EveryBody, TableBody, WhenBody

__all__ = ["DIALECTS", "Refused", "emit_sql"]

_RESERVED = ("contact", "event", "at")


def emit_sql(
    plan: Plan,
    dialect: str,
    *,
    contacts_table: str = "contacts",
    events_table: str = "events",
    as_of: int | None = None,
    as_of_column: str | None = None,
    as_of_text: str | None = None,
    event_id: str | None = None,
    explain: bool = False,
    sparse: bool | None = None,
) -> Emitted | tuple[Refused, ...]:
    """The query, with a header that says what it reads; or the rules that the dialect cannot express.

    `dialect` is a name out of DIALECTS. `as_of` is an instant in microseconds since 1970 in UTC, `as_of_column` a
    column of the contacts with each one's own; with neither the engine's current time is taken, or in its place
    `as_of_text`, a moment in UTC that some template writes. Events of a contact that have the same `event_id`, a
    column of theirs, count once. With `explain` the result has one row for each contact and rule. `sparse` asks for
    one of the two forms of a query, which give the same; by itself the query is sparse from 50 rules on.
    """
    options = Options(contacts_table, events_table, as_of, as_of_column, event_id, as_of_text)
    build = Build(plan, DIALECTS[dialect](), options)
    build.uses.update(_used(plan))
    clashes = tuple(_clashes(build))
    if clashes:
        return clashes
    query = build_query(build, explain=explain, sparse=sparse)
    if isinstance(query, tuple):
        return query
    text = header_of(build) + build.dialect.finish(query) + "\n"
    return Emitted(((".sql", text),))


def _used(plan: Plan) -> Iterator[int]:
    """Every use of a condition, in other conditions or in rules, exits and stages."""
    for op, *arguments in plan.nodes:
        if op in ("and", "or"):
            yield from arguments[0]
        elif op == "not":
            yield arguments[0]
        elif op == "events" and arguments[1] is not None:
            yield arguments[1]
    for rule in plan.rules:
        match rule.body:
            case WhenBody(condition=condition):
                yield condition
            case EachBody() | EveryBody() | TableBody():
                pass
    yield from (exit_.condition for exit_ in plan.exits)
    yield from (stage.condition for stage in plan.stages)


def _clashes(build: Build) -> Iterator[Refused]:
    """Names that two columns would share: engines do not tell them apart by case."""
    for name, times in Counter(name.casefold() for name in result_names(build)).items():
        if times > 1:
            yield Refused(name, f"the result would have two columns named {name}: give the score another name")
    properties = {prop.name for event in build.plan.schema.events for prop in event.properties}
    for name in sorted(properties):
        if name.casefold() in _RESERVED:
            yield Refused(name, f"a property named {name} would share the column of the event's own {name}")
    yield from _alike(build.dialect, _columns_read(build.plan))
    yield from _alike(build.dialect, properties)
    most = build.dialect.most_name_bytes
    for name in result_names(build):
        size = len(name.encode())
        if most is not None and size > most:
            reason = f"this column would have a name of {size} bytes, and {most} can be told apart: shorten the score's"
            yield Refused(name, reason)


def _columns_read(plan: Plan) -> set[str]:
    """The columns of the contacts that a query may read."""
    indexes = {node[1] for node in plan.nodes if node[0] == "field"}.union(plan.read_fields)
    schema = plan.schema
    fields = [field for at, field in enumerate(schema.fields) if at in indexes or field.name == schema.identifier]
    return {field.heading or field.name for field in fields}


def _alike(dialect: Dialect, columns: Iterable[str]) -> Iterator[Refused]:
    """Columns of a table that an engine does not tell apart."""
    by_lower: dict[str, list[str]] = {}
    for name in sorted(columns):
        by_lower.setdefault(name.lower(), []).append(name)
    for first, *others in by_lower.values():
        if others and not dialect.tells_case:
            reason = f"the engine takes its column for that of {others[0]}: only case tells their names apart"
            yield Refused(first, reason)
