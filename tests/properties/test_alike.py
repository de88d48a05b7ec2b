"""Whether two models score alike, judged by many contacts of small models, each scored by the interpreter alone."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from random import Random

import pytest

import leadline
from leadline_compiler.alike import Likeness, compare_scoring
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.ways import Cost
from small_models.draw import AS_OF
from small_models.priced import contacts_from, draw_priced_model

MODELS = range(int(os.environ.get("LEADLINE_MODELS", "20")))
MOST_EVENTS = 2 if len(MODELS) < 500 else 3
_SAME = (
    ("size >= 2", "not (size < 2) and size is known"),
    ("size between 1 and 3", "size >= 1 and size <= 3"),
    ('role is "CEO"', 'role is one of "CEO"'),
    ("not paid", "paid is missing or paid is no"),
    (" >= 2", " > 1"),
    ("stage ", "# the same\nstage "),
)


def change_rules(text: str, random: Random) -> str:
    """The rules with a small change, in half of them one that should change no score."""
    if random.random() < 0.4:
        known = [(old, new) for old, new in _SAME if old in text]
        old, new = random.choice(known)
        return text.replace(old, new, 1)
    lines = text.splitlines()
    rules = [number for number, line in enumerate(lines) if re.match(r" +[+-]", line) and " for " + "1" not in line]
    number = random.choice(rules)
    match random.choice(("points", "gone", "stage", "limit")):
        case "points":
            lines[number] = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), lines[number], count=1)
        case "gone" if '"' in lines[number]:
            del lines[number]
        case "limit":
            lines = [line.replace("at most 1 time", "at most 2 times").replace("7 days", "8 days") for line in lines]
        case _:
            lines[-1] = re.sub(r">= \d+", f">= {random.randrange(2, 16)}", lines[-1])
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=2)
def drawn(seed: int) -> tuple[str, Model, Model]:
    random = Random(f"alike {seed}")
    while True:
        priced = draw_priced_model(random)
        text = "\n".join(line for line in priced.text.splitlines() if not line.startswith("assume")) + "\n"
        if not any(old in text for old, _ in _SAME):
            continue
        other = change_rules(text, random)
        models = [leadline.check(one).model for one in (text, other)]
        if models[0] is not None and models[1] is not None:
            return f"{text}\n=====\n{other}", models[0], models[1]


@lru_cache(maxsize=2)
def found(seed: int) -> Likeness:
    _, old, new = drawn(seed)
    return compare_scoring(*(analyse(model, AS_OF, "long", exactly=True) for model in (old, new)))


@lru_cache(maxsize=2)
def enumerated(seed: int) -> list[tuple[Contact, Outcome, Outcome]]:
    text, old, new = drawn(seed)
    priced = draw_priced_model(Random(0))
    fields = tuple(name for name in ("size", "role", "paid") if re.search(rf"\b{name} (?!:)|\b{name}$", text, re.M))
    nobody = Contact("somebody", {}, ())
    contacts = contacts_from(type(priced)(text, fields[:2], ()), nobody, frozenset(), MOST_EVENTS)
    return [(one, interpret(old, one, AS_OF), interpret(new, one, AS_OF)) for one in contacts]


def shown(outcome: Outcome) -> object:
    """All that a result tells of a contact, but for the rules."""
    scores = {one.score.name: one.points for one in outcome.scores}
    return outcome.status, outcome.stage, outcome.total, scores, outcome.grades


@pytest.mark.parametrize("seed", MODELS)
def test_models_that_are_proved_alike_score_every_contact_alike(seed: int) -> None:
    if found(seed).verdict == "alike":
        for contact, old, new in enumerated(seed):
            assert shown(old) == shown(new), (drawn(seed)[0], contact)


@pytest.mark.parametrize("seed", MODELS)
def test_the_contact_that_is_shown_is_scored_differently_and_none_is_smaller(seed: int) -> None:
    text, old, new = drawn(seed)
    difference = found(seed).difference
    if difference is None:
        return
    contact = difference.contact
    assert shown(interpret(old, contact, AS_OF)) != shown(interpret(new, contact, AS_OF))
    assert difference.size == Cost(len(contact.events), len(contact.values))
    sizes = [
        Cost(len(one.events), len(one.values))
        for one, before, after in enumerated(seed)
        if shown(before) != shown(after)
    ]
    assert not difference.is_smallest or difference.size <= min(sizes, default=difference.size), text
    assert found(seed).least <= min(sizes, default=difference.size), text


@pytest.mark.parametrize("seed", MODELS)
def test_the_totals_lie_within_their_limits_and_the_stages_are_told_rightly(seed: int) -> None:
    text, _, _ = drawn(seed)
    likeness = found(seed)
    if likeness.totals is None:
        return
    for side, limits in enumerate(likeness.totals):
        totals = [both[side].total for _, *both in enumerated(seed)]
        assert limits.least is None or limits.least <= min(totals), text
        assert limits.most is None or limits.most >= max(totals), text
        given = {both[side].stage for _, *both in enumerated(seed)}
        for standing in likeness.stages:
            assert (standing.old, standing.new)[side] != "no" or standing.stage not in given, text


def test_nearly_all_pairs_of_small_models_are_decided_and_nearly_all_contacts_the_smallest() -> None:
    open_ = [seed for seed in MODELS if found(seed).verdict == "undecided"]
    unsure = [seed for seed in MODELS if (shown := found(seed).difference) is not None and not shown.is_smallest]
    assert len(open_) <= len(MODELS) // 20, open_
    assert len(unsure) <= len(MODELS) // 10, unsure
