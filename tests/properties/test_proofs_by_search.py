"""What a search over many rules tells of small models, compared with the contacts that they can tell apart."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from random import Random

import pytest

import leadline
from leadline_compiler.analysis import Analysis, analyse
from leadline_compiler.analysis.reach import Impossible, Open, Shown, grade_spans
from leadline_compiler.analysis.solve.pointless import changes, pointless_units
from leadline_compiler.analysis.solve.prover import Unclear, points_of
from leadline_compiler.analysis.solve.verdicts import search_bound, search_score, search_stage
from leadline_compiler.analysis.solve.ways import Single, by_facts_alone, by_one_event, single_points
from leadline_compiler.analysis.verdicts import bounds_of
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import Outcome
from small_models import draw_scored_model, draw_small_model
from small_models.draw import AS_OF

pytest.importorskip("ortools", reason="the solver is not installed")

MODELS = range(min(1_000, int(os.environ.get("LEADLINE_MODELS", "100"))))
"""A thousand take a quarter of an hour."""
MOST_CONTACTS = 1_500


Tried = tuple[str, Analysis, list[Outcome]]
"""A model, and what becomes of the contacts that keep its assumptions."""


@pytest.fixture(scope="module", params=MODELS)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Of the module, so that a model is searched by all tests before the next is drawn."""
    seed: int = request.param
    random = Random(seed)
    drawn = draw_scored_model(random) if seed % 3 else draw_small_model(random)
    report = leadline.check(drawn.text, as_of=AS_OF)
    assert report.model is not None, [item.message for item in report.stopping] + [drawn.text]
    analysis = analyse(report.model, AS_OF, "short")
    contacts = drawn.contacts
    if len(contacts) > MOST_CONTACTS:
        contacts = tuple(random.sample(contacts, MOST_CONTACTS))
    outcomes = [analysis.outcome(contact) for contact in contacts]
    return drawn.text, analysis, [outcome for outcome in outcomes if analysis.shows(())(outcome.contact)]


def test_no_contact_has_more_than_the_most_and_one_has_it(tried: Tried) -> None:
    text, analysis, outcomes = tried
    for score in (None, *(score.name for score in analysis.model.scores)):
        for up in (True, False):
            extreme = analysis.prover.extreme_of(score, up)
            ends = analysis.ranges.of(score)
            if (ends.high if up else ends.low) is None or (not outcomes and extreme.bound is None):
                continue
            assert extreme.is_exact, (extreme, score, up, text)
            assert extreme.contact is not None
            assert points_of(score, analysis.outcome(extreme.contact)) == extreme.bound
            for outcome in outcomes:
                points = points_of(score, outcome)
                assert points <= extreme.bound if up else points >= extreme.bound, (score, up, points, text)


def test_a_stage_is_reached_by_a_contact_or_by_none(tried: Tried) -> None:
    text, analysis, outcomes = tried
    given = {outcome.stage for outcome in outcomes}
    for stage in analysis.units:
        if stage.stage is None:
            continue
        verdict = search_stage(analysis, stage)
        assert not isinstance(verdict, Open), (stage.name, verdict, text)
        assert not (isinstance(verdict, Impossible) and stage.name in given), (stage.name, text)
        if isinstance(verdict, Shown):
            assert analysis.outcome(verdict.contact).stage == stage.name


def test_a_letter_is_given_to_a_contact_or_to_none(tried: Tried) -> None:
    text, analysis, outcomes = tried
    letters = {pair for outcome in outcomes for pair in outcome.grades}
    for grade in analysis.model.grades:
        starts = [row.start for row in grade.rows if row.start is not None]
        for row in grade.rows:
            shows = partial(has_letter, analysis, grade.score, row.letter)
            verdict = search_score(analysis, grade.score, grade_spans(starts, row.start), shows)
            assert not isinstance(verdict, Open), (row.letter, text)
            assert not (isinstance(verdict, Impossible) and (grade.score, row.letter) in letters), (row.letter, text)


def has_letter(analysis: Analysis, score: str | None, letter: str, contact: Contact) -> bool:
    return dict(analysis.outcome(contact).grades)[score] == letter


def test_a_bound_is_touched_by_a_contact_or_by_none(tried: Tried) -> None:
    text, analysis, outcomes = tried
    for bound in bounds_of(analysis):
        where = (bound.score, bound.group)

        def touches(contact: Contact, where: tuple[str | None, int | None] = where, bound: object = bound) -> bool:
            return is_touched(analysis.outcome(contact), where, bound)

        verdict = search_bound(analysis, where, bound.side, bound.points, touches)
        assert not isinstance(verdict, Open), (bound.what, text)
        assert not (isinstance(verdict, Impossible) and any(is_touched(one, where, bound) for one in outcomes)), text


def is_touched(outcome: Outcome, where: tuple[str | None, int | None], bound: object) -> bool:
    name, group = where
    score = next((one for one in outcome.scores if one.score.name == name), None)
    before = outcome.sum if score is None else score.after_decay if group is None else score.groups[group].sum
    points: int = bound.points  # type: ignore[attr-defined]
    return before >= points if bound.side == "high" else before <= points  # type: ignore[attr-defined]


def test_whoever_is_given_a_stage_has_the_points_of_its_single_points(tried: Tried) -> None:
    text, analysis, outcomes = tried
    for stage in analysis.units:
        verdict = search_stage(analysis, stage) if stage.stage is not None else None
        if not isinstance(verdict, Shown):
            continue
        found = list(single_points(analysis, stage, verdict.contact))
        assert not any(isinstance(one, Unclear) for one in found), text
        for single in found:
            assert isinstance(single, Single)
            for outcome in outcomes:
                paid = any(one.points > 0 for one in outcome.rules if one.rule is single.rule)
                assert paid or outcome.stage != stage.name, (single.rule.text, text)


def test_shortcuts_are_found_where_a_contact_takes_one(tried: Tried) -> None:
    text, analysis, outcomes = tried
    for stage in analysis.units:
        if stage.stage is None:
            continue
        given = [outcome.contact for outcome in outcomes if outcome.stage == stage.name]
        by_facts = by_facts_alone(analysis, stage)
        assert not isinstance(by_facts, Unclear), text
        assert by_facts is not None or all(contact.events for contact in given), (stage.name, text)
        for event in ("visit", "call"):
            shortcut = by_one_event(analysis, stage, event)
            assert not isinstance(shortcut, Unclear), text
            if shortcut is None:
                continue
            events = shortcut.contact.events
            assert not shortcut.contact.values
            assert len(events) == shortcut.times > 1
            assert analysis.outcome(shortcut.contact).stage == stage.name
            for less in (events[:place] + events[place + 1 :] for place in range(len(events))):
                assert analysis.outcome(replace(shortcut.contact, events=less)).stage != stage.name, text


def test_a_rule_that_never_matters_changes_no_score(tried: Tried) -> None:
    text, analysis, outcomes = tried
    for unit in pointless_units(analysis, frozenset()):
        assert not isinstance(unit, Unclear), (unit, text)
        for outcome in outcomes:
            assert not changes(outcome, unit), (unit.text, text)
