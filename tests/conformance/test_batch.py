"""The batch engine says of every file what the contact-by-contact one says: results, problems and what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from conformance.data_files import Files, write_files, write_nested
from conformance.drawn_cases import DRAWN, Case, draw_case, draw_cases
from conformance.written_cases import read_written_cases
from leadline.batch.objects import result_objects
from leadline.batch.run import BatchRun
from leadline.readers import DataError, DataReport, Problem, read_contacts
from leadline_compiler.execute import build_executor, result_of_plan
from leadline_compiler.zones import parse_as_of

Told = tuple[list[Mapping[str, Any]], DataReport, list[Problem]] | str
"""Results, report and all problems; or why the data cannot be read."""


def by_batch(case: Case, files: Files, as_of: int, *, workers: int = 1, tells_rules: bool = True) -> Told:
    problems: list[Problem] = []
    try:
        with BatchRun(
            case.plan,
            *files,
            as_of=as_of,
            default_as_of=as_of,
            on_problem=problems.append,
            tells_rules=tells_rules,
            workers=workers,
        ) as run:
            results = [result for block in run for result in result_objects(case.plan, block, as_of)]
            return results, run.report, problems
    except DataError as error:
        return str(error)


def one_by_one(case: Case, files: Files, as_of: int) -> Told:
    problems: list[Problem] = []
    execute = build_executor(case.plan)
    try:
        with read_contacts(case.plan.schema, *files, as_of=as_of, on_problem=problems.append) as stream:
            results = [result_of_plan(case.plan, execute(contact, as_of)) for contact in stream]
            return results, stream.report, problems
    except DataError as error:
        return str(error)


def differences(name: str, case: Case, folder: Path) -> Iterator[str]:
    for form, files in write_files(case, folder):
        yield from differences_of_files(f"{name}, {form}", case, files)


def differences_of_files(name: str, case: Case, files: Files) -> Iterator[str]:
    as_of = parse_as_of(case.as_of, case.plan.schema.zone)
    assert as_of is not None
    told, expected = by_batch(case, files, as_of), one_by_one(case, files, as_of)
    if told != expected:
        yield f"{name}: {told} instead of {expected}"
    brief = by_batch(case, files, as_of, tells_rules=False)
    if _without_rules(brief) != _without_rules(expected):
        yield f"{name}, without rules: {brief} instead of {expected}"


def _without_rules(told: Told) -> list[Mapping[str, Any]] | str:
    return told if isinstance(told, str) else [{**result, "rules": []} for result in told[0]]


def test_the_batch_engine_agrees_with_the_other_on_files_of_random_models(tmp_path: Path) -> None:
    for case in draw_cases(50_000):
        drawn = case.only(slice(DRAWN))
        forms = list(write_files(drawn, tmp_path))
        # Each model in two of the four formats; .ci/slow draws more models.
        for form, files in forms[case.seed % 2 :: 2]:
            assert list(differences_of_files(f"seed {case.seed}, {form}", drawn, files)) == []
        odd = case.only(slice(DRAWN, None))
        assert list(differences_of_files(f"seed {case.seed}, odd shapes", odd, write_nested(odd, tmp_path))) == []


def test_the_batch_engine_agrees_with_the_interpreter_on_random_contacts(tmp_path: Path) -> None:
    for case in draw_cases(51_000, usual=30):
        case = case.only(slice(DRAWN))
        as_of = parse_as_of(case.as_of, case.plan.schema.zone)
        assert as_of is not None
        told = by_batch(case, write_nested(case, tmp_path), as_of)
        assert told[0] == list(case.results), case.seed


def test_the_batch_engine_agrees_with_the_other_on_the_written_cases(tmp_path: Path) -> None:
    cases = list(read_written_cases(tmp_path))
    assert [text for name, case in cases for text in differences(name, case, tmp_path)] == []


@pytest.mark.parametrize("seed", [50_001, 50_002])
def test_several_processes_say_what_one_says(seed: int, tmp_path: Path) -> None:
    case = draw_case(seed).only(slice(DRAWN))
    as_of = parse_as_of(case.as_of, case.plan.schema.zone)
    assert as_of is not None
    for _, files in write_files(case, tmp_path):
        assert by_batch(case, files, as_of, workers=2) == by_batch(case, files, as_of)
