"""The contacts of the written cases, typed as they are in the corpus, as JSON objects that emitted code reads."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from conformance.drawn_cases import Case
from leadline import read_rules
from leadline.readers import read_contacts
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.numbers import MILLION, json_number, write_number
from leadline_compiler.plan import lower
from leadline_compiler.result import result_of
from leadline_compiler.schema import EventType, Field, Kind, Property
from leadline_compiler.zones import UTC_ZONE
from literate.cases import CONTACTS, RULES, TODAY, read_cases

CORPUS = Path(__file__).parent.parent / "corpus"


def read_written_cases(folder: Path) -> Iterator[tuple[str, Case]]:
    """Every case of the corpus that promises scores, after where it stands."""
    for page in sorted(CORPUS.rglob("*.md")):
        if page.parent in (CORPUS, CORPUS / "format"):
            continue
        for case in read_cases(page.read_text(encoding="utf-8")):
            if any(block.kind == "scores" for block in case.expected) and case.contacts is not None:
                case.write(folder)
                with contextlib.chdir(folder):
                    model = read_rules(RULES, TODAY).model
                assert model is not None, page
                yield f"{page.relative_to(CORPUS)}:{case.rules.line}", _case(case.rules.text, model, folder)


def _case(text: str, model: Model, folder: Path) -> Case:
    with read_contacts(model.schema, str(folder / CONTACTS), default_as_of=TODAY) as stream:
        as_of = TODAY if stream.as_of is None else stream.as_of
        contacts = list(stream)
    raw = tuple(raw_contact(contact, model) for contact in contacts)
    results = tuple(result_of(interpret(model, contact, as_of)) for contact in contacts)
    return Case(0, text, lower(model), raw, UTC_ZONE.write(as_of), results)


def raw_contact(contact: Contact, model: Model) -> dict[str, Any]:
    """A contact as an object that is read as the same contact, with nothing that is missing."""
    schema = model.schema
    identifier = next((field.heading for field in schema.fields if field.name == schema.identifier), None)
    raw: dict[str, Any] = {identifier or schema.identifier: contact.id}
    for field in schema.fields:
        if field.name != schema.identifier and contact.values.get(field.name) is not None:
            raw[field.heading or field.name] = _raw(contact.values[field.name], field)
    kinds = {event.name: event for event in schema.events}
    raw["events"] = [_raw_event(event, kinds[event.type]) for event in contact.events]
    return raw


def _raw_event(event: Event, declared: EventType) -> dict[str, Any]:
    when = {"event": event.type, "at": UTC_ZONE.write(event.at)}
    known = [prop for prop in declared.properties if event.values.get(prop.name) is not None]
    return {**when, **{prop.name: _raw(event.values[prop.name], prop) for prop in known}, **when}


def _raw(value: Value, declared: Field | Property) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        return list(value) if isinstance(value, tuple) else value
    if declared.type.kind is Kind.DATE:
        return UTC_ZONE.write(value)
    number = json_number(value, MILLION)
    return write_number(value) if isinstance(number, Decimal) or abs(value) >= 2**53 * MILLION else number
