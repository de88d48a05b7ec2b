"""The editor on a real terminal: how it starts, how it ends, and what it leaves behind."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leadline_tui.session import recovery
from leadline_tui.session.memory import remember_theme
from stage.desk import RULES, write_files
from stage.terminal import Terminal

_EDIT = ("-m", "leadline", "edit")
_RESTORED = b"\x1b[?1049l"


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_keeps_the_text_and_restores_the_screen(name: str, code: int, tmp_path: Path) -> None:
    rules, contacts = write_files(tmp_path)
    with Terminal([*_EDIT, rules, "--contacts", contacts]) as terminal:
        terminal.read(until=b"Desk")
        terminal.send(b"xyz")
        terminal.read()
        terminal.signal(signal.Signals[name])
        assert _RESTORED in terminal.read(until=_RESTORED)
        assert terminal.wait() == code
    kept = recovery.find(rules)
    assert kept is not None
    assert kept.text == f"xyz{RULES}"
    assert Path(rules).read_text(encoding="utf-8") == RULES


def test_a_terminal_that_goes_away_loses_nothing(tmp_path: Path) -> None:
    rules, _ = write_files(tmp_path)
    with Terminal([*_EDIT, rules]) as terminal:
        terminal.read(until=b"Desk")
        terminal.send(b"xyz")
        terminal.read()
        terminal.hang_up()
        terminal.process.wait(timeout=60)
    kept = recovery.find(rules)
    assert kept is not None
    assert kept.text == f"xyz{RULES}"


def test_a_fault_of_the_editor_tells_nothing_of_the_data_and_keeps_the_text(tmp_path: Path) -> None:
    rules, contacts = write_files(tmp_path, contacts=[{"id": "secret@person.example", "staff": 3}])
    code = (
        "import sys\n"
        "from leadline_tui.screens import main\n"
        "def fail(self):\n"
        "    someone = self.session.scored.contacts.typed\n"
        "    raise KeyError(someone[0].id)\n"
        "main.MainScreen.action_find = fail\n"
        "from leadline_tui.run import Options, run\n"
        f"sys.exit(run(Options({rules!r}, {contacts!r})))\n"
    )
    with Terminal(["-c", code]) as terminal:
        terminal.read(until=b"secret@person.example")
        terminal.send(b"xyz")
        terminal.read()
        terminal.send(b"\x06")
        told = terminal.read(until=_RESTORED).split(_RESTORED)[-1]
        assert terminal.wait() == 1
    assert b"KeyError" in told
    assert b"fault of leadline" in told
    assert b"secret@person.example" not in told
    kept = recovery.find(rules)
    assert kept is not None
    assert kept.text == f"xyz{RULES}"


def test_a_terminal_that_cannot_show_it_is_told_of_the_command_line(tmp_path: Path) -> None:
    rules, _ = write_files(tmp_path)
    with Terminal([*_EDIT, rules], TERM="dumb") as terminal:
        told = terminal.read(until=b"TERM=dumb")
        assert terminal.wait() == 2
    assert b"leadline check" in told
    assert b"\x1b[" not in told


def test_without_a_terminal_it_is_not_started(tmp_path: Path) -> None:
    rules, _ = write_files(tmp_path)
    ran = subprocess.run([sys.executable, *_EDIT, rules], capture_output=True, text=True, check=False, input="")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "needs a terminal" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "r.lead").write_bytes(b"\xff\xff\xff")
    with Terminal([*_EDIT, str(tmp_path / "r.lead")]) as terminal:
        told = terminal.read(until=b"is not UTF-8 text")
        assert terminal.wait() == 2
    assert b"Traceback" not in told


@pytest.mark.parametrize("environment", [{"TERM": "xterm"}, {"TERM": "linux"}, {"NO_COLOR": "1"}])
def test_findings_are_told_by_shape_where_there_are_few_colours_or_none(
    environment: dict[str, str], tmp_path: Path
) -> None:
    rules, _ = write_files(tmp_path, RULES.replace("staff >=", "stuff >="))
    with Terminal([*_EDIT, rules], (80, 24), **environment) as terminal:
        painted = terminal.read(until="●".encode())
        terminal.send(b"\x11")
        assert terminal.wait() == 0
    assert b"38;2;" not in painted


def test_nothing_of_a_contact_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    rules, contacts = write_files(tmp_path, contacts=[{"id": "x\x1b]52;c;ZXZpbA==\x07y\x9b31mz", "staff": 12}])
    with Terminal([*_EDIT, rules, "--contacts", contacts], size=(140, 44)) as terminal:
        painted = terminal.read(until=b"Effect")
        painted += terminal.read(quiet=2.0)
        for key in (b"\x1bOR", b"\r", b"\x1bOS", b"\x1b[15~"):
            terminal.send(key)
            painted += terminal.read()
        terminal.send(b"\x11")
        terminal.wait()
    assert b"52;c;ZXZpbA" in painted, "the id itself is shown"
    assert b"\x1b]52;c;ZXZpbA" not in painted
    assert "\x9b".encode() not in painted


def test_keys_for_the_whole_screen_keep_their_order_too(tmp_path: Path) -> None:
    rules, _ = write_files(tmp_path)
    with Terminal([*_EDIT, rules]) as terminal:
        terminal.read(until=b"Desk")
        terminal.send(b"ab\x13cd")
        terminal.read()
        assert Path(rules).read_text(encoding="utf-8") == f"ab{RULES}"
        terminal.send(b"\x11")
        terminal.read(until=b"Discard")
        terminal.send(b"d")
        terminal.wait()


def test_quitting_right_after_typing_still_asks(tmp_path: Path) -> None:
    rules, _ = write_files(tmp_path)
    with Terminal([*_EDIT, rules]) as terminal:
        terminal.read(until=b"Desk")
        terminal.send(b"ab\x11")
        terminal.read(until=b"Discard")
        terminal.send(b"s")
        assert terminal.wait() == 0
    assert Path(rules).read_text(encoding="utf-8") == f"ab{RULES}"


@pytest.mark.parametrize("theme", ["leadline-dark", "leadline-light"])
def test_the_language_has_colours_where_there_are_sixteen(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    remember_theme(theme)
    rules, _ = write_files(tmp_path)
    with Terminal([*_EDIT, rules], TERM="xterm") as terminal:
        written = terminal.read(until=b"Desk")
        terminal.send(b"\x11")
        terminal.wait()
    looks = {text: style for style, text in re.findall(rb"\x1b\[([\d;]*)m([^\x1b]+)", written)}
    colours = {
        re.sub(rb";?4\d|;?10\d", b"", looks[text]) for text in (b"contact", b'"Desk"', b"text", b"+10", b"staff")
    }
    assert len(colours) == 5, looks


def test_contacts_that_are_not_there_are_told_before_the_screen_is_taken(tmp_path: Path) -> None:
    rules, _ = write_files(tmp_path)
    with Terminal([*_EDIT, rules, "--contacts", "nowhere.csv"]) as terminal:
        shown = terminal.read(until=b"no such file")
        assert terminal.wait() == 2
    assert b"nowhere.csv: there is no such file" in shown
    assert b"\x1b[?1049h" not in shown


def test_the_editor_does_not_read_standard_input() -> None:
    done = subprocess.run([sys.executable, *_EDIT, "-"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "the editor needs the name of a file" in done.stderr
