"""Random models with what the interpreter makes of their contacts: what every backend must agree with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import leadline
from leadline.readers import convert_contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.plan import Plan, lower
from leadline_compiler.result import result_of
from leadline_compiler.zones import parse_as_of
from random_models import draw_model

NO_EVENT = "never declared"


@dataclass(frozen=True, slots=True)
class Case:
    """A model with its plan, contacts as JSON objects, an as-of as text, and the results as the language has them."""

    seed: int
    text: str
    plan: Plan
    contacts: tuple[Mapping[str, Any], ...]
    as_of: str
    results: tuple[Mapping[str, Any], ...]


def draw_cases(first_seed: int, usual: int = 100) -> Iterator[Case]:
    """So many cases, or as many as the environment's LEADLINE_MODELS says."""
    for seed in range(first_seed, first_seed + int(os.environ.get("LEADLINE_MODELS", usual))):
        yield draw_case(seed)


def draw_case(seed: int) -> Case:
    """The case that a seed gives, always the same."""
    drawn = draw_model(Random(seed), contacts=4, size=14)
    model = leadline.check(drawn.text).model
    assert model is not None, drawn.text
    contacts = tuple(_with_exact_names(contact, model) for contact in drawn.contacts)
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    converted = (convert_contact(model.schema, contact, as_of=as_of)[0] for contact in contacts)
    results = tuple(result_of(interpret(model, contact, as_of)) for contact in converted)
    return Case(seed, drawn.text, lower(model), contacts, drawn.as_of, results)


def _with_exact_names(contact: Mapping[str, Any], model: Model) -> Mapping[str, Any]:
    """The contact without the events that only a reader of files would take for declared ones, by a similar name."""
    declared = {name for event in model.schema.events for name in (event.name, event.source_name)}
    events = [
        event if str(event.get("event")).strip() in declared else {**event, "event": NO_EVENT}
        for event in contact.get("events", [])
    ]
    return {**contact, "events": events} if "events" in contact else contact
