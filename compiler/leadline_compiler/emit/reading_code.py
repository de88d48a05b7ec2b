"""Code that reads the contact and its events."""

from __future__ import annotations

from collections.abc import Iterable

from leadline_compiler.emit.block import Block
from leadline_compiler.emit.needs import properties_read
from leadline_compiler.emit.writer import Writer
from leadline_compiler.schema import Field, Kind, ValueType
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
    """Statements that read the fields with these indexes."""
    if names:
        writer.comment("the contact")
    for index, name in names.items():
        field = writer.plan.schema.fields[index]
        raw = writer.shared.call("take", "contact", *keys_of(writer, field.name, field.heading))
        writer.block.define(name, writer.shared.call(_READERS[field.type.kind], raw, *_more(writer, field.type)))


def keys_of(writer: Writer, name: str, heading: str | None) -> list[str]:
    """Under what a field may stand: its heading, else its name unless another field claims that."""
    own = {field.heading or field.name for field in writer.plan.schema.fields if field.name != name}
    keys = [heading] if heading else []
    if not heading or (name not in own and name != heading):
        keys.append(name)
    return [writer.language.text(key) for key in keys]


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
                (prop.name, language.closure(_READERS[prop.type.kind], *_more(writer, prop.type)))
                for prop in event.properties
                if prop.name in read[event.name]
            ),
        )
        for event in schema.events
    )
    arguments = [
        writer.shared.call("take", "contact", *([] if _claims_events(schema.fields) else [language.text("events")])),
        writer.shared.constant("kinds", kinds),
        writer.shared.constant("properties", properties),
        language.name("now"),
        "ZONE",
    ]
    writer.block.define("events", writer.shared.call("read_events", *arguments))


def _claims_events(fields: Iterable[Field]) -> bool:
    return any((field.heading or field.name) == "events" for field in fields)


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
