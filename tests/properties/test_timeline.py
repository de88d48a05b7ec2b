"""A timeline tells what scoring at each of its instants gives, and why it is not what it was."""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

import leadline
from leadline.readers import convert_contact
from leadline.reports.timeline import Timeline, make_timeline
from leadline_compiler.interpreter import interpret
from leadline_compiler.outcome import Outcome
from leadline_compiler.passes import NODE_PASSES, compile_model
from leadline_compiler.zones import DAY, parse_as_of
from random_models import draw_model

_SEEDS = range(int(os.environ.get("LEADLINE_MODELS", "8")))


def drawn(seed: int) -> list[Timeline]:
    one = draw_model(Random(f"timeline {seed}"), contacts=2, size=6)
    model = leadline.check(one.text).model
    assert model is not None
    as_of = parse_as_of(one.as_of, model.zone)
    assert as_of is not None
    plan = compile_model(model, NODE_PASSES)
    contacts = [convert_contact(model.schema, contact, as_of=as_of)[0] for contact in one.contacts]
    return [make_timeline(model, plan, item, as_of, as_of - 40 * DAY, as_of + 40 * DAY) for item in contacts]


def told(outcome: Outcome) -> object:
    scores = tuple(score.points for score in outcome.scores)
    grades = tuple(letter for _, letter in outcome.grades)
    return outcome.total, scores, grades, outcome.stage, outcome.status, outcome.reasons


@pytest.mark.parametrize("seed", _SEEDS)
def test_every_change_is_what_scoring_gives_from_that_instant_on(seed: int) -> None:
    for timeline in drawn(seed):
        before: object = None
        for change in timeline.changes[:12]:
            now = (change.total, change.scores, change.grades, change.stage, change.status, change.reasons)
            assert told(interpret(timeline.model, timeline.contact, change.at)) == now
            if before is not None:
                assert told(interpret(timeline.model, timeline.contact, change.at - 1)) == before
            before = now


def test_every_change_has_a_cause_and_nearly_every_cause_is_a_known_one() -> None:
    kinds: Counter[str] = Counter()
    for seed in _SEEDS:
        for timeline in drawn(seed):
            for change in timeline.changes[1:8]:
                causes = timeline.why(change)
                assert causes, (seed, change)
                kinds.update(cause.kind for cause in causes)
    assert {"event", "window", "decay", "days"} <= set(kinds), kinds
    assert kinds["other"] < sum(kinds.values()) / 10, kinds
