"""A sample file from contacts: what they are, what they did, and what the scorer gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from leadline.inference.guess import SchemaGuess
from leadline.readers.headings import normalise_heading
from leadline_compiler.contacts import Event, Value
from leadline_compiler.numbers import write_number, write_points
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.zones import Zone

_PLAIN = re.compile(r"[^\W_][\w ./@+$-]*|[/$][\w./@+$-]*")
_NOT_PLAIN = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def write_samples(guess: SchemaGuess, day: str, outcomes: Sequence[Outcome], *, are_made_up: bool = False) -> str:
    """The text of a sample file as of a day, with the contacts of these outcomes and what they got.

    `are_made_up`: the contacts are not from the data, which the file then says.
    """
    keys = _sample_keys(guess)
    types = {field.name: field.found.type for field in guess.fields}
    lines = [
        "# Contacts whose score is known. `leadline test` says which of them no longer get what is expected.",
        *(["# The data has no contacts yet, so this one is made up: put yours in its place."] if are_made_up else []),
        f"as of: {day}",
        "contacts:",
    ]
    for outcome in outcomes:
        contact, zone = outcome.contact, outcome.model.zone
        lines.append(f"  - {keys[guess.identifier]}: {_scalar(contact.id)}")
        for name, value in contact.values.items():
            if name != guess.identifier:
                lines.append(f"    {keys[name]}: {_value(value, types[name], zone)}")
        if contact.events:
            lines += ["    events:", *(f"      - {_event(event, guess, zone)}" for event in contact.events)]
        lines += [f"    {line}" for line in _expect(outcome)]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _sample_keys(guess: SchemaGuess) -> Mapping[str, str]:
    """What stands for each field: its name, or its heading where names alone could be taken for another's heading."""
    alike = Counter(
        alias for field in guess.fields for alias in {normalise_heading(field.name), normalise_heading(field.heading)}
    )
    keys = {guess.identifier: _scalar(guess.identifier)}
    for field in guess.fields:
        is_clear = alike[normalise_heading(field.name)] == 1 and alike[normalise_heading(field.heading)] <= 1
        keys[field.name] = _scalar(field.name if is_clear else field.heading)
    return keys


def _event(event: Event, guess: SchemaGuess, zone: Zone) -> str:
    declared = next(item for item in guess.events if item.name == event.type)
    types = {prop.name: prop.found.type for prop in declared.properties}
    values = ", ".join(f"{_scalar(name)}: {_value(value, types[name], zone)}" for name, value in event.values.items())
    properties = f"{{{values}}}" if values else ""
    return f"{{{_scalar(event.type)}: {properties}, at: {_moment(event.at, zone)}}}"


def _value(value: Value, type_: ValueType, zone: Zone) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_scalar, value))}]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _moment(value, zone) if type_.kind is Kind.DATE else write_number(value)
    return _scalar(value or "")


def _moment(moment: int, zone: Zone) -> str:
    """As short as it can be written: a day for a midnight, no seconds where there are none."""
    written = zone.write(moment)
    if moment == zone.midnight(zone.day(moment)):
        return written[:10]
    return written[:16] if written[16:].startswith(":00+00:00") else f'"{written}"'


def _scalar(text: str) -> str:
    """A text as YAML reads it back, in quotes unless it is plain."""
    if text.isprintable() and _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN and not text.endswith(" "):
        return text
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in body) + '"'


def _expect(outcome: Outcome) -> Iterator[str]:
    yield "expect:"
    yield f"  total: {write_points(outcome.total)}"
    if len(outcome.scores) > 1:
        scores = ", ".join(f"{score.score.name}: {write_points(score.points)}" for score in outcome.scores)
        yield f"  scores: {{{scores}}}"
    yield f"  stage: {'null' if outcome.stage is None else _scalar(outcome.stage)}"
