"""Several rules files over the same data: it is read once, and what is wrong with it is told once."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from leadline.commands import run

_FIRST = """\
model "First"
contact
  id:    text
  staff: number
events
  visit with path: text
score fit
  +1 "Staff" when staff >= 1
  +1 "Visit" for each visit where path is "/a"
"""
_SECOND = (
    _FIRST.replace('"First"', '"Second"')
    .replace("  staff: number\n", '  staff: number\n  role: one of "x", "y"\n')
    .replace("events\n", "events\n  page_view\n")
    .replace("score fit\n", 'score fit\n  +1 "Role" when role is "x"\n  +1 "Viewed" when has page_view\n')
)
_CONTACTS = "id,staff,role\na,many,x\nb,3,z\nb,4,y\n"
_EVENTS = (
    "contact,event,at,path\na,visit,2026-10-01,/a\na,page_view,2026-10-01,\na,clik,2026-10-01,\nq,visit,2026-10-01,/a\n"
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("first.lead").write_text(_FIRST, encoding="utf-8")
    Path("second.lead").write_text(_SECOND, encoding="utf-8")
    Path("contacts.csv").write_text(_CONTACTS, encoding="utf-8")
    Path("events.csv").write_text(_EVENTS, encoding="utf-8")


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    assert run(words) == code
    shown = capsys.readouterr()
    return shown.out, shown.err


def _type(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


_COMMANDS = [
    ["score", "first.lead", "second.lead", "--format", "jsonl", "--as-of", "2026-11-21"],
    ["score", "first.lead", "second.lead", "--format", "jsonl", "--as-of", "2026-11-21", "--engine", "batch"],
    ["check", "first.lead", "second.lead", "--only", "LL5"],
    ["diff", "first.lead", "second.lead", "--as-of", "2026-11-21"],
]


@pytest.mark.parametrize("command", _COMMANDS, ids=lambda words: f"{words[0]}-{words[-1]}")
@pytest.mark.parametrize("piped", ["contacts", "events"])
def test_every_model_reads_what_stands_in_standard_input(
    command: list[str], piped: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = {"contacts": "contacts.csv", "events": "events.csv"}
    of_files = _said(capsys, *command, *(word for name, path in paths.items() for word in (f"--{name}", path)))
    _type(monkeypatch, {"contacts": _CONTACTS, "events": _EVENTS}[piped])
    path, paths[piped] = paths[piped], "-"
    of_stdin = _said(capsys, *command, *(word for name, path in paths.items() for word in (f"--{name}", path)))
    assert of_stdin == tuple(text.replace(path, "standard input") for text in of_files)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_every_model_reads_what_comes_through_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe")
    threading.Thread(target=Path("pipe").write_text, args=(_CONTACTS,), daemon=True).start()
    out, _ = _said(capsys, "score", "first.lead", "second.lead", "--contacts", "pipe", "--format", "jsonl")
    assert [json.loads(line)["model"] for line in out.splitlines()] == ["First"] * 2 + ["Second"] * 2


@pytest.mark.parametrize("engine", ["python", "batch"])
def test_a_bad_row_is_kept_once_however_many_models_meet_it(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--contacts", "contacts.csv", "--events", "events.csv", "--bad-rows", "bad.jsonl", "--engine", engine]
    _said(capsys, "score", "first.lead", "second.lead", *words)
    kept = [json.loads(line) for line in Path("bad.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["file"], row["line"], row["column"]) for row in kept] == [
        ("events.csv", 5, "contact"),
        ("contacts.csv", 2, "staff"),
        ("contacts.csv", 4, "id"),
        ("contacts.csv", 3, "role"),
    ]


def test_bad_values_that_are_alike_in_one_model_are_all_kept(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("first.lead", "second.lead"):
        rules = Path(name).read_text(encoding="utf-8").replace("path: text", "path: number").replace('"/a"', "1")
        Path(name).write_text(rules, encoding="utf-8")
    event = '{"event": "visit", "at": "2026-10-01", "path": "x"}'
    Path("contacts.jsonl").write_text(f'{{"id": "a", "events": [{event}, {event}]}}\n', encoding="utf-8")
    words = ["--contacts", "contacts.jsonl", "--bad-rows", "bad.jsonl"]
    _said(capsys, "score", "first.lead", "second.lead", *words)
    assert Path("bad.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_what_only_one_model_finds_bad_is_told_of_that_model(capsys: pytest.CaptureFixture[str]) -> None:
    _, told = _said(capsys, "score", "first.lead", "second.lead", "--contacts", "contacts.csv")
    first, *lines = told.splitlines()
    assert first.startswith("warning: for first.lead: 1 bad value (counted as missing) and 1 bad row (left out); ")
    assert [line.split(": ")[0] for line in lines if line.startswith("  ")] == [
        "  contacts.csv:2 staff",
        "  contacts.csv:4 id",
        "  contacts.csv:3 role",
    ]
    assert "warning: for second.lead: 2 bad values" in told


def test_what_all_models_find_bad_is_told_once_without_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contacts.csv").write_text("id,staff,role\na,many,x\n", encoding="utf-8")
    _, told = _said(capsys, "score", "first.lead", "second.lead", "--contacts", "contacts.csv")
    assert told.startswith("warning: 1 bad value (counted as missing); --bad-rows FILE keeps all of them\n")
    assert told.count("warning: ") == told.count("many") == 1


def test_diff_tells_what_the_old_rules_alone_could_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    _, told = _said(capsys, "diff", "second.lead", "first.lead", "--contacts", "contacts.csv")
    assert "warning: for second.lead: 2 bad values" in told
    assert 'contacts.csv:3 role: "z" is not one of "x", "y"' in told


def test_diff_names_no_option_that_it_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    _, told = _said(capsys, "diff", "first.lead", "second.lead", "--contacts", "contacts.csv")
    assert "; `leadline score … --bad-rows FILE` keeps all of them\n" in told


def test_an_event_that_another_model_of_the_run_declares_is_no_slip_of_the_pen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--contacts", "contacts.csv", "--events", "events.csv"]
    _, told = _said(capsys, "score", "first.lead", "second.lead", *words)
    assert "note: events that no line of the model declares: clik (1)\n" in told
    assert "page_view" not in told


@pytest.mark.parametrize("command", ["score", "check", "diff"])
def test_a_column_that_one_model_needs_is_told_with_that_model(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = _SECOND.replace("contact\n", "contact identified by mail\n  mail: text\n")
    Path("second.lead").write_text(rules, encoding="utf-8")
    _, told = _said(capsys, command, "first.lead", "second.lead", "--contacts", "contacts.csv", code=2)
    assert told.startswith('error: contacts.csv: for second.lead: no column "mail", which identifies the contacts')


def test_a_column_that_one_model_asks_for_is_told_with_that_model(capsys: pytest.CaptureFixture[str]) -> None:
    Path("contacts.csv").write_text("id,staff\na,1\n", encoding="utf-8")
    _, told = _said(capsys, "score", "first.lead", "second.lead", "--contacts", "contacts.csv")
    assert told == "note: for second.lead: contacts.csv has no column for `role`\n"
