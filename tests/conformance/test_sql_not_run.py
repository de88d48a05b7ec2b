"""Dialects whose engines no test can run: their queries are read again, and say that they were not run."""

from __future__ import annotations

import logging
import os
from collections import Counter
from random import Random

import pytest
import sqlglot
from sqlglot import exp

import leadline
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql import DIALECTS, emit_sql
from leadline_compiler.plan import lower
from random_models import draw_model

NOT_RUN = [name for name, dialect in DIALECTS.items() if not dialect.is_run]
FIRST_SEED = 90_000
AS_OF = 1_790_000_000_000_000
MOST_REFUSED = 0.1
_NO_COLUMNS = {"*", "NFKC"}
"""What sqlglot takes for a column: all of them, and the name of a normal form."""
MODELS = max(4, int(os.environ.get("LEADLINE_SQL_MODELS", 4)) // 4)


@pytest.mark.parametrize("name", NOT_RUN)
def test_a_query_is_read_again_as_it_was_meant(
    name: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """All tables and columns that it reads are there or made by it, and nothing has to be left to another dialect."""
    reasons: Counter[str] = Counter()
    refused = 0
    for seed in range(FIRST_SEED, FIRST_SEED + MODELS):
        model = leadline.check(draw_model(Random(seed), contacts=1, size=5).text).model
        assert model is not None
        with caplog.at_level(logging.WARNING, logger="sqlglot"):
            emitted = emit_sql(lower(model), name, as_of=AS_OF, sparse=seed % 2 == 1)
        assert caplog.messages == []
        if isinstance(emitted, Emitted):
            read_again(emitted.files[0][1], name)
        else:
            refused += 1
            reasons.update({item.reason for item in emitted})
    with capsys.disabled():
        print(f"\n{name}: {refused} of {MODELS} random models refused {dict(reasons)}; not run")
    assert refused <= max(1, MODELS * MOST_REFUSED)


def read_again(text: str, name: str) -> None:
    header, _, _ = text.partition("\nWITH ")
    assert "-- Not run on a real engine: generated and re-read only." in header.split("\n")
    trees = sqlglot.parse(text, dialect=name)
    assert len(trees) == 1
    tree = trees[0]
    assert isinstance(tree, exp.Select)
    made = {part.alias for part in tree.ctes}
    read = {found.name for found in tree.find_all(exp.Table)}
    assert read - made <= {"contacts", "events"}
    known = {name for part in tree.ctes for name in part.this.named_selects} - {"*"}
    for part in tree.ctes:
        own = part.find(exp.Table)
        if own is not None and own.name in made:
            known_here = known | {alias for select in part.find_all(exp.Select) for alias in select.named_selects}
            assert {found.name for found in part.find_all(exp.Column)} - _NO_COLUMNS <= known_here


@pytest.mark.parametrize("name", NOT_RUN)
def test_a_query_of_many_rules_is_read_again(name: str) -> None:
    lines = [f'  +{number % 9 + 1} "Rule {number}" for each visit where path is "/{number}"' for number in range(300)]
    model = leadline.check("\n".join([*MANY, *lines])).model
    assert model is not None
    emitted = emit_sql(lower(model), name)
    assert isinstance(emitted, Emitted)
    read_again(emitted.files[0][1], name)


MANY = ['model "M"', "contact", "  id: text", "events", "  visit with path: text", "score s"]


def test_names_in_snowflake_are_those_of_tables_made_without_quotes() -> None:
    fields = '  id: text\n  size: number from "Size"'
    model = leadline.check(f'model "M"\ncontact\n{fields}\nscore s\n  +1 "A" when size > 1').model
    assert model is not None
    emitted = emit_sql(lower(model), "snowflake")
    assert isinstance(emitted, Emitted)
    text = emitted.files[0][1]
    assert '"ID" AS "ID"' in text
    assert '"Size"' in text
    assert 'AS "TOTAL"' in text
