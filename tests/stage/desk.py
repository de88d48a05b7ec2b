"""The whole editor on a stage, with rules and contacts of files."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.session.opening import open_session
from stage import play, settle

RULES = """model "Desk"
contact
  id: text
  staff: number
  job: one of "CEO", "Clerk"
events
  visit with path: text
score fit
  +10 "Many" when staff >= 10
  +5 "Boss" when job is "CEO"
  +2 "Visits" for each visit where path starts with "/p" in the last 30 days
grade fit
  "A" from 15
  "B" otherwise
stage "MQL" when total >= 15
"""
CONTACTS: Sequence[Mapping[str, Any]] = (
    {"id": "ann", "staff": 12, "job": "CEO"},
    {"id": "bob", "staff": 12, "events": [{"event": "visit", "at": "2026-11-20", "path": "/prices"}]},
    {"id": "cid", "staff": 3, "job": "Clerk"},
)

Script = Callable[[LeadlineApp, Pilot[Any]], Awaitable[None]]


def write_files(folder: Path, rules: str = RULES, contacts: Sequence[Mapping[str, Any]] = CONTACTS) -> tuple[str, str]:
    """Writes rules and contacts; answers their paths."""
    rules_path, contacts_path = folder / "desk.lead", folder / "contacts.json"
    rules_path.write_text(rules, encoding="utf-8")
    contacts_path.write_text(json.dumps({"as of": "2026-11-21", "contacts": contacts}), encoding="utf-8")
    return str(rules_path), str(contacts_path)


def play_desk(
    folder: Path,
    script: Script,
    size: tuple[int, int] = (80, 24),
    rules: str = RULES,
    contacts: Sequence[Mapping[str, Any]] = CONTACTS,
) -> LeadlineApp:
    """Opens the editor on files of a folder and plays a script once the first scores are there."""
    paths = write_files(folder, rules, contacts)
    app = LeadlineApp(open_session(*paths, None, None, 0))

    async def begin(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.pause(0.05)
        await settle(pilot)
        await script(app, pilot)

    play(app, begin, size)
    return app
