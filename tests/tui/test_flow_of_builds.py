"""Compiling for a service: expectations first, what has changed, the file in one step, and the command to copy."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline.commands import run
from leadline_tui.app import LeadlineApp
from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.screens.compiling import CompileScreen
from leadline_tui.session import memory
from leadline_tui.widgets.labelled import Labelled
from leadline_tui.widgets.target_list import TargetList
from stage import burst, rows_of, settle, type_text
from stage.desk import RULES, play_desk

_SAMPLES = "as of: 2026-11-21\ncontacts:\n  - {id: x, staff: 12, job: CEO, expect: {total: 15, stage: MQL}}\n"


async def open_dialog(app: LeadlineApp, pilot: Pilot[Any]) -> CompileScreen:
    await pilot.press("f9")
    await settle(pilot)
    assert isinstance(app.screen, CompileScreen)
    return app.screen


def field_of(screen: CompileScreen, name: str) -> OrderedInput:
    return screen.query_one(f"#build-{name}", Labelled).field


def output_of(screen: CompileScreen) -> OrderedInput:
    return field_of(screen, "output")


def text_of(app: LeadlineApp) -> str:
    return "\n".join(rows_of(app))


def test_a_build_is_written_and_the_command_shown_does_the_same(tmp_path: Path) -> None:
    (tmp_path / "samples.yaml").write_text(_SAMPLES, encoding="utf-8")
    shown: list[str] = []

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        screen = await open_dialog(app, pilot)
        text = text_of(app)
        assert "✓ all 2 expectations hold" in text
        assert "This is the first build" in text
        await pilot.press("down")
        await settle(pilot)
        assert output_of(screen).value == str(tmp_path / "desk.py")
        await pilot.press("ctrl+y")
        shown.append(app.clipboard)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen is app.main

    play_desk(tmp_path, script, size=(120, 40))
    built = tmp_path / "desk.py"
    written = built.read_bytes()
    built.unlink()
    test, _, compile_ = shown[0].partition(" && ")
    assert run(shlex.split(test)[1:]) == 0
    assert run(shlex.split(compile_)[1:]) == 0
    assert built.read_bytes() == written


@pytest.mark.parametrize(
    ("keys", "details", "output"),
    [
        (("down",) * 3, {}, "desk.sql"),
        (
            ("down",) * 4 + ("right",),
            {"contacts_table": "crm.people", "event_id": "uid", "as_of": "2026-11-20"},
            "desk.rules.sql",
        ),
        (("down",) * 3 + ("left",), {"as_of": "scored_at", "events_table": "log"}, "desk.sql"),
        (("down",) * 5, {"contacts_table": "crm.people", "events_table": "crm.events", "event_id": "uid"}, "desk_dbt"),
    ],
    ids=["sql", "sql by rule", "sql for another engine", "dbt"],
)
def test_what_sql_and_dbt_ask_for_is_asked_for_remembered_and_in_the_command(
    keys: tuple[str, ...], details: dict[str, str], output: str, tmp_path: Path
) -> None:
    (tmp_path / "samples.yaml").write_text(_SAMPLES, encoding="utf-8")
    shown: list[str] = []

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        screen = await open_dialog(app, pilot)
        await pilot.press(*keys)
        await settle(pilot)
        for name, value in details.items():
            field_of(screen, name).focus()
            await type_text(pilot, value)
        await settle(pilot)
        await pilot.press("ctrl+y", "enter")
        shown.append(app.clipboard)
        await settle(pilot)
        assert app.screen is app.main
        screen = await open_dialog(app, pilot)
        assert output_of(screen).value == str(tmp_path / output)
        assert {name: field_of(screen, name).value for name in details} == details
        await pilot.press("ctrl+y")
        shown.append(app.clipboard)

    play_desk(tmp_path, script, size=(120, 40))
    assert shown[0] == shown[1]
    assert all(value in shown[0] for value in details.values())
    built = {
        path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.glob(f"{output}/**/*") if path.is_file()
    }
    built = built or {Path(output): (tmp_path / output).read_bytes()}
    for path in built:
        (tmp_path / path).unlink()
    assert run(shlex.split(shown[0].partition(" && ")[2])[1:]) == 0
    assert {path: (tmp_path / path).read_bytes() for path in built} == built


def test_a_day_that_is_none_and_a_project_in_the_place_of_a_file_are_refused(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        screen = await open_dialog(app, pilot)
        await pilot.press("down", "down", "down")
        field_of(screen, "as_of").value = "2026-11-41"
        await pilot.press("enter")
        await settle(pilot)
        assert "`2026-11-41` is no date" in text_of(app)
        await pilot.press("down", "down")
        output_of(screen).value = str(tmp_path / "contacts.json")
        await pilot.press("enter")
        await settle(pilot)
        assert "a dbt project is a folder" in " ".join(text_of(app).replace("│", "").split())

    play_desk(tmp_path, script, size=(120, 40))


def test_a_fault_while_building_is_told_and_stops_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret@person.example")

    monkeypatch.setattr("leadline_tui.screens.compiling.prepare_build", fail)

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await burst(pilot, "f9", "enter")
        flat = " ".join(text_of(app).replace("│", "").split())
        assert "this is a fault of leadline, not yours (KeyError)" in flat
        assert "secret@person.example" not in flat
        await burst(pilot, "escape", "'#")
        assert app.session.text == f"#{RULES}"

    play_desk(tmp_path, script)


def test_what_has_changed_since_the_last_build_is_told(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await open_dialog(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        app.main.editor.jump(9, 4)
        app.main.editor.insert("1")
        await settle(pilot)
        await open_dialog(app, pilot)
        text = text_of(app)
        assert "Since the last build" in text
        assert 'rule "Boss"' in text
        assert "+5 → +51" in text
        assert "0 of 3 contacts change their stage" in text

    play_desk(tmp_path, script, size=(120, 40))
    assert "+51" in (tmp_path / "desk.lead").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "desk.plan.json").read_text(encoding="utf-8"))


def test_the_last_target_and_its_file_are_proposed_again(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        screen = await open_dialog(app, pilot)
        await pilot.press("down", "down", "tab")
        output_of(screen).value = str(tmp_path / "elsewhere.mjs")
        await pilot.press("enter")
        await settle(pilot)
        screen = await open_dialog(app, pilot)
        assert screen.query_one(TargetList).highlighted == 2
        assert output_of(screen).value == str(tmp_path / "elsewhere.mjs")

    play_desk(tmp_path, script)
    assert (tmp_path / "elsewhere.mjs").exists()
    assert (tmp_path / "elsewhere.d.mts").exists()


def test_a_failed_expectation_is_shown_and_built_over_only_when_asked_twice(tmp_path: Path) -> None:
    (tmp_path / "samples.yaml").write_text(_SAMPLES.replace("15", "16"), encoding="utf-8")

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await open_dialog(app, pilot)
        assert "1 of 2 expectations do not hold" in text_of(app)
        assert "total is 15, expected 16" in text_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Enter once more builds all the same" in text_of(app)
        assert not (tmp_path / "desk.plan.json").exists()
        await pilot.press("enter")
        await settle(pilot)

    play_desk(tmp_path, script, size=(100, 30))
    assert (tmp_path / "desk.plan.json").exists()


def test_rules_with_errors_are_not_compiled_and_the_first_is_gone_to(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3")
        app.main.editor.jump(8, 3)
        app.main.editor.insert("x")
        app.main.editor.jump(0, 0)
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert app.screen is app.main
        assert app.main.editor.cursor_location[0] == 8

    play_desk(tmp_path, script)


@pytest.mark.parametrize(
    ("output", "said"),
    [("desk.lead", "the rules file itself"), ("nowhere/x.json", "does not exist"), ("", "name the file")],
)
def test_what_cannot_be_written_is_told(output: str, said: str, tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        screen = await open_dialog(app, pilot)
        output_of(screen).value = str(tmp_path / output) if output else ""
        await pilot.press("enter")
        await settle(pilot)
        assert said in " ".join(text_of(app).replace("│", " ").split())
        await pilot.press("escape")

    play_desk(tmp_path, script)
    assert (tmp_path / "desk.lead").read_text(encoding="utf-8") == RULES


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50)])
def test_the_dialog_fits_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await open_dialog(app, pilot)
        rows = rows_of(app)
        assert len(rows) == size[1]
        assert any("JSON: the plan" in row for row in rows)
        await type_text(pilot, "\n")
        await settle(pilot)

    play_desk(tmp_path, script, size=size)
    assert (tmp_path / "desk.plan.json").exists()


def test_the_theme_that_was_chosen_comes_back(tmp_path: Path) -> None:
    async def choose(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        assert app.theme == "leadline-dark"
        app.theme = "leadline-light"
        await settle(pilot)

    async def look(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        assert app.theme == "leadline-light"

    play_desk(tmp_path, choose)
    play_desk(tmp_path, look)
    assert memory.theme() == "leadline-light"


def test_memory_that_cannot_be_read_is_none(tmp_path: Path, own_memory: Path) -> None:
    path = own_memory / "config" / "leadline" / "editor.json"
    path.parent.mkdir(parents=True)
    for content in ("{", "[]", '{"theme": 3}', '{"theme": "gone"}'):
        path.write_text(content, encoding="utf-8")
        assert memory.theme() in ("", "gone")
    play_desk(tmp_path, _nothing)


async def _nothing(app: LeadlineApp, pilot: Pilot[Any]) -> None:
    assert app.theme == "leadline-dark"
