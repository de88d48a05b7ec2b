"""`leadline compile --to sql`: what a query cannot say is told with its name, wherever it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leadline.commands import run

pytest.importorskip("sqlglot")

_HEAD = """\
model "Shop"
contact
  id: text
events
  visit with due: date
  click
define newest_due = latest due of visit
score fit
  +1 "Visited" when has visit
"""
_REASON = "a window begins or ends at a date that is itself reckoned from events"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ('  +1 "Due" when has click since newest_due', "Due"),
        ('exclude "Due" when has click since newest_due', "Due"),
        ('stage "Due" when has click since newest_due', "Due"),
        ("score late, halving every 1 day without click since newest_due", "late"),
        ("ignore click since newest_due", "ignore"),
    ],
)
@pytest.mark.parametrize("dialect", ["duckdb", "sqlite", "bigquery"])
def test_what_a_query_cannot_say_is_told_by_its_name(
    statement: str, name: str, dialect: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.lead"
    rules.write_text(f'{_HEAD}{statement}\nstage "Known" when total >= 1\n', encoding="utf-8")
    assert run(["compile", str(rules), "--to", "sql", "--dialect", dialect]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f'error: {dialect} cannot express "{name}": {_REASON}\n'


_ALIKE = """model "Shop"
contact
  id: text
  Staff: number
  staff: number
events
  visit with Path: text
  click with path: text
score fit
  +1 "Many" when Staff > 1 and staff > 1
"""
_LONG = "the_engagement_of_contacts_in_the_european_region_in_the_year_2026"


@pytest.mark.parametrize(
    ("text", "dialect", "refused"),
    [
        (_ALIKE, "duckdb", ["Path", "Staff"]),
        (_ALIKE, "sqlite", ["Path", "Staff"]),
        (_ALIKE, "postgres", []),
        (f'{_HEAD}score {_LONG}\n  +1 "Any" when has click\n', "postgres", [_LONG]),
        (f'{_HEAD}score {_LONG}\n  +1 "Any" when has click\n', "duckdb", []),
    ],
)
def test_columns_that_an_engine_takes_for_each_other_are_refused(
    text: str, dialect: str, refused: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.lead"
    rules.write_text(f'{text}stage "Known" when total >= 1\n', encoding="utf-8")
    assert run(["compile", str(rules), "--to", "sql", "--dialect", dialect]) == (1 if refused else 0)
    assert sorted(re.findall('cannot express "(.+?)"', capsys.readouterr().err)) == refused


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("rules.lead").write_text(f'{_HEAD}stage "Known" when total >= 1\n', encoding="utf-8")
    return "rules.lead"


@pytest.mark.parametrize("option", ["--contacts-table", "--events-table"])
@pytest.mark.parametrize("name", ["", " ", "a.", ".a", '"x', "a'b", "a;b", "a--b", "(select 1)", "a.b.c.d", "é()"])
@pytest.mark.parametrize("target", ["sql", "dbt"])
def test_a_table_is_a_name_and_nothing_else(
    target: str, name: str, option: str, rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compile", rules, "--to", target, "--dialect", "duckdb", "--output", "out", option, name]) == 2
    shown = capsys.readouterr()
    assert f"{option}: `{name}` is no name of a table: write {option[2:-6]}" in shown.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("dialect", "name", "read"),
    [
        ("duckdb", "crm.people", "crm.people"),
        ("duckdb", 'lake."My schema"."a;b"', 'lake."My schema"."a;b"'),
        ("duckdb", '"say ""hi"""', '"say ""hi"""'),
        ("duckdb", "order", '"order"'),
        ("snowflake", "crm.people$1", "crm.people$1"),
        ("mysql", "`a b`", "`a b`"),
        ("bigquery", "my-project.crm.people", "my-project.crm.people"),
        ("bigquery", "`my-project.crm.people`", "`my-project.crm.people`"),
    ],
)
def test_a_table_may_stand_in_a_schema_and_in_quotes(
    dialect: str, name: str, read: str, rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compile", rules, "--to", "sql", "--dialect", dialect, "--contacts-table", name]) == 0
    assert re.search(rf"\bFROM {re.escape(read)}(?![\w.])", capsys.readouterr().out)


@pytest.mark.parametrize("option", ["--as-of-column", "--event-id"])
def test_a_column_has_a_name(option: str, rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compile", rules, "--to", "sql", "--dialect", "duckdb", option, ""]) == 2
    assert capsys.readouterr().err == f"error: {option} is empty: write the name of a column\n"
