"""Whole screens, as they are read: each is what its file in tests/golden/screens holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.session.opening import open_session
from stage import play, rows_of, settle, type_text
from stage.desk import write_files

_SAMPLES = "as of: 2026-11-21\ncontacts:\n  - {id: x, staff: 12, job: CEO, expect: {total: 15, stage: MQL}}\n"


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: what is done before it is looked at. Keys are pressed; what begins with a quote is typed."""

    name: str
    keys: Sequence[str] = ()
    size: tuple[int, int] = (80, 24)
    is_example: bool = False


SHOTS = (
    Shot("example", is_example=True),
    Shot("example-problem", ("f8",), is_example=True),
    Shot("medium", size=(120, 40)),
    Shot("large", size=(200, 50)),
    Shot("smallest", size=(60, 15)),
    Shot("tiny", size=(40, 8)),
    Shot("errors", ('\'+5 "New" whn staff > 3\n', "f6")),
    Shot("proposals", ("ctrl+end", '\'+5 "New" when st')),
    Shot("values", ("ctrl+end", '\'+2 "Read" for each visit where path is "/p')),
    Shot("find", ("ctrl+f", "'staff", "ctrl+r", "'people")),
    Shot("contacts", ("ctrl+g", "'Visits\n", "right", "right", "right", "right", "'0", "f3", "s", "s")),
    Shot("why", ("f3", "down", "enter", "f4", "down", "down", "right")),
    Shot("over-time", ("f3", "down", "enter", "f4", "f4")),
    Shot("what-if", ("f3", "down", "enter", "f4", "ctrl+t", "'job = CEO\ntoday = +3d\n", "'+vi")),
    Shot("effect", ("ctrl+g", "'Visits\n", "right", "right", "right", "right", "'0", "f5")),
    Shot("compile", ("f9",), size=(100, 30)),
    Shot("compile-sql", ("f9", "down", "down", "down", "right", "tab", "tab", "'crm.people"), size=(100, 30)),
    Shot("help", ("f4", "f1"), size=(100, 36)),
    Shot("quit", ("'x", "ctrl+q")),
    Shot("go-to", ("ctrl+g", "'s")),
    Shot("actions", ("ctrl+p",)),
    Shot("actions-found", ("ctrl+p", "'theme")),
    Shot("long-finding", ("ctrl+g", "'Visits\n", "end", '\' or job is "Clark" and staff > 3')),
)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_screen_reads_as_it_did(
    shot: Shot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path)
    Path("samples.yaml").write_text(_SAMPLES, encoding="utf-8")
    files: tuple[str | None, str | None] = (None, None) if shot.is_example else ("desk.lead", "contacts.json")
    app = LeadlineApp(open_session(*files, None, None, 0))
    shown: list[str] = []

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.pause(0.05)
        await settle(pilot)
        for key in shot.keys:
            if key.startswith("'"):
                await type_text(pilot, key[1:])
            else:
                await pilot.press(key)
            await settle(pilot)
        shown.extend(rows_of(app))

    play(app, script, shot.size)
    text = re.sub(r"scores of \d\d:\d\d", "scores of 12:00", "\n".join(shown))
    golden(f"screens/{shot.name}.txt", f"{text}\n")
