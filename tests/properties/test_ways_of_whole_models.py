"""Ways and differences of random models of the whole language, compared with contacts drawn for them."""

from __future__ import annotations

import os
import re
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
from leadline_compiler.zones import parse_as_of
from random_models import draw_model

pytest.importorskip("ortools", reason="the solver is not installed")

MODELS = range(max(1, int(os.environ.get("LEADLINE_MODELS", "60")) // 10))


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
