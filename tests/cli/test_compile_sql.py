"""`leadline compile --to sql`: what a query cannot say is told with its name, wherever it stands."""

from __future__ import annotations

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
