"""`leadline score` by one engine or another: which is taken, and that the results are the same."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leadline
from leadline.batch import run as batch_run
from leadline.batch.run import BatchRun
from leadline.batch.scoring import SLICE
from leadline.commands import engines, run
from leadline_compiler.batch.tallies import Tallies
from leadline_compiler.plan import Plan, lower

RULES = """\
model "Shop", time zone "Europe/Berlin"
contact
  id:    text
  staff: number
  role:  text
events
  visit with path: text
score fit
  +1.5 "Staff" when staff >= 3 and role is "buyer"
  +10 "Visits" for each visit where path starts with "/pricing", at most 2 times per day, up to 35 points
  -7.125 "Fading" for each visit, halving every 10 days
stage "MQL" when total >= 5
"""
AS_OF = "2026-11-21"
COUNT = 300


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.lead"
    path.write_text(RULES, encoding="utf-8")
    people = [f"c{number},{number % 7},{'Buyer' if number % 2 else 'seller'}\n" for number in range(COUNT)]
    times = [f"2026-{10 + number % 2}-{1 + number % 20:02}T09:{number % 60:02}" for number in range(5 * COUNT)]
    visits = [f"c{number % COUNT},visit,{at},/pricing/{number % 3}\n" for number, at in enumerate(times)]
    (tmp_path / "contacts.csv").write_text("id,staff,role\n" + "".join(people), encoding="utf-8")
    (tmp_path / "events.csv").write_text("contact,event,at,path\n" + "".join(visits), encoding="utf-8")
    return path


def score(rules: Path, *words: str) -> int:
    files = ["--contacts", str(rules.parent / "contacts.csv"), "--events", str(rules.parent / "events.csv")]
    return run(["score", str(rules), *files, "--as-of", AS_OF, *words])


@pytest.mark.parametrize("format_", ["csv", "jsonl", "table", "parquet"])
def test_every_format_says_the_same_by_both_engines(rules: Path, format_: str) -> None:
    for engine in ("python", "batch"):
        assert score(rules, "--engine", engine, "--format", format_, "--output", str(rules.parent / engine)) == 0
    if format_ == "parquet":
        tables = [pq.read_table(rules.parent / engine) for engine in ("python", "batch")]
        assert tables[0].equals(tables[1])
        assert tables[0].num_rows == COUNT
    else:
        assert (rules.parent / "python").read_bytes() == (rules.parent / "batch").read_bytes()


def test_without_rules_the_rest_is_the_same(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for engine in ("python", "batch"):
        assert score(rules, "--engine", engine, "--format", "csv", "--no-rules") == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "Visits" not in told[0]


def test_small_data_go_row_by_row_and_large_ones_by_columns(
    rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert score(rules, "--engine", "auto", "--format", "csv") == 0
    small = capsys.readouterr()
    assert small.err == "note: engine: python\n"
    monkeypatch.setattr(engines, "_LARGE", 1000)
    assert score(rules, "--format", "csv") == 0
    large = capsys.readouterr()
    assert large.err == "note: engine: batch\n"
    assert large.out == small.out


def test_without_the_extra_large_data_go_row_by_row_and_the_way_out_is_told(
    rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_LARGE", 1000)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert score(rules, "--format", "csv") == 0
    assert 'pip install "leadline[batch]"' in capsys.readouterr().err
    assert score(rules, "--format", "csv", "--engine", "batch") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "needs an extra that is not installed" in told.err


def test_points_beyond_64_bits_are_left_to_the_engine_that_holds_them(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = RULES.replace("+10 ", "+1_000_000_000_000 ".replace("_", "")).replace(", up to 35 points", "")
    rules.write_text(text.replace(", at most 2 times per day", ""), encoding="utf-8")
    assert score(rules, "--engine", "batch", "--format", "csv") == 0
    assert "engine: python, because points of these rules may need more than 64 bits" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--engine", "batch"], ["--no-rules"]])
def test_reasons_are_refused_where_no_engine_tells_them(
    rules: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(rules, "--explain", "--format", "jsonl", *words) == 2
    assert "--explain" in capsys.readouterr().err


def test_a_fault_far_down_in_large_data_is_told_before_the_first_result(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (rules.parent / "contacts.csv").open("ab") as file:
        file.write(b"caf\xe9,1,buyer\n")
    assert score(rules, "--engine", "batch", "--format", "csv") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "not valid UTF-8" in told.err


@pytest.fixture
def plan(rules: Path) -> Plan:
    model = leadline.check(RULES).model
    assert model is not None
    return lower(model)


def write_many(folder: Path, count: int) -> tuple[str, str]:
    """Contacts with two events each, in Parquet files of several row groups."""
    people, happenings = folder / "contacts.parquet", folder / "events.parquet"
    ids = [f"c{number}" for number in range(count)]
    pq.write_table(pa.table({"id": ids, "staff": list(range(count))}), people, row_group_size=7_000)
    at = pa.array([1_790_000_000_000_000] * (2 * count), pa.timestamp("us", "UTC"))
    rows = {"contact": ids * 2, "event": ["visit"] * (2 * count), "at": at}
    pq.write_table(pa.table({**rows, "path": ["/pricing"] * (2 * count)}), happenings, row_group_size=7_000)
    return str(people), str(happenings)


def test_all_cores_work_a_range_of_contacts_at_a_time_and_the_bar_moves(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "_SMALL", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1}, raising=False)
    count, told, sizes, workers = 20_000, [0], [], 0
    files = write_many(tmp_path, count)
    as_of = 1_795_000_000_000_000
    with BatchRun(plan, *files, as_of=as_of, default_as_of=as_of, progress=told.append) as scoring:
        for block in scoring:
            sizes.append(block.results.count)
            workers = max(workers, len(multiprocessing.active_children()))
    assert sum(sizes) == count
    assert max(sizes) <= SLICE
    assert workers == 2
    assert told == sorted(told)
    assert told[-1] == 3 * count
    assert (scoring.report.contacts, scoring.report.events) == (count, 2 * count)


def test_nothing_of_a_range_is_held_once_it_is_scored(plan: Plan, tmp_path: Path) -> None:
    files, as_of, held = write_many(tmp_path, 20_000), 1_795_000_000_000_000, []
    gc.collect()
    gc.disable()
    try:
        with BatchRun(plan, *files, as_of=as_of, default_as_of=as_of, tells_rules=False, workers=1) as scoring:
            for _ in scoring:
                held.append(sum(isinstance(item, Tallies) for item in gc.get_objects()))
    finally:
        gc.enable()
    assert len(held) > 2
    assert max(held) <= 1
