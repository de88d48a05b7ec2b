"""What is proved of exits and stages by what scores can be worth, compared with contacts at the edges of the rules."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import combinations, permutations
from random import Random

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.analysis.analysis import unit_holds
from leadline_compiler.analysis.questions import Asking
from leadline_compiler.analysis.units import Unit
from leadline_compiler.checks.shared_pairs import covered, follows
from leadline_compiler.checks.shared_scores import asking_by_scores
from leadline_compiler.interpreter import view_of
from properties.each_seed import each_seed
from small_models.draw import AS_OF
from small_models.scored import draw_scored_model

MODELS = range(int(os.environ.get("LEADLINE_MODELS", "100")))
seed = each_seed(MODELS)
_CONTACTS = 300


def asked(random: Random, names: list[str]) -> str:
    """A condition that asks for scores."""
    tests = []
    for _ in range(random.choice((1, 1, 2))):
        low, high = sorted(random.choices(range(-4, 14), k=2))
        name = random.choice(names)
        tests.append(random.choice((f"{name} >= {low}", f"{name} < {high}", f"{name} between {low} and {high}")))
    return random.choice((" and ", " or ")).join(tests)


@lru_cache(maxsize=1)
def tried(seed: int) -> tuple[str, Asking, list[Unit], list[frozenset[int]]]:
    """A model with more exits and stages; how to ask about these, and which contacts meet each."""
    random = Random(seed)
    drawn = draw_scored_model(random)
    names = ["one", "two", "total"] if "score two" in drawn.text else ["one", "total"]
    added = [f'exclude "Exit {number}" when {asked(random, names)}\n' for number in range(4)]
    added += [f'stage "Stage {number}" when {asked(random, names)}\n' for number in range(4)]
    text = drawn.text + "".join(added)
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None, text
    analysis = analyse(model, AS_OF)
    contacts = random.sample(drawn.contacts, min(_CONTACTS, len(drawn.contacts)))
    keeps = analysis.shows([])
    views = [view_of(analysis.outcome(contact)) for contact in contacts if keeps(contact)]
    units = [unit for unit in analysis.units if unit.rule is None]
    met = [frozenset(number for number, view in enumerate(views) if unit_holds(unit, view)) for unit in units]
    return text, asking_by_scores(analysis, units), units, met


def test_no_contact_contradicts_what_is_proved_of_exits_and_stages(seed: int) -> None:
    text, asking, units, met = tried(seed)
    for unit, mine in zip(units, met, strict=True):
        if mine:
            assert not asking.never(asking.about(unit.formula)), text + unit.text
    for one, other in permutations(range(len(units)), 2):
        if not met[one] <= met[other]:
            assert not follows(units[one], units[other], asking), text + units[one].text + units[other].text


def test_no_contact_contradicts_that_some_cover_another(seed: int) -> None:
    text, asking, units, met = tried(seed)
    for one, *others in permutations(range(len(units)), 3):
        if not met[one] <= frozenset[int]().union(*(met[other] for other in others)):
            assert not covered(units[one], [units[other] for other in others], asking), text + units[one].text


def test_these_models_prove_something() -> None:
    by_scores = together = 0
    for seed in list(MODELS)[:20]:
        _, asking, units, _ = tried(seed)
        plain = Asking(asking.space, asking.assumptions)
        by_scores += sum(
            follows(one, other, asking) and not follows(one, other, plain) for one, other in permutations(units, 2)
        )
        together += sum(
            covered(one, pair, asking) and not any(follows(one, other, asking) for other in pair)
            for one in units
            for pair in combinations([unit for unit in units if unit is not one], 2)
        )
    assert by_scores > 20
    assert together > 20
