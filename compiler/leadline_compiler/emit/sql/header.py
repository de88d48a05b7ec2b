"""What stands above an emitted query: the tables that it reads, and what is known of the engine."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.emit.sql.build import Build


def header_of(build: Build) -> str:
    """The header as lines of comment."""
    return "".join(f"-- {line}\n".replace("-- \n", "--\n") for line in _lines(build))


def _lines(build: Build) -> Iterator[str]:
    plan, options, dialect = build.plan, build.options, build.dialect
    yield from _one_line(f"Leadline: scores of the model {plan.name}, for {dialect.name}.")
    if not dialect.is_run:
        yield "Not run on a real engine: generated and re-read only."
    if options.as_of is not None:
        yield f"As of {plan.schema.zone.write(options.as_of)}."
    elif options.as_of_column is not None:
        yield from _one_line(f"As of each contact's own {options.as_of_column}.")
    elif options.as_of_text is None:
        yield "As of the engine's current time."
    yield from _one_line(f"Reads {options.contacts_table}, one row a contact:")
    identifier = next((field for field in plan.schema.fields if field.name == plan.schema.identifier), None)
    if identifier is None:
        yield from _one_line(f"  {plan.schema.identifier} text")
    for field in plan.schema.fields:
        yield from _one_line(f"  {field.heading or field.name} {_kind(field.type.kind.value)}")
    if plan.schema.events:
        yield from _one_line(f"and {options.events_table}, one row an event: contact (the id), event (its name), at")
        if options.event_id is not None:
            yield from _one_line(f"  {options.event_id}, which copies of an event have in common")
        properties = {prop.name: prop.type for event in plan.schema.events for prop in event.properties}
        for name, type_ in properties.items():
            yield from _one_line(f"  {name} {_kind(type_.kind.value)}")
    yield "Moments without a zone are in UTC. Names of events are compared exactly."
    yield from dialect.notes


def _kind(kind: str) -> str:
    return {
        "one of": "text",
        "yes/no": "boolean",
        "date": "date or timestamp",
        "list of text": "text, `;` between the items",
    }.get(kind, kind)


def _one_line(text: str) -> Iterator[str]:
    yield " ".join(text.split())
