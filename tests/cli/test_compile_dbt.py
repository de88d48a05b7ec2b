"""`leadline compile --to dbt`: which files it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from literate.console import run_leadline

RULES = """model "B2B", time zone "Asia/Tokyo"
contact
  id: text
  size: number from "Number of Employees"
  tags: list of text
  since: date
events
  visit with path: text
score fit
  +10 "Large {{ size }}" when size >= 25
  +5  "Tagged"           when tags includes "a"
  +1  "Early"            when since < 2026-11-01
score web
  +0.5 "Visit" for each visit in the last 60 days
grade fit
  "A" from 10
  "it's B" otherwise
stage "MQL" when total >= 15
"""
SAMPLES = """as of: 2026-11-21
contacts:
  - id: anna
    Number of Employees: 40
    tags: a; b
    since: 2026-10-01
    events:
      - visit: {path: "{{ x }}"}
        days ago: 1
    expect: {total: 16.5, grades: {fit: A}, rules: {Tagged: 5}}
  - id: bert
    since: 2026-10-01T09:30
    expect: {scores: {fit: 1}, stage: null}
  - id: nobody
"""


def compiled(folder: Path, *options: str, samples: str = SAMPLES) -> tuple[str, int]:
    (folder / "b2b.lead").write_text(RULES, encoding="utf-8")
    if samples:
        (folder / "samples.yaml").write_text(samples, encoding="utf-8")
    words = ["compile", "b2b.lead", "--to", "dbt", "--dialect", "duckdb", "--output", "project", *options]
    return run_leadline(words, folder)


def test_a_project_has_models_their_tests_and_unit_tests(tmp_path: Path) -> None:
    assert compiled(tmp_path) == ("", 0)
    written = {str(path.relative_to(tmp_path / "project")) for path in (tmp_path / "project").rglob("*.*")}
    models = {f"models/{name}" for name in ("lead_scores.sql", "lead_scores_rules.sql", "schema.yml", "unit_tests.yml")}
    assert written == models | {"dbt_project.yml", "README.md"}
    for name in ("dbt_project.yml", "models/schema.yml", "models/unit_tests.yml"):
        assert yaml.safe_load((tmp_path / "project" / name).read_text(encoding="utf-8"))


def test_the_models_read_what_was_named_and_ask_dbt_for_the_time(tmp_path: Path) -> None:
    compiled(tmp_path, "--contacts-table", "crm.people", "--events-table", "visits")
    text = (tmp_path / "project/models/lead_scores.sql").read_text(encoding="utf-8")
    assert "{{ source('crm', 'people') }}" in text
    assert '{{ var("as_of", run_started_at' in text
    sources = yaml.safe_load((tmp_path / "project/models/sources.yml").read_text(encoding="utf-8"))
    assert sources["sources"] == [{"name": "crm", "tables": [{"name": "people"}]}]


def test_braces_of_the_rules_are_no_jinja(tmp_path: Path) -> None:
    compiled(tmp_path)
    for path in (tmp_path / "project").rglob("*.*"):
        assert "{{ size }}" not in path.read_text(encoding="utf-8").replace("{{ '{{' }} size }}", "")
        assert "{{ x }}" not in path.read_text(encoding="utf-8").replace("{{ '{{' }} x }}", "")


def test_a_unit_test_checks_what_the_sample_names(tmp_path: Path) -> None:
    compiled(tmp_path)
    found = yaml.safe_load((tmp_path / "project/models/unit_tests.yml").read_text(encoding="utf-8"))["unit_tests"]
    expected = {test["name"]: test["expect"]["rows"] for test in found}
    assert list(expected) == ["scores_of_1_anna", "rules_of_1_anna", "scores_of_2_bert"]
    assert expected["scores_of_1_anna"] == [{"id": "anna", "total": 16.5, "grade_fit": "A"}]
    assert [row["points"] for row in expected["rules_of_1_anna"]] == [10, 5, 1, 0.5]
    assert expected["scores_of_2_bert"] == [{"id": "bert", "stage": None, "fit": 1}]
    given = [test["given"][0]["rows"][0] for test in found]
    assert given[0] == {"id": "anna", "Number of Employees": 40, "tags": "a;b", "since": "2026-10-01"}
    assert given[2]["since"] == "2026-10-01 00:30:00+00"


def test_a_letter_that_dbt_would_break_has_no_data_test(tmp_path: Path) -> None:
    compiled(tmp_path)
    schema = yaml.safe_load((tmp_path / "project/models/schema.yml").read_text(encoding="utf-8"))
    columns = {column["name"]: column.get("data_tests") for column in schema["models"][0]["columns"]}
    assert columns["grade_fit"] is None
    assert columns["stage"] == [{"accepted_values": {"arguments": {"values": ["MQL"]}}}]
    assert columns["id"] == ["not_null", "unique"]


def test_an_expectation_that_does_not_hold_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    said, code = compiled(tmp_path, samples=SAMPLES.replace("total: 16.5", "total: 17"))
    assert code == 1
    assert "not what is expected: anna; `leadline test b2b.lead` tells more" in said
    assert not (tmp_path / "project").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--as-of", "2026-11-21"], "--as-of does not go with --to dbt"),
        (["--explain"], "--explain does not go with --to dbt"),
        (["--output", "-"], "needs an --output, the folder of the project"),
        (["--dialect", "oracle"], "there is no `oracle`"),
    ],
)
def test_what_does_not_go_with_dbt_is_refused(tmp_path: Path, options: list[str], message: str) -> None:
    said, code = compiled(tmp_path, *options)
    assert (code, message in said) == (2, True)
