"""What is proved of random models of the whole language, compared with contacts drawn for them."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import permutations
from random import Random

import leadline
from leadline_compiler.analysis import Analysis, analyse
from leadline_compiler.analysis.analysis import unit_holds
from leadline_compiler.analysis.bounds import Range, ranges_of
from leadline_compiler.analysis.reach import Impossible, Shown
from leadline_compiler.analysis.verdicts import stage_verdicts
from leadline_compiler.checks.shared_pairs import Evidence, pairs_of
from leadline_compiler.interpreter import view_of
from leadline_compiler.outcome import Outcome
from leadline_compiler.zones import parse_as_of
from properties.each_seed import each_seed
from random_models import draw_model

MODELS = range(int(os.environ.get("LEADLINE_MODELS", "100")))
seed = each_seed(MODELS)


@lru_cache(maxsize=1)
def tried(seed: int) -> tuple[Analysis, list[Outcome]]:
    """A model without its assumptions, which the contacts need not keep, and what becomes of its contacts."""
    drawn = draw_model(Random(seed), contacts=40, size=10)
    text = "\n".join(line for line in drawn.text.split("\n") if not line.lstrip().startswith("assume"))
    report = leadline.check(text)
    if report.model is None:
        report = leadline.check(drawn.text)
    model = report.model
    assert model is not None, drawn.text
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    analysis = analyse(model, as_of)
    outcomes = [leadline.outcome(model, contact, analysis.as_of) for contact in drawn.contacts]
    kept = [outcome for outcome in outcomes if analysis.shows([])(outcome.contact)]
    return analysis, kept


def test_no_contact_contradicts_what_is_proved(seed: int) -> None:
    analysis, outcomes = tried(seed)
    views = [view_of(outcome) for outcome in outcomes]
    met = [frozenset(i for i, view in enumerate(views) if unit_holds(unit, view)) for unit in analysis.units]
    questions = [analysis.question(unit) for unit in analysis.units]
    for unit, question, mine in zip(analysis.units, questions, met, strict=True):
        assert not (analysis.asking.never(question) and mine), unit.text
        assert not (analysis.asking.always(question) and len(mine) < len(views)), unit.text
    for one, other in permutations(range(len(met)), 2):
        if not met[one] <= met[other]:
            assert not analysis.asking.implies(questions[one], questions[other]), (
                analysis.units[one].text,
                analysis.units[other].text,
            )
        if met[one] & met[other]:
            assert not analysis.asking.excludes(questions[one], questions[other])


def lies_in(points: int, range_: Range) -> bool:
    return (range_.low is None or points >= range_.low) and (range_.high is None or points <= range_.high)


def test_no_contact_lies_outside_of_the_bounds(seed: int) -> None:
    analysis, outcomes = tried(seed)
    ranges = ranges_of(analysis.model, analysis.asking)
    for outcome in outcomes:
        assert lies_in(outcome.sum, ranges.sum)
        assert lies_in(outcome.total, ranges.total)
        for score, score_range in zip(outcome.scores, ranges.scores, strict=True):
            assert lies_in(score.after_decay, score_range.sum), score.score.name
            assert lies_in(score.points, score_range.range), score.score.name
            for group, group_range in zip(score.groups, score_range.groups, strict=True):
                assert lies_in(group.sum, group_range.sum), group.group.name
                for rule, rule_range in zip(group.rules, group_range.rules, strict=True):
                    assert lies_in(rule.points, rule_range.range), rule.rule.text


def test_what_is_reported_shows_itself_to_the_ordinary_scorer(seed: int) -> None:
    analysis, outcomes = tried(seed)
    given = {outcome.stage for outcome in outcomes}
    for stage, verdict in stage_verdicts(analysis):
        assert not (isinstance(verdict, Impossible) and stage.name in given)
        if isinstance(verdict, Shown):
            assert analysis.outcome(verdict.contact).stage == stage.name
    for one, other, _ in pairs_of(analysis)[:5]:
        evidence = dict(Evidence(analysis, one, other))
        if evidence:
            replayed = leadline.score(analysis.model, evidence["contact"], evidence["as_of"])
            assert replayed == evidence["result"]
            fired = {rule["rule"] for rule in replayed["rules"]}
            assert {one.name, other.name} <= fired


def test_these_models_prove_something() -> None:
    proved = 0
    for seed in list(MODELS)[:30]:
        analysis, _ = tried(seed)
        proved += sum(analysis.asking.never(analysis.question(unit)) for unit in analysis.units)
    assert proved > 3
