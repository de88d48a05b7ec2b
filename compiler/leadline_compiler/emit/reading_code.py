"""Code that reads the contact and its events."""

from __future__ import annotations

from leadline_compiler.emit.block import Block
from leadline_compiler.emit.needs import properties_read
from leadline_compiler.emit.writer import Writer
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold

_READERS = {
    Kind.TEXT: "read_text",
    Kind.CHOICE: "read_choice",
    Kind.NUMBER: "read_number",
    Kind.YES_NO: "read_yes_no",
    Kind.DATE: "read_date",
    Kind.LIST: "read_list",
}


def write_fields(writer: Writer, names: dict[int, str]) -> None:
    """Statements that look the contact's keys up, and read the fields with these indexes."""
    language, schema = writer.language, writer.plan.schema
    writer.comment("the contact")
    headings = {field.name: field.heading for field in schema.fields}
    headings.setdefault(schema.identifier, None)
    wanted = language.sequence(
        language.sequence([language.text(name), writer.optional_text(heading)]) for name, heading in headings.items()
    )
    keys = writer.shared.constant("contact_keys", language.make("ContactKeys", wanted))
    writer.block.define("raw", writer.shared.call("read_contact", language.name("contact"), keys))
    for index, name in names.items():
        field = schema.fields[index]
        raw = writer.shared.call("take", "raw", language.text(field.name))
        writer.block.define(name, writer.shared.call(_READERS[field.type.kind], raw, *_more(writer, field.type)))


def _more(writer: Writer, type_: ValueType) -> list[str]:
    """What a reader needs beside the raw value."""
    if type_.kind is Kind.DATE:
        return ["ZONE"]
    if type_.kind is Kind.CHOICE:
        return [writer.shared.constant("texts", writer.language.text_set(map(fold, type_.choices)))]
    return []


def write_events(writer: Writer) -> None:
    """The statement that reads the events, and the tables that it needs."""
    language, schema = writer.language, writer.plan.schema
    read = properties_read(writer.plan)
    by_data_name = {event.name: event.name for event in schema.events}
    by_data_name |= {event.source_name: event.name for event in schema.events if event.source_name}
    kinds = language.table((name, language.text(kind)) for name, kind in by_data_name.items())
    properties = language.table(
        (
            event.name,
            language.table(
                (
                    prop.name,
                    language.closure(_READERS[prop.type.kind], *_more(writer, prop.type))
                    if prop.name in read[event.name]
                    else language.none,
                )
                for prop in event.properties
            ),
        )
        for event in schema.events
    )
    keys = writer.shared.constant("event_keys", language.make("EventKeys", kinds, properties))
    arguments = ["raw.events", keys, language.name("now"), "ZONE"]
    writer.block.define("events", writer.shared.call("read_events", *arguments))


def write_ignores(writer: Writer) -> None:
    """Statements that leave out what is to be ignored."""
    if not writer.plan.ignored:
        return
    block = writer.block
    # Each `ignore` looks at all events, so what it finds is no use to the rest.
    whole = Block(writer.shared, block.uses, block.names, "events", lines=block.lines)
    found = [whole.value(index) for index in writer.plan.ignored]
    name = writer.language.name("seen_events")
    block.define(name, writer.shared.call("without", "events", writer.language.sequence(found)))
    block.events = name
