"""Ctrl+P: everything by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.palette import _ACTIONS, _IN_THE_TEXT, offer_commands
from leadline_tui.screens.main import MainScreen
from leadline_tui.screens.picking import PickScreen
from leadline_tui.session import memory
from stage import rows_of, settle, type_text
from stage.desk import play_desk


async def choose(app: LeadlineApp, pilot: Pilot[Any], words: str) -> None:
    await pilot.press("ctrl+p")
    await type_text(pilot, words)
    await pilot.press("enter")
    await settle(pilot)


def test_every_action_can_be_chosen_by_its_name(tmp_path: Path) -> None:
    names = [item[0] for item in (*_ACTIONS, *_IN_THE_TEXT)]

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        for name in names:
            await choose(app, pilot, name)
            while not isinstance(app.screen, MainScreen):
                await pilot.press("escape")
                await settle(pilot)
        assert app.is_running

    play_desk(tmp_path, script)


def test_each_action_is_shown_with_its_key(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        rows = [pick.row.plain.split() for pick in offer_commands(app, "")]
        assert ["Save", "^S"] in [row[:2] for row in rows]
        assert ["Next", "problem", "F8"] in [row[:3] for row in rows]
        assert ["Previous", "problem", "Shift+F8"] in [row[:3] for row in rows]
        assert ["Comment", "out", "or", "in", "^/"] in [row[:5] for row in rows]

    play_desk(tmp_path, script)


def test_a_theme_is_chosen_and_all_colours_change_at_once(tmp_path: Path) -> None:
    backgrounds: list[set[str]] = []

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        for theme in ("contrast", "light"):
            await choose(app, pilot, f"theme: {theme}")
            strips = app.screen._compositor.render_strips()
            backgrounds.append(
                {str(part.style.bgcolor) for strip in strips for part in strip if part.style is not None}
            )

    app = play_desk(tmp_path, script, size=(200, 50))
    assert app.theme == "leadline-light" == memory.theme()
    assert not backgrounds[0] & backgrounds[1]


def test_what_begins_with_the_typed_words_comes_first_and_rules_are_found_too(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, PickScreen)
        await type_text(pilot, "save")
        await settle(pilot)
        assert any(row.strip("│ ").startswith("▸ Save  ") for row in rows_of(app))
        await pilot.press("ctrl+u")
        await type_text(pilot, "rule boss")
        await pilot.press("enter")
        await settle(pilot)
        assert app.main.editor.cursor_location[0] == 9

    play_desk(tmp_path, script)


@pytest.mark.parametrize("words", ["zzz", "go to nothing"])
def test_a_name_that_nothing_has_does_nothing(words: str, tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await choose(app, pilot, words)
        assert "nothing fits" in "\n".join(rows_of(app))
        await pilot.press("escape")
        assert app.screen is app.main

    play_desk(tmp_path, script)
