"""Explanations of random models: the lines add up to the scores, and every contact can be shown."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from leadline.readers import convert_contact
from leadline.reports import Explanation, explain_outcome, explained_rules, explanation_json, print_explanation
from leadline_compiler.interpreter import interpret
from leadline_compiler.outcome import EachDetail
from leadline_compiler.resolve import Unreadable, resolve
from leadline_compiler.result import rule_of
from leadline_compiler.zones import parse_as_of
from leadline_dsl.source import Source
from random_models import draw_model

SEEDS = range(40)


@cache
def explanations(seed: int) -> tuple[Explanation, ...]:
    """Of every contact of a random model."""
    drawn = draw_model(Random(seed), contacts=4)
    model = resolve(Source("drawn.lead", drawn.text), lambda base, path: Unreadable("does not exist")).model
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    contacts = [convert_contact(model.schema, raw)[0] for raw in drawn.contacts]
    return tuple(explain_outcome(interpret(model, contact, as_of)) for contact in contacts)


def printed(explanation: Explanation, width: int, nearest: int | None = 10) -> str:
    stream = io.StringIO()
    print_explanation(explanation, Console(file=stream, width=width, _environ={}), nearest=nearest)
    return stream.getvalue()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lines_add_up_to_every_score_and_to_the_total(seed: int) -> None:
    for explanation in explanations(seed):
        outcome = explanation.outcome
        for score in outcome.scores:
            name = score.score.name
            rules = sum(line.points for line in explanation.reasons if line.score == name)
            cuts = sum(cut.points for cut in explanation.cuts if cut.score == name)
            assert rules + cuts == score.points
            [summed] = [item for item in explanation.sums if item.score == name]
            assert sum(line.points for line in summed.lines) == summed.points == score.points
        of_total = sum(cut.points for cut in explanation.cuts if cut.score is None)
        assert sum(term.points for term in explanation.terms) + of_total == outcome.total


@pytest.mark.parametrize("seed", SEEDS)
def test_cuts_follow_on_one_another_from_the_rules_to_the_score(seed: int) -> None:
    for explanation in explanations(seed):
        for score in explanation.outcome.scores:
            cuts = [cut for cut in explanation.cuts if cut.score == score.score.name]
            for group in (cut for cut in cuts if cut.kind == "group"):
                lines = [line for line in explanation.reasons if (line.score, line.group) == (group.score, group.group)]
                assert sum(line.points for line in lines) == group.before
            chain = [cut for cut in cuts if cut.kind != "group"]
            assert [cut.before for cut in chain[1:]] == [cut.after for cut in chain[:-1]]
            assert not chain or chain[-1].after == score.points


@pytest.mark.parametrize("seed", SEEDS)
def test_what_events_gave_and_what_limits_took_make_the_points_of_a_rule(seed: int) -> None:
    for explanation in explanations(seed):
        for line, rule in zip(explanation.rules, explanation.outcome.rules, strict=True):
            if isinstance(rule.detail, EachDetail):
                given = sum(counted.points or 0 for counted in line.counted)
                changes = [cut for cut in line.cuts if cut.kind == "up to"]
                assert given + sum((cut.after or 0) - (cut.before or 0) for cut in changes) == line.points
                assert len(line.counted) == (line.times if line.fired else 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_reasons_stand_largest_first_and_the_rest_nearest_first(seed: int) -> None:
    for explanation in explanations(seed):
        sizes = [abs(line.points) for line in explanation.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert all(line.distance == 0 for line in explanation.reasons)
        distances = [line.distance for line in explanation.missed]
        assert distances == sorted(distances)
        assert all(0 < distance <= 1 for distance in distances)
        assert len(sizes) + len(distances) == len(explanation.rules)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_explanation_can_be_printed_at_any_width(seed: int) -> None:
    for explanation in explanations(seed):
        for width in (40, 60, 80, 200):
            text = printed(explanation, width, nearest=None)
            text.encode()
            assert not [char for char in text.replace("\n", "") if unicodedata.category(char) in ("Cc", "Cs")]
            assert all(cell_len(line) <= width for line in text.split("\n"))
            assert "\n\n\n" not in text


@pytest.mark.parametrize("seed", SEEDS)
def test_the_three_largest_reasons_stand_in_the_first_eight_lines(seed: int) -> None:
    for explanation in explanations(seed):
        head = printed(explanation, 80).split("\n")[:8]
        margins = [match[1] for line in head if (match := re.match(r" +([+-][\d.]+)  \S", line, re.ASCII))]
        wanted = [Decimal(line.points) / 1000 for line in explanation.reasons[:3]]
        assert [Decimal(margin) for margin in margins[: len(wanted)]] == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_the_json_has_all_rules_and_adds_up_too(seed: int) -> None:
    for explanation in explanations(seed):
        told: dict[str, Any] = json.loads(json.dumps(explanation_json(explanation), default=float))
        exact = explanation_json(explanation)
        for name, points in exact["scores"].items():
            lines = exact["sums"]["scores"][name]["lines"]
            assert sum(Decimal(str(line["points"])) for line in lines) == Decimal(str(points))
        total = exact["sums"]["total"]
        parts = [*total["terms"], *total["cuts"]]
        assert sum(Decimal(str(part["points"])) for part in parts) == Decimal(str(exact["total"]))
        assert told["sentence"]
        assert len(told["rules"]) == len(explanation.rules)


@pytest.mark.parametrize("seed", SEEDS)
def test_explained_rules_are_those_of_the_result_with_their_why(seed: int) -> None:
    for explanation in explanations(seed):
        entries = explained_rules(explanation)
        plain = [{key: value for key, value in entry.items() if key not in ("fired", "why")} for entry in entries]
        assert plain == [rule_of(rule) for rule in explanation.outcome.rules]
        assert all(entry["why"]["said"] for entry in entries)
