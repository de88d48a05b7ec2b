"""Random models with what the interpreter makes of their contacts: what every backend must agree with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import Any

import leadline
from conformance.shapes import Shaper
from leadline.readers import ContactConverter
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.plan import Plan, lower
from leadline_compiler.result import result_of
from leadline_compiler.zones import parse_as_of
from random_models import draw_model


@dataclass(frozen=True, slots=True)
class Case:
    """A model with its plan, contacts as JSON objects, an as-of as text, and the results as the language has them.

    `people` are the contacts as the reader types them, where these are known.
    """

    seed: int
    text: str
    plan: Plan
    contacts: tuple[Mapping[str, Any], ...]
    as_of: str
    results: tuple[Mapping[str, Any], ...]
    people: tuple[Contact, ...] = ()

    def only(self, wanted: slice) -> Case:
        """The case of some of the contacts."""
        return replace(self, contacts=self.contacts[wanted], results=self.results[wanted], people=self.people[wanted])

    @property
    def instant(self) -> int:
        """The as-of in microseconds."""
        found = parse_as_of(self.as_of, self.plan.schema.zone)
        assert found is not None
        return found


DRAWN = 20
"""Contacts of a random case as they were drawn; after them come some in other shapes."""
RESHAPED = 8
FEW = slice(4)
"""Some of the contacts that are as they were drawn, for what takes long for each."""


def how_many_models(usual: int) -> int:
    """So many, or as many as the environment's LEADLINE_MODELS says."""
    return int(os.environ.get("LEADLINE_MODELS", usual))


def draw_cases(first_seed: int, usual: int = 100) -> Iterator[Case]:
    """So many cases, or as many as the environment asks for."""
    for seed in range(first_seed, first_seed + how_many_models(usual)):
        yield draw_case(seed)


def draw_case(seed: int) -> Case:
    """The case that a seed gives, always the same: contacts as they were drawn, and some once more in other shapes.

    Some models are small: they lack what nearly every large one has.
    """
    drawn = draw_model(Random(seed), contacts=DRAWN, size=2 if seed % 5 == 0 else 14)
    model = leadline.check(drawn.text).model
    assert model is not None, drawn.text
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    shaper = Shaper(Random(seed), model.schema)
    contacts = (*drawn.contacts, *map(shaper.contact, drawn.contacts[:RESHAPED]))
    converter = ContactConverter(model.schema, as_of=as_of)
    people = tuple(converter.convert(contact)[0] for contact in contacts)
    results = tuple(result_of(interpret(model, person, as_of)) for person in people)
    return Case(seed, drawn.text, lower(model), contacts, drawn.as_of, results, people)


@lru_cache(maxsize=1)
def cases_of(seeds: range) -> tuple[Case, ...]:
    """The cases of some seeds: drawn once for all backends that are asked one after the other."""
    return tuple(map(draw_case, seeds))
