"""Both files of a first model, drafted from files of data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from leadline.inference.events import MOST_EVENTS
from leadline.inference.guess import SchemaGuess
from leadline.inference.rules_text import write_rules
from leadline.inference.samples_text import write_samples
from leadline.inference.schema import infer_schema
from leadline.readers.formats import open_rows
from leadline.readers.joining import Inputs, Pass, Progress
from leadline.readers.problems import DataError, Tally
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline.readers.sources import open_source
from leadline.rules import check_source
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.zones import UTC_ZONE, parse_as_of
from leadline_dsl.source import Source

_SAMPLES = 2
_ROWS_FOR_SAMPLES = 100
_MADE_UP = "example"
_MOST_EVENTS = 10
"""Events of a sample contact: enough to see what they look like."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a rules file and a sample file, and the guess that they were made from."""

    rules: str
    samples: str
    guess: SchemaGuess


def draft_from_data(contacts: str, events: str | None, title: str, now: int, progress: Progress | None = None) -> Draft:
    """Infers a schema from files of contacts and events (`-`: standard input), with a few rules and two samples.

    `title` names the model. The samples are as of the day that the data names, of their latest event, or of `now`
    (microseconds). Raises DataError for what cannot be read, or read but not scored.
    """
    with ExitStack() as stack:
        sources = []
        for path in (contacts, events):
            if path is not None:
                sources.append(open_source(path))
                stack.callback(sources[-1].close)
        rows = [open_rows(source) for source in sources]
        contact_rows, event_rows = rows[0], rows[1] if len(rows) > 1 else None
        guess = infer_schema(contact_rows, event_rows, progress)
        if not guess.fields and not guess.events:
            raise DataError("no contact has a value that a rule could look at", file=sources[0].name)
        text = write_rules(guess, title, " and ".join(Path(source.name).name for source in sources))
        report = check_source(Source("rules.lead", text), now)
        assert report.model is not None, [found.message for found in report.stopping]
        own = parse_as_of(contact_rows.as_of.strip(), UTC_ZONE) if contact_rows.as_of is not None else None
        picked = _pick_contacts(guess, contact_rows, event_rows, now if own is None else own)
        day = UTC_ZONE.day(_latest_event(picked, now) if own is None else own)
        as_of = UTC_ZONE.last_microsecond(day)
        outcomes = [interpret(report.model, contact, as_of) for contact in picked or [_made_up(guess)]]
        return Draft(text, write_samples(guess, day.isoformat(), outcomes, are_made_up=not picked), guess)


def _made_up(guess: SchemaGuess) -> Contact:
    """A contact for data that has none, so that there is something to test and to change."""
    names = [field.name for field in guess.fields]
    return Contact(_MADE_UP, {guess.identifier: _MADE_UP} if guess.identifier in names else {}, ())


def _pick_contacts(guess: SchemaGuess, contacts: Rows, events: Rows | None, as_of: int) -> list[Contact]:
    """The first contacts as a run would read them; also proves that a run can."""
    if not guess.has_identifier:
        contacts = _with_ids(contacts)
    Pass(Inputs(guess.schema, contacts, events, guess.dates, as_of), Tally())
    few = _first(contacts, _ROWS_FOR_SAMPLES)
    some_events = _first(events, MOST_EVENTS) if events is not None else None
    reading = Pass(Inputs(guess.schema, few, some_events, guess.dates, as_of), Tally())
    return [
        replace(contact, events=tuple(sorted(contact.events, key=lambda event: event.at)[-_MOST_EVENTS:]))
        for contact in islice(reading.contacts(), _SAMPLES)
    ]


def _first(rows: Rows, most: int) -> Rows:
    def read(refuse: RefuseRow) -> Iterator[Row]:
        return islice(rows.read(refuse), most)

    return replace(rows, read=read)


def _with_ids(rows: Rows) -> Rows:
    """The rows with their numbers as ids, for data that has none."""

    def read(refuse: RefuseRow) -> Iterator[Row]:
        for number, (line, headings, cells) in enumerate(rows.read(refuse), 1):
            yield line, ("id", *headings), [f"row-{number}", *cells]

    return replace(rows, read=read, headings=("id", *rows.headings) if rows.headings is not None else None)


def _latest_event(picked: list[Contact], default: int) -> int:
    """The moment of the latest event, so that the rules of the samples have something to count."""
    return max((event.at for contact in picked for event in contact.events), default=default)
