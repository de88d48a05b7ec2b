"""Random models with what the interpreter makes of their contacts: what every backend must agree with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import leadline
from conformance.shapes import Shaper
from leadline_compiler.plan import Plan, lower
from random_models import draw_model


@dataclass(frozen=True, slots=True)
class Case:
    """A model with its plan, contacts as JSON objects, an as-of as text, and the results as the language has them."""

    seed: int
    text: str
    plan: Plan
    contacts: tuple[Mapping[str, Any], ...]
    as_of: str
    results: tuple[Mapping[str, Any], ...]

    def only(self, wanted: slice) -> Case:
        """The case of some of the contacts."""
        return replace(self, contacts=self.contacts[wanted], results=self.results[wanted])


DRAWN = 4
"""Contacts of a random case as they were drawn; as many in other shapes come after them."""


def draw_cases(first_seed: int, usual: int = 100) -> Iterator[Case]:
    """So many cases, or as many as the environment's LEADLINE_MODELS says."""
    for seed in range(first_seed, first_seed + int(os.environ.get("LEADLINE_MODELS", usual))):
        yield draw_case(seed)


def draw_case(seed: int) -> Case:
    """The case that a seed gives, always the same: each contact as it was drawn, and once more in another shape."""
    drawn = draw_model(Random(seed), contacts=DRAWN, size=14)
    model = leadline.check(drawn.text).model
    assert model is not None, drawn.text
    shaper = Shaper(Random(seed), model.schema)
    contacts = (*drawn.contacts, *map(shaper.contact, drawn.contacts))
    results = tuple(leadline.score(model, contact, drawn.as_of) for contact in contacts)
    return Case(seed, drawn.text, lower(model), contacts, drawn.as_of, results)
