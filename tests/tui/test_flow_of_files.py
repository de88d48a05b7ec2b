"""Files: saving, what others write, what was not saved, and quitting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.screens.dialogs import ChoiceScreen, InputScreen, TextScreen
from leadline_tui.session import recovery
from leadline_tui.session.opening import open_session
from stage import play, rows_of, settle, type_text
from stage.desk import RULES, play_desk


def test_saving_writes_the_text_and_takes_the_mark_of_a_change_away(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x")
        await settle(pilot)
        assert "desk.lead •" in rows_of(app)[0]
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert (tmp_path / "desk.lead").read_text() == f"x{RULES}"
        assert "•" not in rows_of(app)[0]

    play_desk(tmp_path, script)


def test_a_file_that_somebody_else_has_changed_is_not_replaced_without_asking(tmp_path: Path) -> None:
    path = tmp_path / "desk.lead"

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x")
        path.write_text("# theirs\n" + RULES, encoding="utf-8")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)
        assert path.read_text(encoding="utf-8").startswith("# theirs")
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(app.screen, TextScreen)
        assert any("-# theirs" in row for row in rows_of(app))
        await pilot.press("escape", "r")
        await settle(pilot)
        assert app.main.editor.text == "# theirs\n" + RULES
        assert not app.session.is_changed
        await pilot.press("ctrl+z")
        assert app.main.editor.text == f"x{RULES}"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert path.read_text(encoding="utf-8") == f"x{RULES}"

    play_desk(tmp_path, script)


def test_coming_back_to_the_terminal_tells_of_a_change_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "desk.lead"

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        path.write_text("# theirs\n", encoding="utf-8")
        app.post_message(events.AppFocus())
        await settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("k", "ctrl+s")
        await settle(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert path.read_text(encoding="utf-8") == RULES

    play_desk(tmp_path, script)


def test_a_change_from_outside_that_was_left_is_not_told_again_until_the_text_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.lead"
    said: list[str] = []

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        path.write_text("# theirs\n", encoding="utf-8")
        app.post_message(events.AppFocus())
        await settle(pilot)
        await pilot.press("k")
        await settle(pilot)
        app.post_message(events.AppFocus())
        await settle(pilot)
        assert app.screen is app.main
        path.write_text("# theirs again\n", encoding="utf-8")
        app.post_message(events.AppFocus())
        await settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("escape")
        monkeypatch.setattr(app.main, "notify", lambda message, **_: said.append(message))
        path.unlink()
        for _ in range(2):
            app.post_message(events.AppFocus())
            await settle(pilot)

    play_desk(tmp_path, script)
    assert said == ["the file has been removed: saving writes it again"]


@pytest.mark.parametrize("key", ["f1", "f9", "ctrl+p", "ctrl+g", "ctrl+q"])
def test_quitting_asks_wherever_one_is(key: str, tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        if key == "f9":
            await pilot.press(key)
            await settle(pilot)
            app.main.editor.insert("# ")
        else:
            await pilot.press("number_sign", key)
        await settle(pilot)
        assert app.screen is not app.main
        for _ in range(2):
            await pilot.press("ctrl+q")
            await settle(pilot)
            assert isinstance(app.screen, ChoiceScreen)
            assert "changes that are not saved" in "\n".join(rows_of(app))
        await pilot.press("d")
        await pilot.pause()
        assert not app.is_running

    play_desk(tmp_path, script)


def test_a_new_text_is_saved_under_a_name_that_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "first.lead"
    app = LeadlineApp(open_session(None, None, None, None, 0))

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, InputScreen)
        await pilot.press("ctrl+a", "ctrl+k")
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, str(target))
        await pilot.press("enter")
        await settle(pilot)
        assert target.read_text(encoding="utf-8") == app.main.editor.text
        assert "first.lead" in rows_of(app)[0]

    play(app, script)


def test_a_name_that_is_taken_is_asked_about(tmp_path: Path) -> None:
    other = tmp_path / "other.lead"
    other.write_text("theirs", encoding="utf-8")

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.action_save_as()
        await settle(pilot)
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, str(other))
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, InputScreen)
        assert other.read_text(encoding="utf-8") == "theirs"

    play_desk(tmp_path, script)


def test_a_folder_that_may_not_be_written_to_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x")
        app.main.keeper._write(str(tmp_path / "none" / "desk.lead"), None)
        await settle(pilot)
        assert app.session.is_changed
        assert any("does not exist" in note.message for note in app._notifications)

    play_desk(tmp_path, script)


def test_quitting_with_changes_asks_and_can_be_taken_back(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x", "ctrl+q")
        await settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("c")
        await settle(pilot)
        assert app.is_running
        await pilot.press("ctrl+q", "s")
        await pilot.pause()

    app = play_desk(tmp_path, script)
    assert app.return_code == 0
    assert (tmp_path / "desk.lead").read_text(encoding="utf-8") == f"x{RULES}"
    assert recovery.find(str(tmp_path / "desk.lead")) is None


def test_quitting_and_discarding_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x")
        app.main.keeper.keep_now()
        await pilot.press("ctrl+q", "d")
        await pilot.pause()

    play_desk(tmp_path, script)
    assert (tmp_path / "desk.lead").read_text(encoding="utf-8") == RULES
    assert recovery.find(str(tmp_path / "desk.lead")) is None


def test_quitting_from_a_question_still_asks_about_changes(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x", "ctrl+g", "ctrl+q")
        await settle(pilot)
        assert isinstance(app.screen, ChoiceScreen)

    play_desk(tmp_path, script)


def test_a_text_that_was_not_saved_is_offered_the_next_time(tmp_path: Path) -> None:
    path = str(tmp_path / "desk.lead")

    async def crash(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x")
        app.main.keeper.keep_now()

    play_desk(tmp_path, crash)
    assert recovery.find(path) is not None

    async def recover(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("d")
        await settle(pilot)
        assert any("+xmodel" in row for row in rows_of(app))
        await pilot.press("escape", "r")
        await settle(pilot)
        assert app.main.editor.text == f"x{RULES}"
        assert app.session.is_changed
        await pilot.press("ctrl+s")
        await settle(pilot)

    play_desk(tmp_path, recover)
    assert recovery.find(path) is None
    assert Path(path).read_text(encoding="utf-8") == f"x{RULES}"


def test_a_file_that_is_too_large_is_only_shown(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        assert "(read only)" in rows_of(app)[0]
        await pilot.press("x", "ctrl+r", "f7", "ctrl+s")
        assert not app.session.is_changed

    play_desk(tmp_path, script, rules=RULES + "# " + "x" * 6000)
