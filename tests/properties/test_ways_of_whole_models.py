"""Ways and differences of random models of the whole language, compared with contacts drawn for them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import islice, product
from random import Random

import pytest

import leadline
from leadline_compiler.alike import compare_scoring, differ
from leadline_compiler.alike.shared import seen_by, why_not_shared
from leadline_compiler.analysis import Analysis, analyse
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.ways import Cost, Start, find_ways
from leadline_compiler.ways.search import shrunk
from leadline_compiler.zones import parse_as_of
from random_models import draw_model

pytest.importorskip("ortools", reason="the solver is not installed")

MODELS = range(max(1, int(os.environ.get("LEADLINE_MODELS", "60")) // 10))
STARTS, NEIGHBOURS, REACHED = 30, 40, 4
"""Of one model: the starts looked at, the neighbours of each, and how many starts from which a stage is reached."""


def read(text: str) -> Model | None:
    """A model without its assumptions, which the drawn contacts need not keep."""
    return leadline.check("\n".join(line for line in text.split("\n") if not line.lstrip().startswith("assume"))).model


def drawn(seed: int) -> tuple[str, Analysis, list[Outcome]]:
    model = draw_model(Random(f"ways {seed}"), contacts=30, size=8)
    read_model = read(model.text) or leadline.check(model.text).model
    assert read_model is not None, model.text
    as_of = parse_as_of(model.as_of, read_model.zone)
    assert as_of is not None
    analysis = analyse(read_model, as_of, "short", exactly=True)
    return model.text, analysis, [leadline.outcome(read_model, contact, as_of) for contact in model.contacts]


@pytest.mark.parametrize("seed", MODELS)
def test_no_drawn_contact_contradicts_what_is_told_of_ways(seed: int) -> None:
    text, analysis, outcomes = drawn(seed)
    starts = [Start(outcomes[0].contact)] if outcomes else []
    for stage in analysis.model.stages[:2]:
        nothing = Start(Contact("nobody", {}))
        found = find_ways(analysis, stage.name, nothing, 2)
        kept = [one for one in outcomes if one.stage == stage.name and analysis.shows(())(one.contact)]
        costs = [Cost(len(one.contact.events), len(one.contact.values)) for one in kept]
        assert not (found.verdict == "none" and costs), text
        assert found.verdict != "ways" or found.least <= min(costs, default=found.least), text
        for start in (*starts, nothing):
            for way in find_ways(analysis, stage.name, start, 1).ways:
                assert interpret(analysis.model, way.outcome.contact, analysis.as_of).stage == stage.name


def reached(analysis: Analysis, outcomes: list[Outcome], random: Random) -> Iterator[tuple[Start, str, Cost]]:
    """Starts, a stage that something near them has, and how little that has more than they have."""
    keeps = analysis.shows(())
    everything = frozenset(field.name for field in analysis.model.schema.fields)
    stages = [stage.name for stage in analysis.model.stages]
    questions = list(product(outcomes, stages, (frozenset[str](), everything)))
    for before, stage, change in random.sample(questions, min(STARTS, len(questions))):
        if before.stage == stage:
            continue

        def shows(contact: Contact, stage: str = stage) -> bool:
            return interpret(analysis.model, contact, analysis.as_of).stage == stage and keeps(contact)

        start = Start(before.contact, change=change)
        others = [near(start, outcomes, random) for _ in range(NEIGHBOURS)]
        nearest = next((one for one in sorted(others, key=lambda one: cost_of(start, one)) if shows(one)), None)
        if nearest is not None:
            yield start, stage, cost_of(start, shrunk(start, nearest, shows))


def near(start: Start, outcomes: list[Outcome], random: Random) -> Contact:
    """A start with a part of what some other contacts have."""
    others = [one.contact for one in random.sample(outcomes, min(random.randint(1, 3), len(outcomes)))]
    part = random.choice((0.2, 0.5, 1))
    values = {name: value for one in others for name, value in one.values.items() if random.random() < part}
    return start.with_more(values, tuple(event for one in others for event in one.events if random.random() < part))


def cost_of(start: Start, contact: Contact) -> Cost:
    had = start.contact
    changed = sum(value != had.values.get(name) for name, value in contact.values.items())
    return Cost(len(contact.events) - len(had.events), changed)


@pytest.mark.parametrize("seed", MODELS)
def test_nothing_near_a_contact_contradicts_what_is_told_of_its_ways(seed: int) -> None:
    text, analysis, outcomes = drawn(seed)
    for start, stage, cost in islice(reached(analysis, outcomes, Random(f"near {seed}")), REACHED):
        found = find_ways(analysis, stage, start, 1)
        assert found.verdict != "none", text
        assert found.least <= cost, text
        assert all(way.cost <= cost for way in found.ways if way.is_cheapest), text


@pytest.mark.parametrize("seed", MODELS)
def test_no_drawn_contact_contradicts_what_is_told_of_two_models(seed: int) -> None:
    text, analysis, outcomes = drawn(seed)
    other = read(re.sub(r"(\n +[+-])(\d+)", lambda found: f"{found[1]}{int(found[2]) + 1}", text, count=1))
    if other is None:
        return
    likeness = compare_scoring(analysis, analyse(other, analysis.as_of, "short", exactly=True))
    shown = [one for one in outcomes if differ(one, interpret(other, seen_by(other, one.contact), analysis.as_of))]
    assert not (likeness.verdict == "alike" and shown), text
    if likeness.difference is not None:
        assert differ(likeness.difference.old, likeness.difference.new)
        sizes = [Cost(len(one.contact.events), len(one.contact.values)) for one in shown]
        assert not likeness.difference.is_smallest or likeness.difference.size <= min(
            sizes, default=likeness.difference.size
        )
    assert why_not_shared(analysis.model.schema, other.schema) == ""
