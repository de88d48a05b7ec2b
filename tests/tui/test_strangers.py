"""Text that others wrote, in rules and in data: it is shown as what it is, and steers nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from stage import rows_of, settle, type_text
from stage.desk import CONTACTS, RULES, play_desk, write_files
from stage.terminal import Terminal

_COMMANDS = "\x1b]52;c;ZXZpbA==\x07 \x9b31m"
_MARKUP = "[red]x[/] [/x] [@click=app.quit]go[/]"
_F2, _F3, _F4, _F5, _F9 = b"\x1bOQ", b"\x1bOR", b"\x1bOS", b"\x1b[15~", b"\x1b[20~"
_DOWN, _RIGHT, _ESCAPE = b"\x1b[B", b"\x1b[C", b"\x1b"


def test_no_part_of_the_screen_hands_a_command_on_to_the_terminal(tmp_path: Path) -> None:
    rules, contacts = write_files(
        tmp_path,
        RULES.replace('job: one of "CEO", "Clerk"', "job: text")
        .replace('"Boss"', f'"Boss {_COMMANDS}"')
        .replace('stage "MQL"', f'# {_COMMANDS}\nstage "MQL {_COMMANDS}"'),
        [
            {
                "id": f"a{_COMMANDS}",
                "staff": 12,
                "job": f"x{_COMMANDS}",
                "events": [{"event": "visit", "at": "2026-11-20", "path": f"/p{_COMMANDS}"}],
            }
        ],
    )
    reading = [
        b"\x07Boss\r",
        b"\x1b[1;2F\x06",
        b"\r",
        _ESCAPE,
        _F3,
        b"\r",
        _F4,
        _DOWN + _RIGHT + _DOWN,
        _F4,
        _DOWN,
        _F5,
    ]
    supposing = [_F4, b"\x14job", b"\t", b" = ", b"\t", b"\r", _ESCAPE, b"\x10keep the\r", b"\r"]
    choosing = [_F9, _ESCAPE, b"\x10boss", _ESCAPE, b"\x07boss", _ESCAPE]
    writing = [_F2, b'\x1b[1;5F\r+1 "N" when job is "x', _DOWN + b"\t"]
    with Terminal(["-m", "leadline", "edit", rules, "--contacts", contacts], size=(140, 44)) as terminal:
        painted = terminal.read(until=b"Effect", quiet=1.0)
        for step in (*reading, *supposing, *choosing, *writing):
            terminal.send(step)
            painted += terminal.read()
        assert terminal.process.poll() is None
    assert b"52;c;ZXZpbA" in painted, "the text itself is shown"
    assert b"\x1b]52;c;ZXZpbA" not in painted
    assert "\x9b".encode() not in painted


def test_nothing_is_read_as_markup(tmp_path: Path) -> None:
    rules = RULES.replace('"Boss"', f'"{_MARKUP}"').replace('job: one of "CEO", "Clerk"', "job: text")
    seen: list[str] = []

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        for keys in (("ctrl+g",), ("escape", "ctrl+p"), ("escape", "f3", "enter"), ("f4", "down", "right", "f9")):
            await pilot.press(*keys)
            await settle(pilot)
            if keys[-1] == "ctrl+p":
                await type_text(pilot, "rule")
                await settle(pilot)
            seen.append("\n".join(rows_of(app)))
        assert app.is_running

    contacts = [{"id": _MARKUP, "staff": 12, "job": "CEO"}]
    play_desk(tmp_path, script, size=(200, 50), rules=rules, contacts=contacts)
    assert all(_MARKUP in screen for screen in seen)


def test_wide_names_leave_the_columns_where_they_are(tmp_path: Path) -> None:
    names = ["ann", "山田 太郎", "김철수", "👩‍👩‍👧 family", "e\u0301te\u0301", "x" * 60]

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3")
        await settle(pilot)
        rows = rows_of(app)[3 : 3 + len(names)]
        ends = {cell_len(row[: row.index(" 10 ") + 3]) for row in rows}
        assert len(ends) == 1, rows

    contacts = [{**CONTACTS[1], "id": name, "events": []} for name in names]
    play_desk(tmp_path, script, contacts=contacts)
