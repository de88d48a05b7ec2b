"""Files that are not there, are folders, or hold no text: each is told with what helps."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  id: text
list friends from "friends.txt"
score fit
  +1 "Friend" when id is in friends
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.lead").write_text(_RULES, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("id\na\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", [["check"], ["fmt"], ["test"], ["compile", "--to", "json"]])
@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("shp.lead", "shp.lead does not exist; did you mean `shop.lead`?"),
        ("nothing-like-it.lead", "nothing-like-it.lead does not exist"),
        ("shop.lead/x", "shop.lead/x does not exist; `shop.lead` is a file, not a folder"),
        (".", ". is a folder, not a file; name a file in it, such as `shop.lead`"),
        ("torn.lead", "torn.lead is not UTF-8 text: line 2 has a byte that is none; save it as UTF-8"),
        ("", "the name of the rules file is empty"),
    ],
)
def test_rules_that_cannot_be_read_are_wrong_usage(
    command: list[str], rules: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "torn.lead").write_bytes(b'model "x"\n# caf\xe9\n')
    assert run([*command, rules]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"error: {said}\n"


def test_check_reads_the_other_files_when_some_are_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "gone.lead", "shop.lead", "lost.lead", "--only", "LL2", "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert "friends.txt" in shown.out
    assert shown.err == "error: gone.lead does not exist\nerror: lost.lead does not exist\n"


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ("contact.csv", "contact.csv: there is no such file (did you mean `contacts.csv`?)"),
        (".", ".: this is a folder, not a file (name a file in it, such as `contacts.csv`)"),
    ],
)
def test_data_that_cannot_be_read_is_wrong_usage(
    contacts: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "friends.txt").write_text("a\n", encoding="utf-8")
    assert run(["score", "shop.lead", "--contacts", contacts]) == 2
    assert capsys.readouterr().err == f"error: {said}\n"


def test_a_list_says_what_is_wrong_with_its_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said() -> str:
        assert run(["check", "shop.lead"]) == 1
        return capsys.readouterr().out

    assert "= help: the path counts from the folder of this file" in said()
    (folder / "friend.txt").write_text("a\n", encoding="utf-8")
    assert "= help: did you mean `friend.txt`?" in said()
    (folder / "friends.txt").write_bytes(b"caf\xe9\n")
    shown = said()
    assert "`friends.txt` is not UTF-8 text: line 1 has a byte that is none" in shown
    assert "= help: save it as UTF-8" in shown
    (folder / "friends.txt").unlink()
    (folder / "friends.txt").mkdir()
    shown = said()
    assert "`friends.txt` is a folder, not a file" in shown
    assert "counts from the folder" not in shown


@pytest.mark.parametrize("start", ["contacts:\n", "as of: 2026-11-21\ncontacts:\n", "# who\n---\ncontacts:\n", ""])
def test_yaml_may_come_from_standard_input(
    start: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "friends.txt").write_text("a\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{start}- id: a\n- id: b\n".encode())))
    assert run(["score", "shop.lead", "--contacts", "-", "--format", "csv"]) == 0
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == ["id", "a", "b"]


def test_headings_that_look_like_yaml_at_first_are_a_table(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "friends.txt").write_text("a\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"id,contacts,- x\na,1,2\n")))
    assert run(["score", "shop.lead", "--contacts", "-", "--format", "jsonl"]) == 0
    assert capsys.readouterr().out.startswith('{"id": "a"')
