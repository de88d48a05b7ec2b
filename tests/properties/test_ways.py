"""The ways into a stage, judged by many contacts of small models, each scored by the interpreter alone."""

from __future__ import annotations

import os
from functools import lru_cache
from random import Random

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.analysis.solve.prover import Reason
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.ways import Cost, Start, Way, Ways, find_ways
from properties.each_seed import ask_further, each_seed
from small_models.draw import AS_OF
from small_models.priced import EVENTS, FIELDS, PricedModel, contacts_from, draw_priced_model

pytest.importorskip("ortools", reason="the solver is not installed")

MODELS = range(int(os.environ.get("LEADLINE_MODELS", "20")))
seed = each_seed(MODELS)
TOLD: dict[int, tuple[set[str], bool]] = {}
"""By seed: why stages are left open, and whether every first way is proved to be the cheapest."""
LEAST_TOLD = 20
"""Of fewer models no share is judged."""
NONE_LEFT_OPEN = max(10, len(MODELS) // 4)
"""Of so many models, the first ones, every stage is decided."""
_ASSUMED = 'disqualify "Not as is assumed" when not ('


def all_may_change(seed: int) -> bool:
    """Whether the start of a seed is a lead with all fields, shut out by one perhaps, any of which may change."""
    return seed % 4 == 3


@lru_cache(maxsize=2)
def drawn(seed: int) -> tuple[PricedModel, Model, Model]:
    """A model, and the same in which whoever breaks the assumption is out: so the interpreter judges it too."""
    random = Random(seed)
    while True:
        priced = draw_priced_model(random, shuts_out=all_may_change(seed))
        model = leadline.check(priced.text).model
        assert model is not None, priced.text
        plain = "\n".join(
            f"{_ASSUMED}{line.removeprefix('assume ')})" if line.startswith("assume ") else line
            for line in priced.text.splitlines()
        )
        assumed = next((line for line in plain.splitlines() if line.startswith(_ASSUMED)), None)
        if assumed is not None:
            kept = [line for line in plain.splitlines() if line != assumed]
            first = next(number for number, line in enumerate(kept) if line.startswith("stage "))
            plain = "\n".join((*kept[:first], assumed, *kept[first:]))
        judged = leadline.check(plain).model
        assert judged is not None, plain
        return priced, model, judged


def draw_start(seed: int, priced: PricedModel) -> Start:
    random = Random(f"start {seed}")
    if seed % 2 == 0:
        return Start(Contact("somebody", {}, ()))
    is_known = all_may_change(seed)
    values = {name: random.choice(FIELDS[name]) for name in priced.fields if is_known or random.random() < 0.5}
    known = {name: value for name, value in values.items() if value is not None}
    held = frozenset(name for name in priced.fields if name not in known and random.random() < 0.2)
    events = tuple(random.sample(EVENTS, random.choice((0, 1, 2, 3))))
    change = frozenset(name for name in known if is_known or random.random() < 0.5)
    return Start(Contact("lead", known, events), held, change)


@lru_cache(maxsize=2)
def found(seed: int) -> list[Ways]:
    priced, model, _ = drawn(seed)
    start = draw_start(seed, priced)
    told = [find_ways(analyse(model, AS_OF, "short", exactly=True), stage, start, 2) for stage in priced.stages]
    is_sure = all(way.is_cheapest for ways in told for way in ways.ways[:1])
    TOLD[seed] = {ways.why for ways in told if ways.verdict == "undecided"}, is_sure
    return told


def cost_of(contact: Contact, start: Contact) -> Cost:
    """New events and changed fields, counted from the contacts themselves."""
    assert contact.events[: len(start.events)] == start.events
    changed = {name for name in {*contact.values, *start.values} if contact.values.get(name) != start.values.get(name)}
    return Cost(len(contact.events) - len(start.events), len(changed))


def enumerated(seed: int, *, assumed: bool) -> list[Outcome]:
    """Contacts that a start could become; where they are `assumed` to be possible, the others are out."""
    priced, model, judged = drawn(seed)
    start = draw_start(seed, priced)
    most_new = 3 if seed % 5 == 4 else 2
    contacts = contacts_from(priced, start.contact, start.held, most_new, start.change)
    return [interpret(judged if assumed else model, contact, AS_OF) for contact in contacts]


def is_other(way: Way, before: Outcome, outcome: Outcome) -> bool | None:
    """Whether a rule that earns in the way earns nothing more for a contact; None where no rule earns in it."""
    names = [now.rule.name for was, now in zip(before.rules, way.outcome.rules, strict=True) if now.points > was.points]
    had, has = ({rule.rule.name: rule.points for rule in one.rules} for one in (before, outcome))
    return any(has[name] <= had[name] for name in names) if names else None


def test_every_way_leads_into_its_stage(seed: int) -> None:
    priced, model, _ = drawn(seed)
    start = draw_start(seed, priced)
    for ways in found(seed):
        for way in ways.ways:
            contact = way.outcome.contact
            assert interpret(model, contact, AS_OF).stage == ways.stage
            assert way.cost == cost_of(contact, start.contact)
            assert all(start.may_change(name) for name in way.values)
            assert not any(name in start.held for name in way.values)
            assert ways.least <= ways.ways[0].cost


def test_no_contact_reaches_a_stage_more_cheaply(seed: int) -> None:
    by_assumed = {assumed: enumerated(seed, assumed=assumed) for assumed in {not ways.breaks for ways in found(seed)}}
    for ways in found(seed):
        reached = [outcome for outcome in by_assumed[not ways.breaks] if outcome.stage == ways.stage]
        judge_first(seed, ways, reached)
        judge_further(seed, ways, reached)


def judge_first(seed: int, ways: Ways, reached: list[Outcome]) -> None:
    """No contact costs less than the first way, or than what is told of all ways."""
    text, start = drawn(seed)[0].text, ways.start.contact
    cheapest = min((cost_of(outcome.contact, start) for outcome in reached), default=None)
    if ways.verdict == "none":
        assert cheapest is None, text
    elif ways.verdict == "there":
        assert ways.before.stage == ways.stage, text
    elif cheapest is not None:
        assert ways.least <= cheapest, text
        assert not (ways.ways and ways.ways[0].is_cheapest) or ways.ways[0].cost <= cheapest, text


def judge_further(seed: int, ways: Ways, reached: list[Outcome]) -> None:
    """Every further way is the cheapest that does without a rule that earns in each of those before."""
    text, start = drawn(seed)[0].text, ways.start.contact
    before = list[Way]()
    for way in (*ways.ways, None):
        others = [one for one in reached if all(is_other(earlier, ways.before, one) for earlier in before)]
        cheapest = min((cost_of(outcome.contact, start) for outcome in others), default=None)
        if way is None:
            assert cheapest is None or not ways.is_all or not before, text
        else:
            assert not way.is_cheapest or cheapest is None or way.cost <= cheapest, text
            before.append(way)


def test_nearly_all_ways_into_the_stages_of_small_models_are_found_and_proved_the_cheapest() -> None:
    ask_further(TOLD, LEAST_TOLD, found)
    left_open = {number: why for number, (why, _) in TOLD.items() if why}
    assert all(why == {Reason.SPENT_SHORT} for why in left_open.values()), left_open
    assert all(number >= NONE_LEFT_OPEN for number in left_open), left_open
    unsure = [number for number, (_, is_sure) in TOLD.items() if not is_sure]
    assert len(left_open) <= len(TOLD) // 20, left_open
    assert len(unsure) <= len(TOLD) // 10, unsure
