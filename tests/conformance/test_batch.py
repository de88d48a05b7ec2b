"""The batch engine says of every file what the contact-by-contact one says: results, problems and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.batch_files import by_batch, differences_of_files
from conformance.data_files import write_every_form
from conformance.drawn_cases import FEW, Case, draw_case
from conformance.written_cases import read_written_cases


def differences(name: str, case: Case, folder: Path) -> Iterator[str]:
    for form, files in write_every_form(case, folder):
        for tells_rules in (True, False):
            yield from differences_of_files(f"{name}, {form}", case, files, tells_rules=tells_rules)


def test_the_batch_engine_agrees_with_the_other_on_every_form_of_file(tmp_path: Path) -> None:
    cases = (draw_case(seed).only(FEW) for seed in range(50_000, 50_020))
    assert [text for case in cases for text in differences(f"seed {case.seed}", case, tmp_path)] == []


def test_the_batch_engine_agrees_with_the_other_on_the_written_cases(tmp_path: Path) -> None:
    cases = list(read_written_cases(tmp_path))
    assert [text for name, case in cases for text in differences(name, case, tmp_path)] == []


@pytest.mark.parametrize("seed", [50_001, 50_002])
def test_several_processes_say_what_one_says(seed: int, tmp_path: Path) -> None:
    case = draw_case(seed).only(FEW)
    for _, files in write_every_form(case, tmp_path):
        assert by_batch(case, files, workers=2) == by_batch(case, files)
