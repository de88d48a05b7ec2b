"""`leadline reach`: what would bring a lead into a stage, and what holds it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import leadline
from leadline.commands import run
from leadline_compiler.analysis import analyse
from leadline_compiler.analysis.solve.prover import Proved
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.ways import Start, find_ways

_RULES = """\
model "Reach"

contact
  id:      text
  staff:   number
  role:    one of "CEO", "Engineer", "Student"
  country: text

events
  visit with path: text
  demo

assume count of visit in the last 1 day <= 3

score fit at most 20
  +15  "Staff"    when staff >= 25
  +10  "Chief"    when role is "CEO"
  -5   "Far away" when country is "AQ"

score interest at most 40
  group "Site" at most 12
    +4  "Prices" for each visit where path is "/prices" in the last 30 days

  group "Sales"
    +35  "Demo" when has demo in the last 90 days

disqualify "Student" when role is "Student"

stage "Warm"    when total >= 12
stage "Hot"     when total >= 50
stage "Perfect" when total >= 61
stage "Never"   when staff > 10 and staff < 5
"""
_CONTACTS = """\
contacts:
  - id: anna
    staff: 40
    country: AQ
    events:
      - visit: {path: /prices}
        days ago: 40
  - id: bert
    role: Student
  - id: cora
    staff: 30
    role: CEO
    events:
      - demo:
        days ago: 3
  - id: dora
    staff: 3
    role: Engineer
    events:
      - demo:
        days ago: 100
  - id: many
    events:
      - {visit: {path: /a}, days ago: 0}
      - {visit: {path: /b}, days ago: 0}
      - {visit: {path: /c}, days ago: 0}
      - {visit: {path: /d}, days ago: 0}
"""
_DAY = ("--as-of", "2026-11-21")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "rules.lead").write_text(_RULES, encoding="utf-8")
    (tmp_path / "contacts.yaml").write_text(_CONTACTS, encoding="utf-8")
    return tmp_path


def of(id_: str) -> tuple[str, ...]:
    return ("--contacts", "contacts.yaml", "--id", id_)


def asked(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run(["reach", "rules.lead", *words, *_DAY, "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("from-nothing", ("Hot",), 0),
        ("a-lead", ("Hot", *of("anna")), 0),
        ("there-already", ("Hot", *of("cora")), 0),
        ("beyond", ("Warm", *of("cora")), 0),
        ("out-for-good", ("Hot", *of("bert")), 1),
        ("out-if-it-may-change", ("Hot", *of("bert"), "--change", "role"), 0),
        ("too-little-may-change", ("Hot", *of("dora"), "--hold", "country"), 1),
        ("blocked", ("Perfect",), 1),
        ("never", ("Never",), 1),
        ("as-nobody-is-assumed-to-be", ("Warm", *of("many")), 0),
    ],
)
def test_the_answer_reads_well(
    name: str, words: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    pytest.importorskip("ortools")
    assert run(["reach", "rules.lead", *words, *_DAY]) == code
    golden(f"reach/{name}.txt", capsys.readouterr().out)


@pytest.mark.usefixtures("no_solver")
@pytest.mark.parametrize("words", [("Hot",), ("Hot", *of("bert"))])
def test_without_the_solver_it_says_which_extra_to_install(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    assert run(["reach", "rules.lead", *words, *_DAY]) == 0
    shown = capsys.readouterr().out
    assert "pip install leadline[proofs]" in shown.replace("\n", " ")
    golden(f"reach/no-solver-{len(words)}.txt", shown)


@pytest.mark.usefixtures("no_solver")
def test_a_stage_that_the_bounds_alone_keep_out_of_reach_needs_no_solver(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "Perfect", code=1)["blocked"]["evidence"]["bound"]["most"] == 60
    assert asked(capsys, "Never", code=1)["blocked"]["name"] == "never-holds"


def test_every_way_can_be_scored_again(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    model = leadline.read_rules("rules.lead").model
    assert model is not None
    for words in (("Hot",), ("Warm", "--ways", "5"), ("Hot", *of("anna"))):
        found = asked(capsys, *words)
        assert found["verdict"] == "ways"
        for way in found["ways"]:
            assert leadline.score(model, way["contact"], found["as_of"]) == way["result"]
            assert way["result"]["stage"] == found["stage"]
            assert way["events"] == len(way["new"]["events"])
            assert way["facts"] == len(way["new"]["fields"])
        costs = [(way["events"], way["facts"]) for way in found["ways"]]
        assert costs == sorted(costs)
        assert (found["least"]["events"], found["least"]["facts"]) == costs[0]


def test_what_a_lead_has_stays_unless_it_may_change(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    out = asked(capsys, "Hot", *of("bert"), code=1)
    assert out["verdict"] == "none"
    assert out["holds_back"][0] == 'disqualify Student: role is "Student"'
    assert set(out["freed"]["new"]["fields"]) >= {"role"}
    changed = asked(capsys, "Hot", *of("bert"), "--change", "role")
    assert changed["verdict"] == "ways"


def test_a_missing_field_can_be_held(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    free = asked(capsys, "Warm")
    assert free["ways"][0]["new"] == {"fields": {"staff": 25}, "events": []}
    held = asked(capsys, "Warm", "--hold", "staff,role")
    assert held["ways"][0]["new"]["fields"] == {}
    assert [next(iter(event)) for event in held["ways"][0]["new"]["events"]] == ["demo"]


def test_new_events_can_be_kept_to_the_last_days(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    aged = _RULES.replace('stage "Warm"    when total >= 12', 'stage "Warm" when has demo more than 10 days ago')
    (folder / "rules.lead").write_text(aged, encoding="utf-8")
    assert asked(capsys, "Warm", "--hold", "staff,role")["verdict"] == "ways"
    assert asked(capsys, "Warm", "--hold", "staff,role", "--since", "2026-11-12", code=1)["verdict"] == "none"
    assert asked(capsys, "Warm", "--hold", "staff,role", "--since", "2026-11-11")["verdict"] == "ways"


def test_a_later_stage_does_too_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("ortools")
    words = ("Warm", "--hold", "role,country,id", *of("anna"))
    assert {way["result"]["stage"] for way in asked(capsys, *words)["ways"]} == {"Warm"}
    found = asked(capsys, *words, "--or-later", "--ways", "9")
    assert found["or_later"]
    assert {way["result"]["stage"] for way in found["ways"]} <= {"Warm", "Hot"}
    assert asked(capsys, "Warm", "--or-later", *of("cora"))["verdict"] == "beyond"
    assert asked(capsys, "Perfect", "--or-later", code=1)["blocked"] is not None


def test_what_blocks_a_stage_comes_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "Perfect", code=1)
    assert found["verdict"] == "none"
    assert found["ways"] == []
    assert found["blocked"]["name"] == "unreachable-stage"
    assert found["blocked"]["evidence"]["bound"]["most"] == 60


def test_a_stage_that_one_lead_is_shut_out_of_is_not_said_to_be_closed_to_all() -> None:
    pytest.importorskip("ortools")
    shut = _RULES.replace('disqualify "Student"', 'disqualify "Asked" when has demo\ndisqualify "Student"')
    model = leadline.check(shut).model
    assert model is not None
    analysis = analyse(model, 0, "short", exactly=True)
    start = Start(Contact("cora", {"staff": 30_000_000}, (Event("demo", 0, {}),)))
    found = find_ways(analysis, "Warm", start)
    assert (found.verdict, found.blocked) == ("none", None)
    assert not isinstance(analysis.prover.reach(lambda one: [one.stage("Warm")], lambda _: True), Proved)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Hott",), "STAGE: the rules have no stage Hott; did you mean Hot?"),
        (("X",), "STAGE: the rules have no stage X; there is Warm, Hot, Perfect, Never"),
        (("Hot", "--hold", "stafff"), "--hold: the rules have no field stafff; did you mean staff?"),
        (("Hot", "--change", "x"), "--change: the rules have no field x; there is id, staff, role, country"),
        (("Hot", "--id", "anna"), "--id goes with --contacts"),
        (("Hot", "--events", "e.csv"), "--events goes with --contacts"),
        (("Hot", "--contacts", "contacts.yaml"), "--contacts goes with --id"),
        (("Hot", *of("ana")), "--id: contacts.yaml has no contact ana; did you mean anna?"),
        (("Hot", "--since", "soon"), "'soon' is no date"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reach", "rules.lead", *words]) == 2
    assert told in capsys.readouterr().err


def test_the_facade_asks_the_same() -> None:
    pytest.importorskip("ortools")
    model = leadline.read_rules("rules.lead").model
    assert model is not None
    found = leadline.reach(model, "Hot", "2026-11-21", {"id": "7", "staff": 40, "events": []}, most=1)
    [way] = found.ways
    assert way.is_cheapest
    assert [event.type for event in way.events] == ["demo"]
    assert way.outcome.stage == "Hot"
    with pytest.raises(ValueError, match="did you mean Hot"):
        leadline.reach(model, "Hott", "2026-11-21")
