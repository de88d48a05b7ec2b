"""Commands that are asked about one contact say what of the data could not be read for it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  id:    text
  staff: number
events
  visit with path: text
score fit
  +1 "Staff" when staff >= 1
  +1 "Visit" for each visit where path is "/a"
stage "Hot" when total >= 1
"""
_CONTACTS = "id,staff\na,many\nb,few\na,4\n,5\n"
_EVENTS = (
    "contact,event,at,path\n"
    "a,visit,yesterday,/a\n"
    "b,visit,tomorrow,/a\n"
    "q,visit,2026-10-01,/a\n"
    ",visit,2026-10-01,/a\n"
    "a,clik,2026-10-01,/a\n"
)
_COMMANDS = [
    ["explain", "rules.lead"],
    ["timeline", "rules.lead"],
    ["reach", "rules.lead", "Hot"],
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.lead").write_text(_RULES, encoding="utf-8")
    Path("contacts.csv").write_text(_CONTACTS, encoding="utf-8")
    Path("events.csv").write_text(_EVENTS, encoding="utf-8")


def _ask(command: list[str], id_: str, *words: str) -> int:
    data = ["--contacts", "contacts.csv", "--events", "events.csv", "--id", id_, "--as-of", "2026-11-21"]
    return run([*command, *data, "--format", "json", *words])


@pytest.mark.parametrize("command", _COMMANDS, ids=lambda words: words[0])
def test_what_could_not_be_read_of_the_contact_is_told_beside_the_answer(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ask(command, "a") == 0
    shown = capsys.readouterr()
    json.loads(shown.out)
    first, *lines = shown.err.splitlines()
    assert first == (
        "warning: 1 bad value (counted as missing) and 5 bad rows (left out); "
        "`leadline score … --bad-rows FILE` keeps all of them"
    )
    assert [line.split(": ")[0] for line in lines[:5]] == [
        "  events.csv:2 at",
        "  contacts.csv:2 staff",
        "  contacts.csv:4 id",
        "  events.csv:4 contact",
        "  events.csv:5 contact",
    ]
    assert lines[5:] == ["note: events that no line of the model declares: clik (1)"]


def test_what_could_not_be_read_of_other_contacts_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contacts.csv").write_text("id,staff\na,1\nb,few\n", encoding="utf-8")
    Path("events.csv").write_text("contact,event,at,path\nb,visit,tomorrow,/a\n", encoding="utf-8")
    assert _ask(_COMMANDS[0], "a") == 0
    assert capsys.readouterr().err == ""


def test_where_there_is_no_such_contact_the_rows_of_nobody_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert _ask(_COMMANDS[0], "zz") == 2
    told = capsys.readouterr().err
    assert "contacts.csv:5 id: the contact has no id\n" in told
    assert told.endswith("error: --id: contacts.csv has no contact zz; the first one is a\n")


def test_standard_input_is_called_so_where_it_has_no_such_contact(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,staff\na,1\n")))
    assert run(["explain", "rules.lead", "--contacts", "-", "--id", "zz"]) == 2
    assert "error: --id: standard input has no contact zz; the first one is a\n" in capsys.readouterr().err
