"""`leadline timeline`: the score over time, why it changes, and when the contact leaves its stage."""

from __future__ import annotations

import json
import re
from itertools import pairwise
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
    totals = [change["total"] for change in timeline(capsys, "--id", "anna")["changes"]]
    quiet = [re.fullmatch(r"    … (\d+) more, (-?[\d.]+) in all", row) for row in out]
    found = [(int(row[1]), float(row[2])) for row in quiet if row]
    assert found
    assert len(totals) == sum(count for count, _ in found) + len(out) - 3 - len(found)
    shown = [float(row[1]) for row in (re.match(r"  [ >] .*? +([\d.]+) █*  ", line) for line in out[3:]) if row]
    told = sum(float(sign) for row in out[3:] for sign in re.findall(r"(?:  |, )([+-][\d.]+) ", row))
    assert (shown[0], shown[-1]) == (totals[0], totals[-1])
    assert told == pytest.approx(totals[-1] - totals[0])


_ADDING = """\
model "Adding"
contact
  staff: number
events
  web
score act, losing 50% of what is left every 10 days without web
  +10 "W" for each web in the last 90 days
score fit at most 8
  +5 "Seen" for each web
total = act + 0.5 * fit
stage "Warm" when total >= 20
stage "Hot" when total >= 22
"""
_TWO = """\
as of: 2026-11-05T12:00
contacts:
  - id: eva
    events:
      - web:
        at: 2026-10-01T12:00
      - web:
        at: 2026-11-01T12:00
"""


@pytest.fixture
def _adding() -> None:
    Path("shop.lead").write_text(_ADDING, encoding="utf-8")
    Path("contacts.yaml").write_text(_TWO, encoding="utf-8")


@pytest.mark.usefixtures("_adding")
def test_what_decay_caps_and_weights_do_to_a_change_is_told_so_that_it_adds_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = timeline(capsys, "--id", "eva", "--to", "2027-01-31")
    second = next(change for change in found["changes"] if change["at"].startswith("2026-11-01"))
    told = [(why["term"], why["before"], why["after"], why["points"]) for why in second["why"]]
    assert told == [
        ("W", 10, 20, 10),
        ("Seen", 5, 10, 5),
        ("decay of act", 1.25, 20, 8.75),
        ("cap of fit", 5, 8, -2),
        ("weight of fit", 2.5, 4, -1.5),
    ]
    assert [why["said"] for why in second["why"][-2:]] == ["at most 8: 10 became 8", "0.5 × fit 8 is 4"]
    totals = [change["total"] for change in found["changes"]]
    for before, after, change in zip(totals, totals[1:], found["changes"][1:], strict=False):
        assert sum(why["points"] for why in change["why"]) == pytest.approx(after - before)


@pytest.mark.usefixtures("_adding")
@pytest.mark.parametrize("width", [50, 80, 100, 130, 200])
def test_the_signed_points_of_a_line_add_up_however_narrow_it_is(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", "--id", "eva", "--to", "2027-01-31"]) == 0
    rows = capsys.readouterr().out.splitlines()[3:]
    totals: list[float] = []
    told: list[float] = []
    for row in rows:
        when = re.match(r"  [ >] \d+ \w+ (?:\d{4} )?(?:\d\d:\d\d|or before) +([-\d.]+) ", row)
        totals += [float(when[1])] if when else []
        told += [] if (when is None and told) else [0]
        told[-1] += sum(float(sign) for sign in re.findall(r"(?:  |, )([+-][\d.]+) ", row))
    assert len(totals) > 5
    assert told[1:] == pytest.approx([after - before for before, after in pairwise(totals)])


@pytest.mark.usefixtures("_adding")
def test_the_headline_adds_up_where_a_rule_and_decay_change_together(capsys: pytest.CaptureFixture[str]) -> None:
    rules = _ADDING.replace("90 days", "3 days").replace("of what is left every 10", "of what is left every 1")
    Path("shop.lead").write_text(rules.replace('Warm" when total >= 20', 'Warm" when total >= 5'), encoding="utf-8")
    Path("contacts.yaml").write_text(_TWO.replace("11-05", "11-02"), encoding="utf-8")
    assert run(["timeline", "shop.lead", "--contacts", "contacts.yaml", "--id", "eva"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1] == (
        "If nothing happens it goes from Warm to no stage on 4 Nov 12:00, in 2 days: -10 W, web of 1 Nov 12:00 is no "
        "longer in the last 3 days; +7.5 decay of act; total 6.5 → 4."
    )
