"""Values that few contacts have: they count as missing everywhere, or mean the same everywhere, and end nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leadline
from conformance.backends import module_of
from conformance.javascript import node, score_all
from leadline.scorer import Scorer
from leadline_compiler.emit.javascript import emit_javascript
from leadline_compiler.model import Model
from leadline_compiler.plan import lower
from literate.console import run_leadline

RULES = """model "Odd", time zone "America/New_York"
contact
  id: text
  n: number
  d: date
  t: text
events
  v
score s
  +1 "Number" when n > 1
  +2 "Date"   when d is known
  +4 "Text"   when t is known
  +8 "Event"  for each v
  +0.5 "Days" for every 1 of days since last v
"""


@pytest.fixture(scope="module")
def model() -> Model:
    found = leadline.check(RULES).model
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "total"),
    [
        (np.float64(5), 5),
        (np.float64(2.5), 5),
        (np.int64(5), 0),
        (np.float64("nan"), 4),
        (np.str_("x"), 4),
        (np.array([]), 0),
        (10**5000, 4),
        (float("inf"), 4),
        ([], 0),
        ({}, 0),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_that_no_file_holds_mean_the_same_in_python(value: Any, total: int, model: Model) -> None:
    contact = {"id": "a", "n": value, "d": value, "t": value}
    assert Scorer(model).score(contact, "2026-11-21").total == total
    assert leadline.score(model, contact, "2026-11-21")["total"] == total
    assert module_of(lower(model))["score"](contact, "2026-11-21")["total"] == total


@pytest.mark.parametrize("engine", ["python", "batch"])
def test_nan_in_parquet_is_missing_without_a_word(engine: str, tmp_path: Path) -> None:
    """As pandas writes that there is no number."""
    (tmp_path / "odd.lead").write_text(RULES, encoding="utf-8")
    table = {"id": ["a", "b", "c"], "n": [5.0, float("nan"), None], "d": [None] * 3, "t": ["", None, "x"]}
    pq.write_table(pa.table(table), tmp_path / "odd.parquet")
    words = ["score", "odd.lead", "--contacts", "odd.parquet", "--as-of", "2026-11-21", "--format", "csv"]
    said, code = run_leadline([*words, "--engine", engine], tmp_path)
    assert code == 0
    header, *rows = [line.split(",") for line in said.splitlines()]
    assert [row[header.index("total")] for row in rows] == ["1", "0", "4"]


DAYS_AGO = {1_000_000_000: 0, -1_000_000_000: 0, 740_000: 0, 739_000: 8 + 369_500, 0: 8}
"""Events so many days before the last moment of 21 November 2026, and what each gives; none is in the year 0."""


def test_an_event_in_none_of_the_years_is_left_out(model: Model, tmp_path: Path) -> None:
    contacts = [{"id": str(days), "events": [{"v": {}, "days ago": days}]} for days in DAYS_AGO]
    expected = list(DAYS_AGO.values())
    scorer, module = Scorer(model), module_of(lower(model))["score"]
    assert [scorer.score(contact, "2026-11-21").total for contact in contacts] == expected
    assert [leadline.score(model, contact, "2026-11-21")["total"] for contact in contacts] == expected
    assert [module(contact, "2026-11-21")["total"] for contact in contacts] == expected
    (tmp_path / "odd.lead").write_text(RULES, encoding="utf-8")
    (tmp_path / "odd.jsonl").write_text("\n".join(map(str, contacts)).replace("'", '"'), encoding="utf-8")
    words = ["score", "odd.lead", "--contacts", "odd.jsonl", "--as-of", "2026-11-21", "--format", "csv", "--engine"]
    said, code = run_leadline([*words, "python"], tmp_path)
    assert code == 0
    assert "1000000000 days ago is in none of the years 1 to 9999" in said
    assert run_leadline([*words, "batch"], tmp_path) == (said, 0)
    node()
    (results,) = score_all([(emit_javascript(lower(model)).files[0][1], contacts, "2026-11-21")], tmp_path)
    assert [result["total"] for result in results] == expected


@pytest.mark.parametrize("as_of", ["9999-12-31", "9999-12-31T23:59:59-12:00", 253_402_300_800_000_000, "0001-01-01"])
def test_the_first_and_the_last_day_can_be_looked_from(as_of: str | int, model: Model) -> None:
    at = "2026-11-20T09:00:00Z"
    contact = {"id": "a", "n": 5, "events": [{"event": "v", "at": at}, {"event": "v", "at": at + "0"}]}
    scorer = Scorer(model)
    for _ in range(2):
        assert scorer.score(contact, as_of).to_dict() == leadline.score(model, contact, as_of)
