"""`leadline timeline`: the score over time, why it changes, and when the contact leaves its stage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leadline.commands import run

_RULES = """\
model "Shop", time zone "Asia/Tokyo"
contact
  staff: number
events
  visit with path: text
  demo
score fit
  +10 "Staff" when staff >= 25
score interest
  +5  "Prices" for each visit where path is "/prices" in the last 30 days, up to 20 points
  +16 "Demo" for each demo, halving every 10 days
  -4  "Quiet" when days since last any event >= 20
stage "Warm" when total >= 15
stage "Hot" when total >= 30
"""
_CONTACTS = """\
as of: 2026-11-21T12:00
contacts:
  - id: anna
    staff: 40
    events:
      - visit: {path: /prices}
        at: 2026-11-01T12:00
      - demo:
        at: 2026-11-15T12:00
  - id: bob
    staff: 3
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.lead").write_text(_RULES, encoding="utf-8")
    Path("contacts.yaml").write_text(_CONTACTS, encoding="utf-8")


def timeline(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    command = ["timeline", "shop.lead", "--contacts", "contacts.yaml", "--format", "json", *words]
    assert run(command) == 0
    return json.loads(capsys.readouterr().out)


def brief(change: Any) -> tuple[Any, ...]:
    return change["at"][:16], change["total"], change["stage"], *((why["kind"], why["name"]) for why in change["why"])


def test_every_change_is_told_with_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    found = timeline(capsys, "--id", "anna", "--to", "2026-12-31")
    assert [brief(change) for change in found["changes"]] == [
        ("2026-11-01T11:59", 10, None),
        ("2026-11-01T12:00", 15, "Warm", ("event", "Prices")),
        ("2026-11-15T12:00", 31, "Hot", ("event", "Demo")),
        ("2026-11-25T12:00", 23, "Warm", ("decay", "Demo")),
        ("2026-12-01T12:00", 18, "Warm", ("window", "Prices")),
        ("2026-12-05T12:00", 10, None, ("decay", "Demo"), ("days", "Quiet")),
        ("2026-12-15T12:00", 8, None, ("decay", "Demo")),
        ("2026-12-25T12:00", 7, None, ("decay", "Demo")),
    ]
    assert [change["is_ahead"] for change in found["changes"]] == [False] * 3 + [True] * 5
    window = found["changes"][4]["why"][0]
    assert window["said"] == "visit /prices of 1 Nov 12:00 is no longer in the last 30 days"
    assert (window["before"], window["after"], window["of"], window["line"]) == (5, 0, "rule", 10)
    assert found["changes"][5]["why"][1]["said"] == "days since last any event is 20"
    assert found["changes"][3]["why"][0]["said"] == "halving every 10 days, demo of 15 Nov 12:00"


def test_the_day_on_which_it_leaves_its_stage_is_told_however_short_the_time_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = timeline(capsys, "--id", "anna", "--from", "2026-11-20", "--to", "2026-11-22")
    assert found["from"] == "2026-11-20T23:59:59.999999+09:00"
    assert [change["total"] for change in found["changes"]] == [31]
    assert found["now"]["stage"] == "Hot"
    assert brief(found["leaves"]) == ("2026-11-25T12:00", 23, "Warm", ("decay", "Demo"))
    assert found["next"] == found["leaves"]


def test_stays_tell_when_each_stage_was_entered_and_left(capsys: pytest.CaptureFixture[str]) -> None:
    stays = timeline(capsys, "--id", "anna")["stays"]
    short = [(stay["stage"], *((stay[key] or "")[:10] for key in ("entered", "left"))) for stay in stays]
    assert short == [
        (None, "", "2026-11-01"),
        ("Warm", "2026-11-01", "2026-11-15"),
        ("Hot", "2026-11-15", "2026-11-25"),
        ("Warm", "2026-11-25", "2026-12-05"),
        (None, "2026-12-05", ""),
    ]


def test_people_read_first_what_comes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", "--id", "anna"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "anna is Hot with 31 points as of 21 Nov 2026 12:00."
    assert out[1] == (
        "If nothing happens it goes from Hot to Warm on 25 Nov 12:00, in 4 days: "
        "Demo 16 → 8, halving every 10 days, demo of 15 Nov 12:00."
    )
    assert any(row.startswith("  > 1 Dec 12:00") and "-5 Prices" in row for row in out)


def test_a_contact_whom_time_does_not_touch_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", "--id", "bob"]) == 0
    assert "If nothing happens nothing changes within two years." in capsys.readouterr().out
    found = timeline(capsys, "--id", "bob")
    assert (found["next"], found["leaves"], len(found["changes"])) == (None, None, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--id", "ana"], "has no contact ana; did you mean anna?"),
        (["--id", "anna", "--from", "soon"], "--from: 'soon' is no date"),
        (["--id", "anna", "--from", "2026-11-20", "--to", "2026-11-19"], "--to is before --from"),
    ],
)
def test_wrong_usage_is_one_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", *words]) == 2
    assert said in capsys.readouterr().err


def test_rules_with_errors_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("shop.lead").write_text(_RULES.replace("staff >= 25", "stuff >= 25"), encoding="utf-8")
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", "--id", "anna"]) == 1
    assert "stuff" in capsys.readouterr().err


def test_many_quiet_changes_are_summed_up_for_people_and_all_there_for_programs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rules = _RULES.replace("halving every 10 days", "fading to 0 over 100 days")
    Path("shop.lead").write_text(rules, encoding="utf-8")
    assert len(timeline(capsys, "--id", "anna")["changes"]) > 60
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", "--id", "anna"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) < 30
    assert any(row.strip() == "…" for row in out)
