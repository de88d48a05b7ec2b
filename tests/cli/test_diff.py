"""`leadline diff`: what has changed, and for whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  staff: number
events
  visit
score fit
  +10 "Staff" when staff >= 25
score interest
  +5 "Visited" for each visit in the last 30 days, up to 20 points
exclude "Nobody" when staff is 0
stage "Warm" when total >= 10
stage "Hot" when total >= 20
"""
_CONTACTS = """\
id,staff
a,40
b,10
c,0
d,25
"""
_EVENTS = """\
contact,event,at
a,visit,2026-11-01
a,visit,2026-11-02
b,visit,2026-11-01
b,visit,2026-11-19
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"old.lead": _RULES, "contacts.csv": _CONTACTS, "events.csv": _EVENTS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    assert old in _RULES
    (folder / "new.lead").write_text(_RULES.replace(old, new), encoding="utf-8")


def diff(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["diff", "old.lead", "new.lead", "--format", "json", *words]) == 0
    return json.loads(capsys.readouterr().out)


_DATA = ("--contacts", "contacts.csv", "--events", "events.csv", "--as-of", "2026-11-21")


def test_nobody_crosses_where_nothing_has_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "score fit", "\n\n# the company\nscore   fit")
    found = diff(capsys, *_DATA)
    assert found["changes"] == []
    assert found["moved"] == 0
    assert all(stage["entered"] == stage["left"] == [] for stage in found["stages"])


def test_a_longer_window_shows_who_enters_a_stage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "last 30 days", "last 10 days")
    found = diff(capsys, *_DATA)
    assert [item["details"] for item in found["changes"]] == [
        [{"what": "window", "before": "in the last 30 days", "after": "in the last 10 days"}]
    ]
    counts = {(stage["stage"], stage["status"]): (stage["before"], stage["after"]) for stage in found["stages"]}
    assert counts == {
        (None, "scored"): (0, 1),
        ("Warm", "scored"): (2, 2),
        ("Hot", "scored"): (1, 0),
        (None, "disqualified"): (0, 0),
        (None, "excluded"): (1, 1),
    }
    warm = next(stage for stage in found["stages"] if stage["stage"] == "Warm")
    assert warm["entered"] == [
        {
            "id": "a",
            "before": {"total": 20, "stage": "Hot", "status": "scored"},
            "after": {"total": 10, "stage": "Warm", "status": "scored"},
        }
    ]
    assert [crossing["id"] for crossing in warm["left"]] == ["b"]
    assert sum(bin_["before"] for bin_ in found["distribution"]) == 4
    assert sum(bin_["after"] for bin_ in found["distribution"]) == 4


def test_people_read_who_crosses_from_where_to_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "last 30 days", "last 10 days")
    assert run(["diff", "old.lead", "new.lead", *_DATA]) == 0
    shown = capsys.readouterr().out
    assert '~ rule "Visited"  (interest)  window in the last 30 days → in the last 10 days' in shown
    assert "1 from Hot to Warm\n      a  20 → 10\n" in shown
    assert "1 from Warm to no stage\n      b  10 → 5\n" in shown


def test_events_without_contacts_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "+10", "+11")
    assert run(["diff", "old.lead", "new.lead", "--events", "events.csv"]) == 2
    assert "--events goes with --contacts" in capsys.readouterr().err


def test_rules_with_an_error_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "staff >= 25", "staf >= 25")
    assert run(["diff", "old.lead", "new.lead"]) == 1
    assert "there is no field or define `staf`" in capsys.readouterr().err
