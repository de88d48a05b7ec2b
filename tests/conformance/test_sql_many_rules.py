"""Queries of many rules: no engine's limit is met, and they are written in the form that is meant for them."""

from __future__ import annotations

import os
from random import Random

import pytest

import leadline
from conformance.test_sql import Case, dialect, differences, draw_case
from leadline.readers import ContactConverter
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql import emit_sql
from leadline_compiler.emit.sql.query import SPARSE_FROM
from leadline_compiler.plan import lower
from leadline_compiler.zones import parse_as_of
from random_models import draw_model
from sql_engines import tables_of
from sql_engines.engines import ENGINES

__all__ = ["dialect"]
FIRST_SEED = 70_000
RULES = 2500 if "LEADLINE_MODELS" in os.environ else 400
"""A model of the whole language with so many rules; more where there is time."""


def draw_large_case(seed: int, rules: int) -> Case:
    drawn = draw_model(Random(seed), contacts=5, size=rules)
    model = leadline.check(drawn.text).model
    assert model is not None
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    converter = ContactConverter(model.schema, as_of=as_of)
    contacts = {contact.id: contact for contact in (converter.convert(raw)[0] for raw in drawn.contacts)}
    return Case(seed, model, tuple(contact for contact in contacts.values() if contact.id), as_of)


def test_many_rules_of_the_whole_language_score_alike(dialect: str) -> None:
    for seed in range(FIRST_SEED, FIRST_SEED + 20):
        case = draw_large_case(seed, min(RULES, ENGINES[dialect].most_rules))
        emitted = emit_sql(lower(case.model), dialect, as_of=case.as_of)
        if isinstance(emitted, Emitted):
            found = ENGINES[dialect].run(emitted.files[0][1], tables_of(case.model.schema, case.contacts))
            assert differences(case, found) == []
            return
    pytest.fail("every one of twenty models was refused")


FOUR_KINDS = """model "M"
contact
  id: text
  country: text
events
  visit with path: text
{score}
"""


@pytest.mark.parametrize("rules", [SPARSE_FROM - 1, SPARSE_FROM])
def test_a_query_is_sparse_from_fifty_rules_on(rules: int) -> None:
    lines = [f'  +1 "Rule {number}" when has visit where path is "/{number}"' for number in range(rules)]
    model = leadline.check(FOUR_KINDS.format(score="\n".join(["score s", *lines]))).model
    assert model is not None
    emitted = emit_sql(lower(model), "duckdb")
    assert isinstance(emitted, Emitted)
    assert ('"scales"' in emitted.files[0][1]) == (rules >= SPARSE_FROM)


def test_a_query_grows_by_less_than_a_line_of_rows_a_rule() -> None:
    """Counting columns would grow with the rules; rows of a table of points do not."""
    sizes = []
    for rules in (100, 1000):
        lines = [
            f'  +{number % 9 + 1} "Rule {number}" when count of visit where path is "/{number}" >= 2'
            for number in range(rules)
        ]
        model = leadline.check(FOUR_KINDS.format(score="\n".join(["score s", *lines]))).model
        assert model is not None
        emitted = emit_sql(lower(model), "duckdb")
        assert isinstance(emitted, Emitted)
        sizes.append(emitted.files[0][1].count(" AS "))
    assert sizes[0] == sizes[1]


def test_the_forms_of_one_query_are_chosen_by_nothing_but_the_number_of_rules() -> None:
    case = draw_case(FIRST_SEED + 50)
    plan = lower(case.model)
    assert len(plan.rules) < SPARSE_FROM
    assert emit_sql(plan, "duckdb", as_of=case.as_of) == emit_sql(plan, "duckdb", as_of=case.as_of, sparse=False)
