"""What `leadline score` runs for each contact says what the language says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from conformance.agreement import differences
from conformance.drawn_cases import Case
from conformance.written_cases import read_written_cases
from leadline.readers import convert_contact
from leadline.readers.typed import build_contact_scorer


def wrong_in(name: str, case: Case) -> list[str]:
    schema, as_of = case.plan.schema, case.instant
    score = build_contact_scorer(case.plan)

    def scored(contact: Mapping[str, Any]) -> Mapping[str, Any]:
        return score(convert_contact(schema, contact, as_of=as_of)[0], as_of).to_dict()

    return differences(name, case, map(scored, case.contacts))


def test_the_python_engine_agrees_with_the_interpreter_on_the_written_cases(tmp_path: Path) -> None:
    cases = list(read_written_cases(tmp_path))
    assert len(cases) > 20
    assert [found for name, case in cases for found in wrong_in(name, case)] == []
