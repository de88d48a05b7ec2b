"""A rules file from a guessed schema."""

from __future__ import annotations

from collections.abc import Iterator

from leadline.inference.guess import EventGuess, FieldGuess, LeftOut, SchemaGuess, source_of
from leadline.inference.names import write_name, write_text
from leadline.inference.skeleton import write_skeleton
from leadline.render.printable import printable
from leadline_compiler.schema import Kind, ValueType
from leadline_dsl.format import format_text
from leadline_dsl.source import Source

_LONGEST_REMARK = 60


def write_rules(guess: SchemaGuess, title: str, data: str) -> str:
    """The text of a rules file, in the layout of `leadline fmt`. `title` names the model, `data` what was looked at."""
    lines = [
        f"# The schema is a guess from {printable(data)}: look through it before you rely on it.",
        "# The rules below it are only examples. Change them, then run `leadline check` and `leadline test`.",
        "",
        f'model {write_text(title)}, time zone "UTC"',
        "",
        *_contact(guess),
        "",
        *_events(guess),
        "# A first scorecard. What a contact is worth stands in the left margin.",
        *write_skeleton(guess),
        "",
    ]
    return format_text(Source("rules.lead", "\n".join(lines))).text


def _contact(guess: SchemaGuess) -> Iterator[str]:
    if guess.has_identifier:
        yield f"contact identified by {write_name(guess.identifier)}"
    else:
        yield "# No column tells the contacts apart: add one that is called id before you score."
        yield "contact"
    for field in guess.fields:
        yield f"  {_field(field)}"
    yield from _left_out(guess.left_out)


def _field(field: FieldGuess) -> str:
    source = source_of(field)
    heading = f" from {write_text(source)}" if source is not None else ""
    remark = f"  # {printable(field.found.remark)}" if field.found.remark else ""
    return f"{write_name(field.name)}: {_type(field.found.type)}{heading}{remark}"


def _type(type_: ValueType) -> str:
    if type_.kind is Kind.CHOICE:
        return f"one of {', '.join(map(write_text, type_.choices))}"
    return type_.kind.value


def _left_out(items: tuple[LeftOut, ...]) -> Iterator[str]:
    for item in items:
        what = f'"{printable(item.what)[:_LONGEST_REMARK]}": ' if item.what.strip() else ""
        yield f"  # left out: {what}{item.why}"


def _events(guess: SchemaGuess) -> Iterator[str]:
    if guess.events:
        yield "events"
        for event in guess.events:
            yield f"  {_event(event)}"
        yield from _left_out(guess.left_out_events)
        yield ""


def _event(event: EventGuess) -> str:
    properties = ", ".join(f"{write_name(prop.name)}: {_type(prop.found.type)}" for prop in event.properties)
    source = f" from {write_text(event.source)}" if event.source != event.name else ""
    return f"{write_name(event.name)}{' with ' if properties else ''}{properties}{source}"
