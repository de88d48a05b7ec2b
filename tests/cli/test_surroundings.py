"""The command line under pipes that close, signals, odd locales, colours and Windows line ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from leadline.commands import COMMANDS, run
from leadline.commands.talk import say

_RULES = """\
model "Shop"
contact
  id: text
score fit
  +1 "Named" when id is known
stage "Called" when total >= 1
"""
_SAMPLES = "as of: 2026-11-21\ncontacts:\n  - id: a\n    expect: {total: 1, stage: Called}\n"
_POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and descriptors as POSIX has them")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.lead").write_text(_RULES, encoding="utf-8")
    (tmp_path / "samples.yaml").write_text(_SAMPLES, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("id\na\n", encoding="utf-8")
    return tmp_path


def _start(words: Sequence[str], folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    roots = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(
        [sys.executable, "-m", "leadline", *words],
        cwd=folder,
        env={**os.environ, **roots, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _ran(words: Sequence[str], folder: Path, **environment: str) -> tuple[int, str, str]:
    process = _start(words, folder, **environment)
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode(), err.decode()


@_POSIX
@pytest.mark.parametrize("format_", ["table", "jsonl", "csv"])
def test_a_reader_that_has_seen_enough_is_no_fault(format_: str, folder: Path) -> None:
    ids = "".join(f"a-rather-long-identifier-{number}\n" for number in range(6000))
    (folder / "contacts.csv").write_text(f"id\n{ids}", encoding="utf-8")
    process = _start(["score", "shop.lead", "--contacts", "contacts.csv", "--format", format_], folder)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@_POSIX
@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("engine", ["python", "batch"])
def test_a_run_that_is_ended_leaves_no_half_file_and_says_so(engine: str, number: str, code: int, folder: Path) -> None:
    (folder / "contacts.csv").write_text("id\n" + "".join(f"{number}\n" for number in range(300_000)), encoding="utf-8")
    words = ["--contacts", "contacts.csv", "--output", "scores.csv", "--bad-rows", "bad.csv", "--engine", engine]
    # What is kept while it runs goes into the same folder.
    # Whoever runs these tests under nohup has shut it off for all that they start.
    shut_off = signal.signal(getattr(signal, number), signal.SIG_DFL)
    process = _start(["score", "shop.lead", *words], folder, TMPDIR=str(folder))
    signal.signal(getattr(signal, number), shut_off)
    deadline = time.monotonic() + 30
    awaited = "leadline-*" if engine == "batch" else ".scores.csv*"
    while not any(path.stat().st_size for path in folder.glob(awaited)) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(getattr(signal, number))
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert err.decode().strip() == "interrupted"
    assert sorted(path.name for path in folder.iterdir()) == ["contacts.csv", "samples.yaml", "shop.lead"]


@_POSIX
def test_what_nohup_has_shut_off_ends_no_run(folder: Path) -> None:
    (folder / "contacts.csv").write_text("id\n" + "".join(f"{number}\n" for number in range(60_000)), encoding="utf-8")
    words = [sys.executable, "-m", "leadline", "score", "shop.lead", "--contacts", "contacts.csv", "--output", "o.csv"]
    roots = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(["nohup", *words], env={**os.environ, "PYTHONPATH": roots}, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not any(folder.glob(".o.csv*")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=60) == 0
    assert (folder / "o.csv").exists()


_LOCALES: tuple[Mapping[str, str], ...] = (
    {"LC_ALL": "C", "PYTHONUTF8": "0"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"},
)


@_POSIX
@pytest.mark.parametrize("locale", _LOCALES, ids=["C", "ascii", "latin-1"])
def test_names_and_texts_of_any_script_go_through_any_locale(locale: Mapping[str, str], folder: Path) -> None:
    (folder / "会社.lead").write_text(_RULES.replace("Shop", "会社"), encoding="utf-8")
    (folder / "daten-ä.csv").write_text("id\nkäthe\n", encoding="utf-8")
    words = ["explain", "会社.lead", "--contacts", "daten-ä.csv", "--id"]
    code, out, _ = _ran([*words, "käthe"], folder, **locale)
    assert code == 0
    assert out.startswith("käthe is Called with 1 point.")
    code, _, err = _ran([*words, "jörg"], folder, **locale)
    assert (code, err) == (2, "error: --id: daten-ä.csv has no contact jörg; the first one is käthe\n")
    code, out, _ = _ran(["check", "会社.lead", "--contacts", "daten-ä.csv", "--format", "json"], folder, **locale)
    assert (code, json.loads(out)) == (0, [])
    assert _ran(["check", "无.lead"], folder, **locale) == (2, "", "error: 无.lead does not exist\n")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_a_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    examples = shown.out.partition("Example")[2].partition(":\n")[2].splitlines()
    assert examples
    assert all(line.startswith("  ") and len(line) <= 80 for line in examples)
    assert all("leadline" in line or line.startswith("    ") for line in examples)


def test_no_command_at_all_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(f"  {command} " in shown.err for command in COMMANDS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek", "shop.lead"], "there is no command `chek`; did you mean `check`?\n  leadline --help shows how"),
        (["score", "shop.lead"], "missing option '--contacts'\n  leadline score --help shows how"),
        (
            ["compile", "shop.lead"],
            "missing option '--to'. Choose from: json, python, javascript, sql, dbt\n  leadline comp",
        ),
        (["explain", "shop.lead", "--contacts", "contacts.csv", "--id", "b"], "--id: contacts.csv has no contact b; "),
        (["score", "-", "--contacts", "-"], "only one input can come from standard input"),
        (["explain", "shop.lead", "--contacts", "-", "--events", "-", "--id", "a"], "only one input can come from"),
        (["check", "-", "-"], "only one input can come from standard input"),
        (["diff", "-", "-"], "only one input can come from standard input"),
        (["test", "-", "-"], "only one input can come from standard input"),
        (["fmt", "-", "-"], "only one input can come from standard input"),
        (["check", "--explain", "sintax"], "--explain: there is no code 'sintax'; did you mean syntax?"),
    ],
)
def test_a_wrong_call_is_told_in_few_words(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"error: {said}")


@pytest.mark.parametrize(
    "words",
    [
        ["check", "shop.lead", "--format", "json"],
        ["test", "shop.lead", "--format", "json"],
        ["score", "shop.lead", "--contacts", "contacts.csv", "--format", "jsonl"],
        ["explain", "shop.lead", "--contacts", "contacts.csv", "--id", "a", "--format", "json"],
        ["compile", "shop.lead", "--to", "json"],
    ],
)
def test_faulty_rules_leave_standard_output_to_what_a_program_can_read(
    words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "shop.lead").write_text(_RULES.replace("when id", "when idd"), encoding="utf-8")
    assert run(words) == 1
    shown = capsys.readouterr()
    if words[0] == "check":
        assert [found["name"] for found in json.loads(shown.out)] == ["unknown-name"]
    else:
        assert shown.out == ""
        assert "unknown-name" in shown.err
    (folder / "shop.lead").unlink()
    assert run(words) == 2
    assert capsys.readouterr() == ("", "error: shop.lead does not exist\n")


def test_lines_may_end_as_on_windows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("shop.lead", "samples.yaml", "contacts.csv"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(["check", "--strict", "shop.lead"]) == 0
    assert run(["fmt", "--check", "shop.lead"]) == 1, "the score's and the contact's blocks lack their empty lines"
    assert run(["test", "shop.lead"]) == 0
    capsys.readouterr()
    assert run(["score", "shop.lead", "--contacts", "contacts.csv", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("a,Shop,")


@pytest.mark.parametrize(
    ("color", "no_color", "is_coloured"), [("always", "1", True), ("auto", "", False), ("never", "", False)]
)
def test_colours_are_where_they_were_asked_for(
    color: str, no_color: str, is_coloured: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    for words in (["test", "shop.lead"], ["explain", "shop.lead", "--contacts", "contacts.csv", "--id", "a"]):
        assert run([*words, "--color", color]) == 0
        assert ("\x1b[" in capsys.readouterr().out) == is_coloured


def test_talk_is_broken_at_words_on_a_terminal_and_whole_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "note: " + " ".join(f"`field_{number}`" for number in range(12))
    say(text)
    assert capsys.readouterr().err == f"{text}\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    say(f"{text}\n  a second line\x1b[31m")
    *lines, last = capsys.readouterr().err.splitlines()
    assert all(len(line) <= 40 for line in lines)
    assert all(line.startswith("  `") for line in lines[1:])
    assert " ".join(" ".join(lines).split()) == text
    assert last == "  a second line␛[31m"
