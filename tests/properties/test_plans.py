"""Plans of random models: they score like the interpreter, whichever passes run, and survive being JSON."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import jsonschema

import leadline
from leadline.readers import convert_contact
from leadline_compiler.execute import build_executor, result_of_plan
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.passes import PASSES, compile_model, optimise
from leadline_compiler.plan import Plan, lower
from leadline_compiler.plan.json_form import plan_from_json, write_plan
from leadline_compiler.plan.json_schema import plan_schema
from leadline_compiler.result import result_of
from leadline_compiler.zones import parse_as_of
from properties.each_seed import each_seed
from random_models import draw_model
from random_models.model import DrawnModel

MODELS = range(int(os.environ.get("LEADLINE_MODELS", "60")))
seed = each_seed(MODELS)


@lru_cache(maxsize=1)
def read(seed: int) -> tuple[DrawnModel, Model]:
    drawn = draw_model(Random(seed))
    model = leadline.check(drawn.text).model
    assert model is not None
    return drawn, model


def scored(seed: int) -> tuple[Plan, list[Any], int, list[dict[str, Any]]]:
    """A random model's plan, its contacts, the instant, and what the interpreter makes of each contact."""
    drawn, model = read(seed)
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    contacts = [convert_contact(model.schema, raw, as_of=as_of)[0] for raw in drawn.contacts]
    return lower(model), contacts, as_of, [result_of(interpret(model, contact, as_of)) for contact in contacts]


def results(plan: Plan, contacts: list[Any], as_of: int) -> list[dict[str, Any]]:
    execute = build_executor(plan)
    return [result_of_plan(plan, execute(contact, as_of)) for contact in contacts]


def test_a_plan_scores_like_the_interpreter_and_so_it_does_after_each_pass(seed: int) -> None:
    plan, contacts, as_of, expected = scored(seed)
    assert results(plan, contacts, as_of) == expected
    for run in PASSES:
        assert results(run(plan), contacts, as_of) == expected, run.name
    assert results(optimise(plan), contacts, as_of) == expected
    assert results(optimise(plan, tuple(reversed(PASSES))), contacts, as_of) == expected


def test_a_plan_is_the_same_after_it_was_json(seed: int) -> None:
    plan = optimise(lower(read(seed)[1]))
    assert plan_from_json(json.loads(write_plan(plan))) == plan


def test_plans_are_what_the_published_schema_says() -> None:
    validator = jsonschema.Draft202012Validator(plan_schema())
    for number in range(10):
        validator.validate(json.loads(write_plan(optimise(lower(read(number)[1])))))


def test_passes_make_no_plan_larger_when_run_twice(seed: int) -> None:
    once = optimise(lower(read(seed)[1]))
    assert len(optimise(once).nodes) <= len(once.nodes)


def test_passes_that_see_each_node_as_it_is_made_come_to_the_same_as_passes_over_the_plan(seed: int) -> None:
    model = read(seed)[1]
    assert compile_model(model) == optimise(lower(model))


def test_the_published_schema_is_the_one_of_the_code() -> None:
    published = Path(__file__).parents[2] / "docs" / "compile" / "plan.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == plan_schema()
