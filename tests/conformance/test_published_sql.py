"""Emitted SQL gives the published results on the engines themselves, for the contacts that are typed, in both forms."""

from __future__ import annotations

import os

import pytest

from conformance.published import Published, published_cases
from conformance.sql_rows import differences_of_rows
from leadline.readers import convert_contact
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql import emit_sql
from leadline_compiler.zones import parse_as_of
from sql_engines import Tables, tables_of
from sql_engines.engines import ENGINES, EVERY_DIALECT, require

MOST_UNSAID = 0.15
"""The share of the cases that a dialect may say it cannot express."""
CASES = [case for case in published_cases() if case.level == "scoring"]


@pytest.mark.parametrize("dialect", EVERY_DIALECT)
def test_sql_gives_the_published_results(dialect: str, capsys: pytest.CaptureFixture[str]) -> None:
    require(dialect)
    wrong: list[str] = []
    unsaid: dict[str, str] = {}
    cases = _cases_for(dialect)
    for case in cases:
        as_of = parse_as_of(case.as_of, case.plan.schema.zone)
        for sparse in (False, True) if not ENGINES[dialect].is_late else (None,):
            emitted = emit_sql(case.plan, dialect, as_of=as_of, sparse=sparse)
            if isinstance(emitted, Emitted):
                rows = ENGINES[dialect].run(emitted.files[0][1], tables(case, as_of))
                wrong += differences_of_rows(f"{case.name}, sparse: {sparse}", case.results, rows)
            else:
                unsaid[case.name] = emitted[0].reason
    with capsys.disabled():
        print(f"\n{dialect}: cannot express {len(unsaid)} of {len(cases)} published cases {unsaid}")
    assert wrong == []
    assert len(unsaid) <= MOST_UNSAID * len(cases)


def _cases_for(dialect: str) -> list[Published]:
    """All cases for PostgreSQL, and for the others where the environment asks for many models; else half for each of
    the two that run in the test's own process."""
    cases = CASES[:: ENGINES[dialect].every]
    halves = {} if "LEADLINE_MODELS" in os.environ else {"duckdb": 0, "sqlite": 1}
    return cases[halves[dialect] :: 2] if dialect in halves else cases


def tables(case: Published, as_of: int | None) -> Tables:
    schema = case.plan.schema
    return tables_of(schema, [convert_contact(schema, contact, as_of=as_of)[0] for contact in case.contacts])
