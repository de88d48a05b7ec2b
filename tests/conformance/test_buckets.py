"""Whatever bucket a contact is scored in, and wherever the data are cut: all is told as one machine tells it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from conformance.batch_files import Told, one_by_one
from conformance.buckets import score_in_buckets
from conformance.data_files import Files, write_every_form
from conformance.drawn_cases import FEW, Case, draw_cases
from conformance.written_cases import read_written_cases
from leadline.readers import DataError


def comparable(told: Told, files: Files) -> Told:
    """What is told, with what has no order of its own in one: contacts, and the keys of contacts that nobody reads."""
    if isinstance(told, str):
        return told
    results, report, problems = told
    unused = report.unused_columns if files[0].endswith((".csv", ".parquet")) else sorted(report.unused_columns)
    report = replace(report, unused_columns=tuple(unused))
    return sorted(results, key=lambda result: str(result["id"])), report, problems


def has_long_rows(path: str | None) -> bool:
    """Whether a CSV file has rows that go over several lines."""
    if path is None or not path.endswith(".csv"):
        return False
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        return sum(1 for _ in rows) < rows.line_num


def differences(name: str, case: Case, folder: Path) -> Iterator[str]:
    for form, files in write_every_form(case, folder):
        expected = comparable(one_by_one(case, files), files)
        try:
            told = comparable(score_in_buckets(case.plan, files, case.instant, 3), files)
        except DataError as error:
            told = str(error)
            if "goes over several lines" in told and any(map(has_long_rows, files)):
                continue
        if told != expected:
            yield f"{name}, {form}: {told} instead of {expected}"


def test_buckets_agree_with_one_machine_on_files_of_random_models(tmp_path: Path) -> None:
    cases = (case.only(FEW) for case in draw_cases(52_000, usual=40))
    assert [text for case in cases for text in differences(f"seed {case.seed}", case, tmp_path)] == []


def test_buckets_agree_with_one_machine_on_the_written_cases(tmp_path: Path) -> None:
    cases = list(read_written_cases(tmp_path))
    assert [text for name, case in cases for text in differences(name, case, tmp_path)] == []
