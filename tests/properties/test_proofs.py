"""What is proved of small models, compared with every contact that they can tell apart."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import permutations
from random import Random

import leadline
from leadline_compiler.analysis import Analysis, analyse
from leadline_compiler.analysis.formulas import conj, negate
from leadline_compiler.analysis.reach import Impossible
from leadline_compiler.analysis.saturation import saturated_units
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.verdicts import Bound, bound_verdicts, grade_verdicts, stage_verdicts
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import seen_view_of
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from properties.each_seed import each_seed
from small_models import SmallModel, draw_small_model
from small_models.draw import AS_OF

MODELS = range(int(os.environ.get("LEADLINE_MODELS", "100")))
seed = each_seed(MODELS)


def read(drawn: SmallModel) -> Model:
    report = leadline.check(drawn.text, as_of=AS_OF)
    assert report.model is not None, [item.message for item in report.stopping] + [drawn.text]
    return report.model


def met_by(model: Model, contacts: tuple[Contact, ...]) -> list[frozenset[int]]:
    """For each rule, the contacts that meet its condition, of those that keep the assumptions."""
    views = [(number, seen_view_of(model, contact, AS_OF)) for number, contact in enumerate(contacts)]
    kept = [pair for pair in views if all(holds(assumption, pair[1]) for assumption in model.assumptions)]
    everyone = frozenset(number for number, _ in kept)
    met = [
        frozenset(number for number, view in kept if holds(rule.body.condition, view))  # type: ignore[union-attr]
        for rule in model.rules
    ]
    return [everyone, *met]


def rules_of(analysis: Analysis) -> list[Unit]:
    return [unit for unit in analysis.units if unit.rule is not None]


def describe(drawn: SmallModel, *units: Unit) -> str:
    return "\n".join([drawn.text, *(one.text for one in units)])


@lru_cache(maxsize=1)
def tried(seed: int) -> tuple[SmallModel, Analysis, list[frozenset[int]]]:
    drawn = draw_small_model(Random(seed))
    model = read(drawn)
    return drawn, analyse(model, AS_OF), met_by(model, drawn.contacts)


def test_what_is_proved_is_what_holds_for_every_contact(seed: int) -> None:
    drawn, analysis, (everyone, *met) = tried(seed)
    asking, units = analysis.asking, rules_of(analysis)
    questions = [analysis.question(unit) for unit in units]
    for unit, question, mine in zip(units, questions, met, strict=True):
        if asking.never(question):
            assert not mine, describe(drawn, unit)
        elif everyone:
            assert_shown(analysis, drawn, (unit,), ())
        if asking.always(question):
            assert mine == everyone, describe(drawn, unit)
        elif mine == everyone:
            assert_shown(analysis, drawn, (), (unit,))


def test_what_is_proved_of_pairs_is_what_holds_for_every_contact(seed: int) -> None:
    drawn, analysis, (_, *met) = tried(seed)
    asking, units = analysis.asking, rules_of(analysis)
    questions = [analysis.question(unit) for unit in units]
    for one, other in permutations(range(len(met)), 2):
        mine, theirs = units[one], units[other]
        if asking.implies(questions[one], questions[other]):
            assert met[one] <= met[other], describe(drawn, mine, theirs)
        elif met[one] <= met[other]:
            assert_shown(analysis, drawn, (mine,), (theirs,))
        if asking.excludes(questions[one], questions[other]):
            assert not met[one] & met[other], describe(drawn, mine, theirs)
        elif not met[one] & met[other]:
            assert_shown(analysis, drawn, (mine, theirs), ())


def assert_shown(analysis: Analysis, drawn: SmallModel, held: tuple[Unit, ...], failing: tuple[Unit, ...]) -> None:
    """What is not proved impossible has a contact that the interpreter confirms."""
    formulas = [*(unit.formula for unit in held), *(negate(unit.formula) for unit in failing)]
    shows = analysis.shows(held, failing)
    contact = analysis.contact_for(analysis.meets(conj(formulas)), shows)
    assert contact is not None, describe(drawn, *held, *failing)
    assert shows(contact), describe(drawn, *held, *failing)


def test_what_is_proved_of_stages_letters_and_bounds_holds_for_every_contact(seed: int) -> None:
    drawn, analysis, (everyone, *_) = tried(seed)
    outcomes = [analysis.outcome(drawn.contacts[number]) for number in sorted(everyone)]
    given = {outcome.stage for outcome in outcomes}
    letters = {letter for outcome in outcomes for _, letter in outcome.grades}
    for stage, verdict in stage_verdicts(analysis):
        assert not (isinstance(verdict, Impossible) and stage.name in given), drawn.text
    for _, row, verdict in grade_verdicts(analysis):
        assert not (isinstance(verdict, Impossible) and row.letter in letters), drawn.text
    for bound, verdict in bound_verdicts(analysis):
        if isinstance(verdict, Impossible):
            assert not any(touches(outcome, bound) for outcome in outcomes), drawn.text
    for unit, bound, _ in saturated_units(analysis):
        for outcome in outcomes:
            points = next(rule.points for rule in outcome.rules if rule.rule is unit.rule)
            bounds = outcome.scores[0].score.bounds
            assert bounds.clamp(outcome.scores[0].after_decay - points) == outcome.scores[0].points, drawn.text
            assert bound.group is None


def touches(outcome: Outcome, bound: Bound) -> bool:
    points = outcome.scores[0].after_decay
    return points >= bound.points if bound.side == "high" else points <= bound.points
