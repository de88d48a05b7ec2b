"""Laws of comparing two models on random ones: what is said to change nothing changes nothing."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import leadline
from leadline_compiler.changes import compare_models
from leadline_compiler.model import Model
from leadline_dsl.parser import parse
from leadline_dsl.source import Source
from random_models import DrawnModel, draw_model

SEEDS = range(40)


def drawn(seed: int) -> DrawnModel:
    return draw_model(Random(f"changes {seed}"), contacts=4, size=10)


def model_of(text: str) -> Model | None:
    return leadline.check(text).model


def told(model: Model, one: DrawnModel) -> list[dict[str, Any]]:
    """What a change may alter: all of the results but the names and lines of rules, and the coverage."""
    results = [leadline.score(model, contact, one.as_of) for contact in one.contacts]
    kept = ("id", "status", "reasons", "total", "scores", "grades", "stage")
    return [{key: result[key] for key in kept} for result in results]


def mutated(random: Random, text: str) -> str:
    """The text without one of its statements, with another digit, or with one word put in the place of another."""
    statements = [item.statement.text for item in parse(Source("a.lead", text)).statements]
    at = random.randrange(len(statements))
    if random.random() < 0.3:
        return "\n".join([*statements[:at], *statements[at + 1 :]]) + "\n"
    digits = [place for place, character in enumerate(statements[at]) if character in "123456789"]
    if digits and random.random() < 0.7:
        place = random.choice(digits)
        statement = statements[at][:place] + random.choice("123456789") + statements[at][place + 1 :]
        return "\n".join([*statements[:at], statement, *statements[at + 1 :]]) + "\n"
    words = statements[at].split(" ")
    donor = random.choice(statements).split(" ")
    for _ in range(10):
        word = random.randrange(len(words))
        if words[word]:
            words[word] = random.choice(donor)
            break
    return "\n".join([*statements[:at], " ".join(words), *statements[at + 1 :]]) + "\n"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_model_does_not_differ_from_itself_in_another_layout(seed: int) -> None:
    text = drawn(seed).text
    one, other = model_of(text), model_of(leadline.format_rules(text).text)
    assert one is not None
    assert other is not None
    assert compare_models(one, other) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_said_not_to_matter_changes_no_score(seed: int) -> None:
    one, random = drawn(seed), Random(seed)
    before = model_of(one.text)
    assert before is not None
    for _ in range(12):
        after = model_of(mutated(random, one.text))
        if after is None or after.schema.identifier != before.schema.identifier:
            continue
        if not any(change.matters for change in compare_models(before, after)):
            assert told(after, one) == told(before, one)


def test_many_of_these_mutations_are_read_and_many_matter() -> None:
    matter, quiet = 0, 0
    for seed in SEEDS:
        one, random = drawn(seed), Random(seed)
        before = model_of(one.text)
        assert before is not None
        for _ in range(4):
            after = model_of(mutated(random, one.text))
            if after is not None:
                changes = compare_models(before, after)
                matter += any(change.matters for change in changes)
                quiet += not any(change.matters for change in changes)
    assert matter > 25
    assert quiet > 5
