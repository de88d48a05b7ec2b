"""The spark engine, on Spark, says of files what one machine says of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leadline
from conformance.batch_files import Told, one_by_one
from conformance.data_files import Files, write_every_form
from conformance.drawn_cases import FEW, Case, draw_case
from conformance.test_buckets import comparable, has_long_rows
from leadline.batch.objects import result_objects
from leadline.readers import DataError, Problem
from leadline.spark.run import SparkRun
from leadline_compiler.plan import Plan, lower

AS_OF = 1_795_305_599_999_999
pytestmark = pytest.mark.usefixtures("spark")


def by_spark(plan: Plan, files: Files, as_of: int, contacts_a_bucket: int = 2, *, keeps_all: bool = True) -> Told:
    problems: list[Problem] = []
    try:
        with SparkRun(
            plan,
            *files,
            as_of=as_of,
            default_as_of=as_of,
            on_problem=problems.append if keeps_all else None,
            contacts_a_bucket=contacts_a_bucket,
        ) as run:
            results = [result for block in run for result in result_objects(plan, block, as_of)]
            return results, run.report, problems
    except DataError as error:
        return str(error)


def test_spark_agrees_with_one_machine_on_files_of_random_models(tmp_path: Path) -> None:
    seeds = range(53_000, 53_000 + int(os.environ.get("LEADLINE_SPARK_MODELS", 4)))
    assert [text for seed in seeds for text in differences(draw_case(seed).only(FEW), tmp_path)] == []


def differences(case: Case, folder: Path) -> Iterator[str]:
    for form, files in write_every_form(case, folder):
        told = comparable(by_spark(case.plan, files, case.instant), files)
        if any(map(has_long_rows, files)):
            assert "goes over several lines" in str(told), (case.seed, form)
        elif told != (expected := comparable(one_by_one(case, files), files)):
            yield f"seed {case.seed}, {form}: {told} instead of {expected}"


RULES = """model "M"

contact identified by id
  id: text
  size: number
  joined: date

events
  visit with path: text

score fit
  +1 "Big" when size > 3
  +100 "Joined late" when joined >= 2026-03-02
  +1000 "Visited" for each visit in the last 300 days
"""


@pytest.fixture(scope="module")
def case() -> Case:
    report = leadline.check(RULES)
    assert report.model is not None
    return Case(0, RULES, lower(report.model), (), "2026-11-21", ())


def test_parts_of_a_large_text_keep_their_line_numbers(case: Case, tmp_path: Path) -> None:
    contacts, events = tmp_path / "contacts.csv", tmp_path / "events.jsonl"
    rows = [f"{number},{number if number % 50 else 'many'},{number % 27 + 1:02}/03/2026\r\n" for number in range(200)]
    contacts.write_text("id,size,joined\r\n" + "".join(rows), encoding="utf-8", newline="")
    lines = [f'{{"contact": {number % 230}, "event": "visit", "at": "2026-11-01"}}\n' for number in range(300)]
    lines[150] = "{broken\n"
    events.write_text("".join(lines), encoding="utf-8")
    files = str(contacts), str(events)
    told = comparable(by_spark(case.plan, files, AS_OF, 40), files)
    assert told == comparable(one_by_one(case, files), files)
    assert not isinstance(told, str)
    assert [problem.line for problem in told[2]][-4:] == [2, 52, 102, 152]


def test_a_folder_of_parquet_files_is_one_table(case: Case, tmp_path: Path) -> None:
    people, happenings = tmp_path / "people, 100% [a]", tmp_path / "events.parquet"
    people.mkdir()
    for number, dates in enumerate((["03/02/2026", "2026-04-01"], ["25/03/2026", "nonsense"], ["02/03/2026", None])):
        ids = [2.0 * number, 2.0 * number + 1]
        table = pa.table({"id": ids, "size": [5, None], "joined": pa.array(dates, pa.string())})
        pq.write_table(table, people / f"part {number}.parquet")
    at = pa.array([AS_OF - 10**6] * 4, pa.timestamp("us", "UTC"))
    pq.write_table(pa.table({"contact": ["0", " 5.0 ", "7", None], "event": ["visit"] * 4, "at": at}), happenings)
    told = by_spark(case.plan, (str(people), str(happenings)), AS_OF, keeps_all=False)
    assert not isinstance(told, str), told
    results, report, _ = told
    totals = {result["id"]: result["total"] for result in results}
    assert totals == {"0": 1001, "1": 100, "2": 101, "3": 0, "4": 101, "5": 1000}
    assert (report.contacts, report.events, report.bad_values, report.bad_rows) == (6, 2, 1, 2)
    said = [(Path(problem.file).name, problem.line, problem.contact) for problem in report.problems]
    assert said == [("events.parquet", 3, "7"), ("events.parquet", 4, ""), ("part 1.parquet", 2, "3")]


@pytest.mark.parametrize(
    "ids",
    [
        pa.array([1, 2, None, 1], pa.int64()),
        pa.array([Decimal("1.00"), Decimal("2.50"), None, Decimal("1")], pa.decimal128(9, 2)),
        pa.array([" a\u3000", "\u00a0+07.00", "", "a"]),
        pa.array([b"a", b" b ", None, b"a"]),
        pa.array([True, False, None, True]),
    ],
)
def test_ids_of_any_type_find_their_contacts(ids: Any, case: Case, tmp_path: Path) -> None:
    contacts, events = str(tmp_path / "contacts.parquet"), str(tmp_path / "events.csv")
    pq.write_table(pa.table({"id": ids, "size": pa.array([1, 9, 9, 9])}), contacts)
    owners = ("1", "2", "2.5", "a", "b", "+7", "+07", "true")
    rows = "".join(f"{owner},visit,2026-11-01\n" for owner in owners)
    Path(events).write_text(f"contact,event,at\n{rows}", encoding="utf-8")
    files = contacts, events
    told = comparable(by_spark(case.plan, files, AS_OF, 1), files)
    assert told == comparable(one_by_one(case, files), files)


def test_a_url_is_read_by_spark_itself(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("id,size\n1,5\n2,x\n", encoding="utf-8")
    files = str(path), None
    told = comparable(by_spark(case.plan, (path.as_uri(), None), AS_OF), files)
    expected = comparable(one_by_one(case, files), files)
    assert not isinstance(told, str), told
    assert not isinstance(expected, str)
    assert told[0] == expected[0]
    assert told[2] == [replace(expected[2][0], file=path.as_uri())]


def test_what_spark_cannot_read_is_one_clear_line(case: Case, tmp_path: Path) -> None:
    broken, nanoseconds, hidden = (tmp_path / f"{name}.parquet" for name in ("broken", "nanoseconds", "_hidden"))
    broken.write_bytes(b"PAR1 and nothing else")
    pq.write_table(pa.table({"id": ["1"], "joined": pa.array([1], pa.timestamp("ns"))}), nanoseconds)
    pq.write_table(pa.table({"id": ["1"]}), hidden)
    said = {path.stem: by_spark(case.plan, (str(path), None), AS_OF) for path in (broken, nanoseconds, hidden)}
    said["elsewhere"] = by_spark(case.plan, ((tmp_path / "none.parquet").as_uri(), None), AS_OF)
    assert all(isinstance(text, str) and "\n" not in text and len(text) < 500 for text in said.values()), said
    assert "microseconds" in str(said["nanoseconds"])
    assert "names begin with _" in str(said["_hidden"])
    assert "for every worker" in str(said["elsewhere"])


def test_nothing_is_left_behind(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spark: Any) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("id,size\n1,5\n2,x\n", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    by_spark(case.plan, (str(path), None), AS_OF)
    assert sorted(tmp_path.iterdir()) == [path]
    assert spark.sparkContext._jsc.getPersistentRDDs().isEmpty()
