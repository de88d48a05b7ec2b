"""A sample file from contacts: what they are, what they did, and what the scorer gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from leadline.inference.guess import SchemaGuess
from leadline.readers.headings import normalise_heading
from leadline.sample_text import write_moment, write_scalar, write_value
from leadline_compiler.contacts import Event
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import Outcome
from leadline_compiler.zones import Zone


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
        lines.append(f"  - {keys[guess.identifier]}: {write_scalar(contact.id)}")
        for name, value in contact.values.items():
            if name != guess.identifier:
                lines.append(f"    {keys[name]}: {write_value(value, types[name], zone)}")
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
    keys = {guess.identifier: write_scalar(guess.identifier)}
    for field in guess.fields:
        is_clear = alike[normalise_heading(field.name)] == 1 and alike[normalise_heading(field.heading)] <= 1
        keys[field.name] = write_scalar(field.name if is_clear else field.heading)
    return keys


def _event(event: Event, guess: SchemaGuess, zone: Zone) -> str:
    declared = next(item for item in guess.events if item.name == event.type)
    types = {prop.name: prop.found.type for prop in declared.properties}
    values = ", ".join(
        f"{write_scalar(name)}: {write_value(value, types[name], zone)}" for name, value in event.values.items()
    )
    properties = f"{{{values}}}" if values else ""
    return f"{{{write_scalar(event.type)}: {properties}, at: {write_moment(event.at, zone)}}}"


def _expect(outcome: Outcome) -> Iterator[str]:
    yield "expect:"
    yield f"  total: {write_points(outcome.total)}"
    if len(outcome.scores) > 1:
        scores = ", ".join(f"{score.score.name}: {write_points(score.points)}" for score in outcome.scores)
        yield f"  scores: {{{scores}}}"
    yield f"  stage: {'null' if outcome.stage is None else write_scalar(outcome.stage)}"
