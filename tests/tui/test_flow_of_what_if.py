"""What if, and what comes: the pinned contact as it might be, and its score over time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline.commands import run
from leadline_tui.app import LeadlineApp
from leadline_tui.widgets.time_pane import TimePane
from leadline_tui.widgets.what_if_bar import WhatIfBar
from stage import rows_of, settle, type_text
from stage.desk import play_desk


async def suppose(app: LeadlineApp, pilot: Pilot[Any], *changes: str) -> None:
    """Opens the bar and types changes."""
    await pilot.press("ctrl+t")
    for change in changes:
        await type_text(pilot, f"{change}\n")
    await settle(pilot)


def strip_of(app: LeadlineApp) -> str:
    return rows_of(app)[-2]


def test_a_change_moves_score_stage_and_reasons_at_once_and_the_list_keeps_the_contact(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter", "f4")
        await suppose(app, pilot, "job = CEO")
        assert "what if bob  12 → 17 (+5)  no stage → MQL" in strip_of(app)
        assert any("Why bob is MQL with 17 points" in row for row in rows_of(app))
        await type_text(pilot, "+visit path=/p 1d\n")
        await settle(pilot)
        assert "what if bob  12 → 19" in strip_of(app)
        assert any("What if bob  job = CEO · +visit path=/p 1d" in row for row in rows_of(app))
        await pilot.press("escape", "f3")
        await settle(pilot)
        assert any(row.split() == ["▸◆", "bob", "12", "B", "–"] for row in rows_of(app))

    play_desk(tmp_path, script)


def test_moving_today_moves_what_windows_see(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter")
        await suppose(app, pilot, "today = +40d")
        assert "what if bob  12 → 10 (-2)" in strip_of(app)
        assert any("as of 31 Dec 2026" in row for row in rows_of(app))

    play_desk(tmp_path, script)


def test_changes_are_taken_back_one_by_one_or_all_at_once(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await suppose(app, pilot, "staff = 3", "job =", "undo")
        assert app.session.cases.changes_of("ann") == ("staff = 3",)
        assert "what if ann  15 → 5" in strip_of(app)
        await type_text(pilot, "job =\nclear\n")
        await settle(pilot)
        assert app.session.cases.changes_of("ann") == ()
        assert "what if" not in strip_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert not app.main.query_one(WhatIfBar).display

    play_desk(tmp_path, script)


def test_what_cannot_be_supposed_is_told_and_what_was_typed_stays(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await suppose(app, pilot, "stafff = 4")
        assert any("there is no field `stafff`; did you mean `staff`?" in row for row in rows_of(app))
        assert app.main.query_one(WhatIfBar).field.value == "stafff = 4"

    play_desk(tmp_path, script)


def test_names_and_values_are_proposed_and_tab_takes_them(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+t")
        for begun in ("jo", "Cl"):
            await type_text(pilot, begun)
            await settle(pilot)
            await pilot.press("tab")
        assert app.main.query_one(WhatIfBar).field.value == "job = Clerk"
        await pilot.press("enter")
        await settle(pilot)
        assert "15 → 10" in strip_of(app)

    play_desk(tmp_path, script)


def test_what_is_supposed_follows_the_rules_while_they_are_written(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await suppose(app, pilot, "staff = 3")
        await pilot.press("escape", "f2")
        app.main.editor.jump(8, 5)
        app.main.editor.insert("0")
        await settle(pilot)
        assert "what if ann  105 → 5" in strip_of(app)

    play_desk(tmp_path, script)


def test_enter_on_a_field_of_the_contact_begins_to_change_it(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f4", "end", "right", "right", "down", "enter")
        await settle(pilot)
        bar = app.main.query_one(WhatIfBar)
        assert bar.field.has_focus
        assert bar.field.value == "staff = "
        await type_text(pilot, "4")
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert "what if ann  15 → 5" in strip_of(app)
        assert app.main.pane == "why"

    play_desk(tmp_path, script)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (60, 15)])
def test_the_bar_fits_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await suppose(app, pilot, "staff = 3")
        rows = rows_of(app)
        assert len(rows) == size[1]
        assert any("What if ann  staff = 3" in row for row in rows)

    play_desk(tmp_path, script, size=size)


def test_the_score_over_time_tells_the_day_and_the_rule(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter", "f4", "f4")
        await settle(pilot)
        rows = rows_of(app)
        assert app.main.pane == "time"
        assert "the next change is on 20 Dec, in 28 days" in " ".join(" ".join(rows).split())
        assert any("20 Dec" in row and "10" in row and "-2 Visits: visit /prices of 20 Nov" in row for row in rows)
        assert any("today" in row for row in rows)
        await pilot.press("end", "enter")
        await settle(pilot)
        assert app.main.editor.has_focus
        assert app.main.editor.cursor_location[0] == 10

    play_desk(tmp_path, script)


def test_what_is_supposed_is_followed_through_time_too(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter", "f4", "f4")
        await suppose(app, pilot, "+visit path=/p 1d", "+visit path=/p 1d", "+visit path=/p 1d")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert any("goes from MQL to no stage on 20 Dec 23:59" in row for row in rows_of(app))

    play_desk(tmp_path, script, size=(100, 30))


def test_the_highest_screens_show_reasons_and_time_together(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        rows = rows_of(app)
        assert any("Why ann" in row for row in rows)
        assert any("ann over time" in row for row in rows)
        assert app.main.query_one(TimePane).region.height > 8

    play_desk(tmp_path, script, size=(200, 50))


def test_a_case_is_kept_as_an_expectation_that_passes_and_the_file_keeps_its_comments(tmp_path: Path) -> None:
    samples = tmp_path / "samples.yaml"
    samples.write_text("# ours\nas of: 2026-11-21\ncontacts:\n- id: x   # first\n# end\n", encoding="utf-8")

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter")
        await suppose(app, pilot, "job = CEO", "keep")
        assert any("samples.yaml" in row for row in rows_of(app))
        await pilot.press("enter")
        await settle(pilot)
        assert any('kept as "bob"' in notice.message for notice in app._notifications)

    play_desk(tmp_path, script)
    text = samples.read_text(encoding="utf-8")
    assert text.startswith("# ours\nas of: 2026-11-21\ncontacts:\n- id: x   # first\n- id: bob\n")
    assert text.endswith("  expect: {total: 17, grades: {fit: A}, stage: MQL}\n# end\n")
    assert run(["test", str(tmp_path / "desk.lead")]) == 0


def test_a_case_is_not_kept_while_the_scores_are_old(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8, 3)
        app.main.editor.insert("x")
        await settle(pilot)
        await app.main.run_action("keep")
        await settle(pilot)
        assert any("put the errors right first" in notice.message for notice in app._notifications)

    play_desk(tmp_path, script)
    assert not list(tmp_path.glob("*.yaml"))
