"""Contacts: their scores, what a change does to them, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.widgets.contacts_table import ContactsTable
from leadline_tui.widgets.why_pane import WhyPane
from stage import rows_of, settle, type_text
from stage.desk import CONTACTS, play_desk


def listed(app: LeadlineApp) -> list[str]:
    """The ids of the contacts in the list, in its order."""
    return [row.standing.id for row in app.main.query_one(ContactsTable)._rows]


def test_contacts_are_listed_with_points_grade_and_stage(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3")
        await settle(pilot)
        rows = [row.split() for row in rows_of(app)]
        assert ["▸◆", "ann", "15", "A", "MQL"] in rows
        assert ["bob", "12", "B", "–"] in rows

    play_desk(tmp_path, script)


def test_changes_since_the_last_save_are_shown_and_can_be_sorted_by(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(10, 4)
        await pilot.press("0")
        await settle(pilot)
        await pilot.press("f3", "s", "s")
        await settle(pilot)
        assert listed(app) == ["bob", "ann", "cid"]
        assert any("bob" in row and "+18" in row and "MQL (was –)" in row for row in rows_of(app))
        await pilot.press("f5")
        await settle(pilot)
        assert any("bob  no stage → MQL" in row for row in rows_of(app))
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        assert not any("+18" in row for row in rows_of(app))

    play_desk(tmp_path, script)


def test_the_points_of_all_are_spread_out_before_and_after(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(10, 4)
        await pilot.press("0", "f5")
        await settle(pilot)
        bars = {" ".join(row.split()[:3]): row.strip()[-1] for row in rows_of(app) if " to " in row}
        assert bars["0 to 4"] == "█"
        assert bars["10 to 14"] == "▀"
        assert bars["30 to 34"] == "▄"

    play_desk(tmp_path, script, size=(80, 30))


def test_the_list_is_filtered_by_id_stage_and_grade(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "slash")
        await type_text(pilot, "mql")
        await settle(pilot)
        assert listed(app) == ["ann"]
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert listed(app) == ["ann", "bob", "cid"]

    play_desk(tmp_path, script)


@pytest.mark.parametrize(("presses", "order"), [(1, "ann bob cid"), (3, "ann bob cid"), (4, "ann bob cid")])
def test_the_marked_contact_stays_marked_when_the_order_changes(presses: int, order: str, tmp_path: Path) -> None:
    contacts = [CONTACTS[2], CONTACTS[1], CONTACTS[0]]

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down")
        await pilot.press(*["s"] * presses)
        await settle(pilot)
        assert listed(app) == order.split()
        marked = app.main.query_one(ContactsTable).marked
        assert marked is not None
        assert marked.standing.id == "bob"

    play_desk(tmp_path, script, contacts=contacts)


def test_enter_pins_a_contact_whose_reasons_are_told(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter", "f4")
        await settle(pilot)
        rows = rows_of(app)
        assert any("Why bob has 12 points" in row for row in rows)
        assert any("+10  Many" in row for row in rows)
        assert any("+2  Visits" in row for row in rows)
        assert any("(+5)  Boss" in row for row in rows)

    play_desk(tmp_path, script)


def test_enter_on_a_reason_goes_to_its_rule(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f4", "down", "down", "enter")
        await settle(pilot)
        assert app.main.editor.has_focus
        assert app.main.editor.cursor_location[0] == 9

    play_desk(tmp_path, script)


def test_what_is_opened_in_the_reasons_stays_open_while_the_scores_change(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f3", "down", "enter", "f4", "down", "down", "right")
        await settle(pilot)
        assert any("/prices, 1 day ago" in row for row in rows_of(app))
        app.main.editor.jump(10, 4)
        app.main.editor.insert("1")
        await settle(pilot)
        assert any("+21  Visits" in row for row in rows_of(app))
        assert any("/prices, 1 day ago" in row for row in rows_of(app))
        node = app.main.query_one(WhyPane).cursor_node
        assert node is not None
        assert node.data is not None
        assert node.data.name == "Visits"

    play_desk(tmp_path, script)


def test_the_rule_at_the_cursor_tells_what_it_gives_the_pinned_contact(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(9, 4)
        await settle(pilot)
        assert any('+5 Boss: job is "CEO"' in row for row in rows_of(app))

    play_desk(tmp_path, script)


STRANGE = "[/x][@click=app.quit]go[/] \x1b]52;c;eA==\x07\u202eevil"


def test_nothing_in_the_data_is_read_as_markup_or_as_a_command(tmp_path: Path) -> None:
    contacts = [{"id": STRANGE, "staff": 12, "job": STRANGE}]
    rules = (
        'model "[/m]"\ncontact\n  id: text\n  staff: number\n  job: text\n'
        'score fit\n  +5 "[/r]" when staff >= 10\n  +1 "[bold]b" when job is "[/x]" because "[/z]"\n'
        'stage "[/s]" when total >= 5\n'
    )

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        for size in ((80, 24), (140, 44)):
            await pilot.resize_terminal(*size)
            for key in ("f3", "enter", "f4", "down", "down", "right", "f5", "f6", "f2", "f8", "f1", "escape", "ctrl+g"):
                await pilot.press(key)
                await settle(pilot)
                text = "\n".join(rows_of(app))
                assert "\x1b" not in text
                assert "\u202e" not in text
            await pilot.press("escape")
        assert "[/x][@click=app.quit]go" in text or "[/r]" in text

    play_desk(tmp_path, script, rules=rules, contacts=contacts)


def test_contacts_that_cannot_be_read_are_told_and_rules_can_still_be_written(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        (tmp_path / "contacts.json").write_text("{", encoding="utf-8")
        await app.main.run_action("read_contacts")
        await settle(pilot)
        assert app.session.data_error
        await type_text(pilot, "#")
        assert app.main.editor.text.startswith("#")

    play_desk(tmp_path, script)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('[{"size": 3}, 7]', "no contact could be read: line 1: the contact has no id (and 1 more)"),
        ("[]", "no contact: the file has only its head, or nothing"),
    ],
)
def test_a_file_without_a_contact_that_can_be_read_says_why(data: str, said: str, tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        (tmp_path / "contacts.json").write_text(data, encoding="utf-8")
        await app.main.run_action("read_contacts")
        await settle(pilot)
        assert any(said in row for row in rows_of(app)), "\n".join(rows_of(app))
        for key in ("f3", "enter", "f4", "f5", "f6", "f2"):
            await pilot.press(key)
            await settle(pilot)

    play_desk(tmp_path, script)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 50), (30, 6)])
def test_every_size_shows_the_text_and_keeps_the_focus(size: tuple[int, int], tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        rows = rows_of(app)
        assert len(rows) == size[1]
        assert any('model "Desk"' in row for row in rows)
        assert any("line 1 of" in row for row in rows) or size[1] < 15
        is_wide = size[0] >= 120
        assert any("Contacts 3" in row for row in rows) == is_wide
        await pilot.press("f4")
        await settle(pilot)
        assert any("Why ann" in row for row in rows_of(app))
        assert app.main.query_one(WhyPane).has_focus
        await pilot.press("f2", "x")
        assert app.main.editor.text.startswith("xmodel")

    play_desk(tmp_path, script, size=size)


def test_the_layout_follows_the_terminal(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        for size, panes in (((80, 24), 1), ((130, 40), 4), ((130, 24), 2), ((60, 15), 1)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            main = app.main
            shown = [
                name
                for name in ("#rules", "#contacts", "#why", "#effect")
                if main.query_one(name).region.area and main.query_one(name).is_on_screen
            ]
            assert len(shown) == panes, (size, shown)

    play_desk(tmp_path, script)
