"""Keys that arrive together: none is lost, and none goes where the one before it still was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.session.opening import open_session
from stage import burst, play, rows_of
from stage.desk import RULES, play_desk, write_files
from stage.terminal import Terminal

_F2, _F3, _F9 = b"\x1bOQ", b"\x1bOR", b"\x1b[20~"
_DOWN = b"\x1b[B"


def text_after(folder: Path, *keys: str) -> str:
    """The text once keys have been pressed all at once."""

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await burst(pilot, *keys)
        assert app.screen is app.main

    return play_desk(folder, script, size=(120, 40)).session.text


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("ctrl+g", "'Visits", "enter", "'# "), RULES.replace("  +2", "#   +2")),
        (("ctrl+g", "'Boss", "enter", "end", "enter", "'# c"), RULES.replace('"CEO"\n  +2', '"CEO"\n  # c\n  +2')),
        (("ctrl+p", "'comment out", "enter", "'# "), f"# # {RULES}"),
        (("f1", "q", "'# "), f"# {RULES}"),
        (("'#", "ctrl+q", "c", "' ab"), f"# ab{RULES}"),
        (("f3", "slash", "'bob", "enter", "enter", "f2", "'#"), f"#{RULES}"),
        (("ctrl+f", "'staff", "ctrl+r", "'people", "ctrl+t", "escape", "home", "'#"), None),
        (("ctrl+t", "'job = Clerk", "enter", "escape", "f2", "'#"), f"#{RULES}"),
    ],
    ids=["go to", "go to and write", "palette", "help", "quit", "filter", "replace all", "what if"],
)
def test_keys_behind_a_dialog_or_a_field_go_where_they_would_have_gone_one_by_one(
    keys: tuple[str, ...], expected: str | None, tmp_path: Path
) -> None:
    written = text_after(tmp_path, *keys)
    if expected is None:
        expected = RULES.replace("staff", "people").replace("  people: number", "  #people: number")
    assert written == expected


def test_a_new_file_is_named_saved_and_written_on_in_one_burst(tmp_path: Path) -> None:
    app = LeadlineApp(open_session(None, None, None, None, 0))
    path = tmp_path / "new.lead"

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await burst(pilot, "ctrl+s", "end", "shift+home", f"'{path}", "enter", "'# ")

    play(app, script)
    assert app.session.text == f"# {path.read_text(encoding='utf-8')}"


def test_a_build_that_is_asked_for_before_its_dialog_is_ready_is_made_and_the_keys_after_it_wait(
    tmp_path: Path,
) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await burst(pilot, "f9", "down", "enter", "'# ")
        assert app.screen is app.main

    app = play_desk(tmp_path, script, size=(120, 40))
    assert (tmp_path / "desk.py").exists()
    assert app.session.text == f"# {RULES}"


def test_the_next_problem_is_that_of_the_text_as_it_was_typed(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await burst(pilot, "ctrl+g", "'Boss", "enter", "end", "enter", '\'+1 "New" when stuff > 3', "f8", "f7")
        assert "staff > 3" in "\n".join(rows_of(app))

    play_desk(tmp_path, script, size=(120, 40))


def test_keys_pressed_together_on_a_real_terminal_go_through_all_dialogs(tmp_path: Path) -> None:
    rules, contacts = write_files(tmp_path)
    with Terminal(["-m", "leadline", "edit", rules, "--contacts", contacts], size=(120, 40)) as terminal:
        # The first come before anything is on the screen.
        terminal.send(b"# a\r")
        terminal.read(until=b"Desk")
        terminal.send(b"\x07Boss\r# " + _F3 + b"/bob\r\r" + _F2 + b"\x10comment out\r\x13" + _F9 + _DOWN + b"\r# \x13")
        terminal.read(quiet=1.5)
        terminal.send(b"\x11")
        assert terminal.wait() == 0
    assert (tmp_path / "desk.py").exists()
    boss = '  +5 "Boss" when job is "CEO"'
    assert Path(rules).read_text(encoding="utf-8") == "# a\n" + RULES.replace(boss, f"# {boss}")
