"""Proofs are as of the instant that is asked for, and say it where another instant has other points."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline.commands import run

_RULES = """model "Today"
contact
  id: text
events
  visit
score points
  +1 "Visit" for each visit in the last 24 hours, at most 1 time per day
stage "Twice" when total >= 2
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "rules.lead"
    path.write_text(_RULES, encoding="utf-8")
    return str(path)


def test_at_the_end_of_a_day_its_last_24_hours_are_one_day(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", rules, "--only", "LL3", "--as-of", "2026-11-21"]) == 1
    assert "lower the number for `total` to 1; it is so as of 2026-11-21" in capsys.readouterr().out


@pytest.mark.parametrize("as_of", ["2026-11-21T12:00", "2026-11-21T00:00"])
def test_at_any_other_time_they_are_two(rules: str, as_of: str) -> None:
    pytest.importorskip("ortools", reason="the solver is not installed")
    assert run(["check", rules, "--only", "unreachable-stage", "--as-of", as_of]) == 0
