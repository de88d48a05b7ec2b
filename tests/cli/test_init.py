"""`leadline init`: a first model from nothing, and from data of every sort."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

import leadline
from leadline.commands import run
from leadline.readers import read_contacts, read_samples
from leadline_grammars import language_words

_EXAMPLES = Path(__file__).parents[2] / "examples"


def _csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def _init(folder: Path, contacts: Path, events: Path | None = None) -> str:
    """Infers a model into a folder, and proves that it checks, tests and reads its data; answers the rules."""
    more = ["--events", str(events)] if events is not None else []
    assert run(["init", str(folder), "--from", str(contacts), *more]) == 0
    rules = folder / "rules.lead"
    assert run(["check", str(rules)]) == 0
    assert run(["test", str(rules)]) == 0
    text = rules.read_text(encoding="utf-8")
    assert leadline.format_rules(text).text == text
    model = leadline.read_rules(str(rules)).model
    assert model is not None
    with read_contacts(model.schema, str(contacts), str(events) if events else None, default_as_of=0) as stream:
        of_data = {contact.id: dict(contact.values) for contact in stream}
    samples = read_samples(model.schema, str(folder / "samples.yaml"), default_as_of=0)
    assert not samples.problems
    if not of_data:
        return text
    assert {sample.contact.id: dict(sample.contact.values) for sample in samples.samples} == {
        contact: of_data[contact] for contact in list(of_data)[:2]
    }
    return text


def test_the_starter_model_checks_and_its_samples_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "model"
    assert run(["init", str(folder)]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    said = shown.err
    rules = str(folder / "rules.lead")
    assert all(f"leadline {command} {rules}" in said for command in ("check", "test", "score"))
    assert run(["check", "--strict", rules]) == 0
    assert run(["test", rules]) == 0
    assert "9 expectations of 3 contacts hold" in capsys.readouterr().out
    text = Path(rules).read_text(encoding="utf-8")
    assert leadline.format_rules(text).text == text


@pytest.mark.parametrize("name", ["rules.lead", "samples.yaml"])
def test_existing_files_are_never_touched(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path)]) == 2
    assert f"{name} exists already, and nothing was written" in capsys.readouterr().err
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path / "taken")]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err


def test_data_that_is_not_there_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "new"), "--from", str(tmp_path / "none.csv")]) == 2
    assert "there is no such file" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_events_need_contacts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path), "--events", "events.csv"]) == 2
    assert "--events goes with --from" in capsys.readouterr().err


def test_the_schema_says_what_the_columns_hold(tmp_path: Path) -> None:
    headings = ["Record ID", "employees", "Job role", "decides", "signed_up", "interests", "zip", "note", "empty"]
    rows = [
        [f"r{n}", n * 10, ["CEO", "CMO"][n % 2], ["yes", "no"][n % 2], f"2026-01-0{n + 1}", "a;b", f"0{n}", f"n{n}", ""]
        for n in range(8)
    ]
    text = _init(tmp_path / "model", _csv(tmp_path / "leads.csv", headings, rows))
    declared = " ".join(text.split())
    for field in (
        'contact identified by record_id record_id: text from "Record ID"',
        "employees: number",
        'job_role: one of "CEO", "CMO" from "Job role"',
        "decides: yes/no",
        "signed_up: date",
        "interests: list of text",
        "zip: text",
        "note: text",
        "empty: text # empty in the data",
    ):
        assert field in declared


def test_events_are_declared_with_the_properties_that_they_fill(tmp_path: Path) -> None:
    contacts = _csv(tmp_path / "c.csv", ["id", "plan"], [["1", "a"], ["2", "b"]])
    rows = [
        ["1", "Page View", "2026-01-01T10:00", "/x", "30", ""],
        ["2", "Page View", "2026-01-02", "/y", "10", ""],
        ["2", "signup", "2026-01-03", "", "", "true"],
    ]
    events = _csv(tmp_path / "e.csv", ["contact", "event", "at", "Page Path", "seconds", "paid"], rows)
    text = _init(tmp_path / "model", contacts, events)
    assert 'page_view with page_path: text, seconds: number from "Page View"' in text
    assert "signup with paid: yes/no" in text


def test_events_inside_of_contacts_are_found(tmp_path: Path) -> None:
    path = tmp_path / "contacts.json"
    events = [{"event": "Email Opened", "at": "2026-01-02", "campaign": "x"}, {"call": {"minutes": 3}, "days ago": 2}]
    contacts = [{"id": 1, "tags": ["a"], "events": events}, {"id": 2, "tags": ["b", "c"], "odd": {"x": 1}}]
    path.write_text(json.dumps({"as of": "2026-01-05", "contacts": contacts}), encoding="utf-8")
    text = _init(tmp_path / "model", path)
    assert 'email_opened with campaign: text from "Email Opened"' in text
    assert "call with minutes: number" in text
    assert "tags: list of text" in text
    assert '# left out: "odd": it holds objects' in text


def test_events_that_no_reader_can_read_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contacts = _csv(tmp_path / "c.csv", ["id"], [["1"]])
    events = _csv(tmp_path / "e.csv", ["contact", "what"], [["1", "x"]])
    assert run(["init", str(tmp_path / "new"), "--from", str(contacts), "--events", str(events)]) == 2
    assert "events need the columns contact, event and at" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


_HOSTILE = [
    *("id", "new\nline", 'say "hi"', "back`quote", "🎉", "🎊", "back\\slash", "a\tb", "x\r\ny", "2nd visit", "total"),
    *("not", "day", "é", "e\u0301x", "Name!", "NAME", "name", "x" * 300, "‮rtl", "# hash", "a: b", "z\u200bw", "²"),
]


def test_hostile_headings_become_fields_that_find_their_column(tmp_path: Path) -> None:
    rows = [[f"i{n}", *(f"{n}-{k}" for k in range(1, len(_HOSTILE)))] for n in range(3)]
    text = _init(tmp_path / "model", _csv(tmp_path / "c.csv", _HOSTILE, rows))
    assert 'new_line: text from "new\\nline"' in " ".join(text.split())
    model = leadline.read_rules(str(tmp_path / "model" / "rules.lead")).model
    assert model is not None
    assert len(model.schema.fields) == len(_HOSTILE)


def test_hostile_events_and_properties_are_declared(tmp_path: Path) -> None:
    contacts = _csv(tmp_path / "c.csv", ["id"], [["1"], ["2"]])
    names = ["not", "stage", "Email Opened", "email_opened", "🎉", 'say "x"']
    properties = ["stage", "Page Path", "page_path", "back`quote", "🎉", "and", "at last"]
    rows = [["1", name, "2026-01-02", *(f"v{k}" for k in range(len(properties)))] for name in names]
    events = _csv(tmp_path / "e.csv", ["contact", "event", "at", *properties], rows)
    text = _init(tmp_path / "model", contacts, events)
    assert "`Page Path`: text" in text
    model = leadline.read_rules(str(tmp_path / "model" / "rules.lead")).model
    assert model is not None
    assert len(model.schema.events) == 5, "`Email Opened` and `email_opened` are one event"
    with read_contacts(model.schema, str(contacts), str(events), default_as_of=0) as stream:
        first = next(iter(stream))
    assert len(first.events) == len(names)
    assert all(len(event.values) == len(properties) for event in first.events)


@pytest.mark.parametrize("values", [("3", "4"), ("yes", "no"), ("red", "blue")], ids=["numbers", "flags", "choices"])
def test_words_of_the_language_may_be_headings(values: tuple[str, str], tmp_path: Path) -> None:
    words = sorted(language_words() - {"events"})
    rows = [[f"r{n}", *(values[(n + k) % 2] for k in range(len(words)))] for n in range(12)]
    _init(tmp_path / "model", _csv(tmp_path / "c.csv", ["record_id", *words], rows))


def test_columns_that_cannot_be_addressed_are_left_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _csv(tmp_path / "c.csv", ["id", "", "Name", "Name"], [["1", "x", "a", "b"], ["2", "y", "c", "d"]])
    text = _init(tmp_path / "model", data)
    said = capsys.readouterr().err
    for remark in ("column 2 has no heading", "2 columns have this heading"):
        assert remark in text
        assert remark in said


def test_300_columns_are_no_hardship(tmp_path: Path) -> None:
    rows = [[f"r{n}", *(n * k % 7 for k in range(300))] for n in range(20)]
    text = _init(tmp_path / "model", _csv(tmp_path / "c.csv", ["id", *(f"Col {k}" for k in range(300))], rows))
    assert text.count(" number from ") == 300


def test_data_without_an_identifier_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _csv(tmp_path / "c.csv", ["age", "job"], [[20 + n % 5, ["a", "b"][n % 2]] for n in range(20)])
    assert run(["init", str(tmp_path / "new"), "--from", str(data)]) == 0
    assert "no column tells the contacts apart" in capsys.readouterr().err
    assert run(["check", str(tmp_path / "new" / "rules.lead")]) == 0
    assert run(["test", str(tmp_path / "new" / "rules.lead")]) == 0


@pytest.mark.parametrize("headings", [["id", "plan"], ["plan"], ["id"], ["fit", "fit_points"], ["with"]])
def test_a_table_without_rows_gives_a_model_that_can_be_tested(
    headings: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = _csv(tmp_path / "c.csv", headings, [])
    assert run(["init", str(tmp_path / "new"), "--from", str(data)]) == 0
    assert f"{data} names columns and has no contacts" in capsys.readouterr().err
    rules, samples = tmp_path / "new" / "rules.lead", tmp_path / "new" / "samples.yaml"
    assert run(["check", str(rules)]) == 0
    assert run(["test", str(rules)]) == 0
    assert "this one is made up" in samples.read_text(encoding="utf-8")


def test_words_of_the_language_may_identify_contacts(tmp_path: Path) -> None:
    for word in ("with", "not", "stage"):
        text = _init(tmp_path / word, _csv(tmp_path / "c.csv", [word, "plan"], [["1", "a"], ["2", "a"]]))
        assert "contact identified by" in text


def test_a_better_named_column_that_cannot_identify_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["1", "a@x"], ["2", "b@x"], ["2", "c@x"]]
    _init(tmp_path / "model", _csv(tmp_path / "c.csv", ["Record ID", "Email"], rows))
    assert "note: not identified by Record ID: of its 3 values 1 repeats another" in capsys.readouterr().err


def test_contacts_may_come_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"id,employees\n1,5\n2,7\n3,9\n")))
    assert run(["init", str(tmp_path / "new"), "--from", "-"]) == 0
    assert "employees: number" in (tmp_path / "new" / "rules.lead").read_text(encoding="utf-8")
    assert run(["test", str(tmp_path / "new" / "rules.lead")]) == 0


_DATA = sorted({path.parent for path in _EXAMPLES.rglob("contacts.*")})


@pytest.mark.parametrize("folder", _DATA, ids=lambda path: path.name)
def test_the_data_of_every_example_gives_a_model_that_reads_it(folder: Path, tmp_path: Path) -> None:
    events = folder / "events.csv"
    _init(tmp_path / "model", next(folder.glob("contacts.*")), events if events.exists() else None)


@pytest.mark.parametrize(
    ("contacts", "events"),
    [
        ("id,country,age\na,DE,30\nb,FR,40\nc,DE,20\nd,DE,33\ne,FR,10\n", ""),
        ("id,name,email\na,Anna,a@b.de\nb,Bob,\n", ""),
        ("id,signup,active\na,2026-11-01,yes\nb,2026-10-01,no\n", ""),
        ("id,name\na,Anna\nb,Bob\n", "contact,event,at\na,visit,2026-11-01\nb,visit,2026-11-02\n"),
        ("id\na\nb\n", "contact,event,at\na,visit,2026-11-01\nb,call,2026-11-02\nb,mail,2026-11-02\n"),
    ],
)
def test_small_data_too_gives_three_rules(
    contacts: str, events: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "contacts.csv").write_text(contacts, encoding="utf-8")
    (tmp_path / "events.csv").write_text(events, encoding="utf-8")
    text = _init(tmp_path / "new", tmp_path / "contacts.csv", tmp_path / "events.csv" if events else None)
    assert len(re.findall(r'^  [+-]\d+ +"|^  points "', text, re.MULTILINE)) >= 3
    capsys.readouterr()
    assert run(["check", "--strict", str(tmp_path / "new" / "rules.lead")]) == 0
    shown = capsys.readouterr()
    assert "error" not in shown.err
    assert "warning" not in shown.err
