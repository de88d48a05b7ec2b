"""`leadline diff`: what has changed, and for whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import leadline
from leadline.commands import run

Golden: TypeAlias = Callable[[str, str], None]

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


def test_the_instant_is_told_where_there_are_no_contacts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "last 30 days", "last 10 days")
    (folder / "none.jsonl").touch()
    words = ("--contacts", "none.jsonl", "--as-of", "2026-11-21")
    assert diff(capsys, *words)["as_of"] == "2026-11-21T23:59:59.999999+00:00"
    assert run(["diff", "old.lead", "new.lead", *words]) == 0
    assert "than before (as of 21 Nov 2026, end of the day, UTC)" in capsys.readouterr().out


def test_people_read_who_crosses_from_where_to_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "last 30 days", "last 10 days")
    assert run(["diff", "old.lead", "new.lead", *_DATA]) == 0
    shown = capsys.readouterr().out
    assert '~ rule "Visited"  (interest)  window in the last 30 days → in the last 10 days' in shown
    assert "1 from Hot to Warm\n      a  20 → 10\n" in shown
    assert "1 from Warm to no stage\n      b  10 → 5\n" in shown


def test_without_contacts_the_smallest_contact_that_is_scored_differently_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("ortools")
    change(folder, "staff >= 25", "staff >= 20")
    proof = diff(capsys, "--as-of", "2026-11-21")["proof"]
    assert proof["alike"] is False
    shown = proof["difference"]
    assert (shown["events"], shown["facts"], shown["is_smallest"]) == (0, 1, True)
    assert 20 <= shown["contact"]["staff"] < 25
    for name in ("old", "new"):
        model = leadline.read_rules(f"{name}.lead").model
        assert model is not None
        assert leadline.score(model, shown["contact"], "2026-11-21") == shown[name]
    assert (shown["old"]["total"], shown["new"]["total"]) == (0, 10)
    assert proof["stages"] == [{"stage": name, "old": "yes", "new": "yes"} for name in ("Warm", "Hot")]
    limits = {"least": 0, "most": 30, "least_is_exact": True, "most_is_exact": True}
    assert proof["totals"] == {"old": limits, "new": limits}


def test_rules_in_other_words_are_proved_to_score_alike(
    folder: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    pytest.importorskip("ortools")
    change(folder, "when staff >= 25", "when staff > 10 and not staff < 25")
    assert diff(capsys)["proof"]["alike"] is True
    assert run(["diff", "old.lead", "new.lead", "--as-of", "2026-11-21"]) == 0
    golden("diff/alike.txt", capsys.readouterr().out)


def test_people_read_both_results_and_how_far_totals_and_stages_go(
    folder: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    pytest.importorskip("ortools")
    change(folder, "up to 20 points", "up to 5 points")
    assert run(["diff", "old.lead", "new.lead", "--as-of", "2026-11-21"]) == 0
    golden("diff/differ.txt", capsys.readouterr().out)


def test_a_stage_that_nobody_reaches_any_more_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "total >= 20", "total >= 31")
    stages = diff(capsys)["proof"]["stages"]
    assert {stage["stage"]: (stage["old"], stage["new"]) for stage in stages}["Hot"] == ("yes", "no")


def test_fields_and_events_of_one_side_alone_are_told_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    more = _RULES.replace("  staff: number", "  staff: number\n  boss: yes/no").replace("  visit", "  visit\n  call")
    new = more.replace("score interest", '  +1 "Boss" when boss and has call\nscore interest')
    (folder / "new.lead").write_text(new, encoding="utf-8")
    shown = diff(capsys)["proof"]["difference"]
    assert shown["contact"]["boss"] is True
    assert [next(iter(event)) for event in shown["contact"]["events"]] == ["call"]
    assert run(["diff", "new.lead", "old.lead"]) == 0
    assert "boss yes; call, today" in capsys.readouterr().out


@pytest.mark.usefixtures("no_solver")
def test_without_the_solver_a_contact_may_be_found_and_nothing_is_proved(
    folder: Path, capsys: pytest.CaptureFixture[str], golden: Golden
) -> None:
    change(folder, "staff >= 25", "staff >= 20")
    assert run(["diff", "old.lead", "new.lead", "--as-of", "2026-11-21"]) == 0
    golden("diff/no-solver.txt", capsys.readouterr().out)
    change(folder, "when staff >= 25", "when staff > 10 and not staff < 25")
    assert diff(capsys)["proof"]["alike"] is None
    assert run(["diff", "old.lead", "new.lead", "--as-of", "2026-11-21"]) == 0
    golden("diff/no-solver-undecided.txt", capsys.readouterr().out)


def test_models_that_read_other_data_are_not_laid_side_by_side(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, "  staff: number", '  staff: number from "Staff"')
    proof = diff(capsys)["proof"]
    assert proof["alike"] is None
    assert proof["why"].startswith("the field staff is read from elsewhere, or under another name")


def test_assumptions_that_exclude_each_other_prove_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    old = _RULES.replace("score fit", "assume staff > 10\nscore fit")
    new = _RULES.replace("score fit", "assume staff < 5\nscore fit").replace("+10", "+11")
    (folder / "old.lead").write_text(old, encoding="utf-8")
    (folder / "new.lead").write_text(new, encoding="utf-8")
    proof = diff(capsys)["proof"]
    assert (proof["alike"], proof["why"]) == (None, "no contact is as both models assume")


def test_events_without_contacts_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "+10", "+11")
    assert run(["diff", "old.lead", "new.lead", "--events", "events.csv"]) == 2
    assert "--events goes with --contacts" in capsys.readouterr().err


def test_rules_with_an_error_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, "staff >= 25", "staf >= 25")
    assert run(["diff", "old.lead", "new.lead"]) == 1
    assert "there is no field or define `staf`" in capsys.readouterr().err
