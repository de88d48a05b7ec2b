"""Writing rules: findings in place, what puts them right, and what it does to the pinned contact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from leadline_tui.app import LeadlineApp
from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.widgets.problem_list import ProblemList
from stage import rows_of, settle, type_text
from stage.desk import RULES, play_desk

FAULTY = RULES.replace('job is "CEO"', 'jobb is "CEO"').replace("staff >= 10", "(staff >= 10")


def test_an_error_is_told_at_the_cursor_and_put_right_with_one_key(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f8", "f8")
        await settle(pilot)
        assert app.main.editor.cursor_location[0] == 9
        rows = "\n".join(rows_of(app))
        assert "● 10:18 there is no field or define `jobb`" in rows
        assert "F7 puts it right · did you mean `job`?" in rows
        await pilot.press("f7")
        await settle(pilot)
        assert 'job is "CEO"' in app.main.editor.text
        await pilot.press("ctrl+z")
        assert 'jobb is "CEO"' in app.main.editor.text

    play_desk(tmp_path, script, rules=FAULTY)


def test_what_was_typed_just_before_is_put_right_too(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8, len('  +10 "Many" when st'))
        await pilot.press("x", "f7")
        assert '+10 "Many" when staff >= 10' in app.main.editor.text

    play_desk(tmp_path, script)


def test_going_through_the_problems_comes_round(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        seen = []
        for key in ("f8", "f8", "f8", "shift+f8"):
            await pilot.press(key)
            seen.append(app.main.editor.cursor_location[0])
        assert seen == [8, 9, 8, 9]

    play_desk(tmp_path, script, rules=FAULTY)


def test_the_list_of_problems_goes_to_one_on_enter(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f6")
        await settle(pilot)
        problems = app.main.query_one(ProblemList)
        assert problems.has_focus
        assert problems.option_count >= 2
        await pilot.press("enter")
        await settle(pilot)
        assert app.main.editor.has_focus
        assert app.main.editor.mark_at_cursor is not None
        await pilot.press("f6", "f6")
        await settle(pilot)
        assert not problems.display

    play_desk(tmp_path, script, rules=FAULTY)


def test_the_pinned_score_moves_while_one_types(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        assert any("ann  15  MQL" in row for row in rows_of(app))
        app.main.editor.jump(8, 4)
        await pilot.press("0")
        await settle(pilot)
        assert any("ann  15 → 105 (+90)  MQL" in row for row in rows_of(app))
        assert any("MQL 1 → 2 of 3" in row for row in rows_of(app))

    play_desk(tmp_path, script)


def test_scores_of_an_older_text_say_so(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8, 14)
        await type_text(pilot, "x")
        await settle(pilot)
        assert app.session.errors
        row = next(row for row in rows_of(app) if "ann  15" in row)
        assert "scores of " in row
        assert "error" in row

    play_desk(tmp_path, script)


def test_proposals_come_while_one_types_and_tab_takes_one(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8, 0)
        await pilot.press("end", "enter")
        await type_text(pilot, '+1 "New" when st')
        await pilot.pause(0.2)
        assert app.main.editor.is_proposing
        assert any("▸ staff" in row for row in rows_of(app))
        await pilot.press("tab")
        assert app.main.editor.document[9] == '  +1 "New" when staff'
        assert not app.main.editor.is_proposing
        await pilot.press("ctrl+z")
        assert app.main.editor.document[9] == '  +1 "New" when st'

    play_desk(tmp_path, script)


def test_enter_takes_a_proposal_only_after_an_arrow_key(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8, 0)
        await pilot.press("end", "enter")
        await type_text(pilot, '+1 "New" when st')
        await pilot.pause(0.2)
        await pilot.press("enter")
        assert app.main.editor.document[9] == '  +1 "New" when st'
        await pilot.press("ctrl+z")
        await pilot.press("ctrl+at")
        await pilot.press("down", "up", "enter")
        assert app.main.editor.document[9] == '  +1 "New" when staff'

    play_desk(tmp_path, script)


def test_escape_closes_the_proposals_and_nothing_else(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8, 0)
        await pilot.press("end", "enter")
        await pilot.press("ctrl+at")
        assert app.main.editor.is_proposing
        await pilot.press("escape")
        assert not app.main.editor.is_proposing
        assert app.main.editor.has_focus

    play_desk(tmp_path, script)


def test_values_of_the_contacts_are_proposed_inside_quotes(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(10, app.main.editor.document[10].index('"/p"') + 1)
        await pilot.press("delete")
        await pilot.press("ctrl+at")
        assert any("/prices" in row for row in rows_of(app))
        await pilot.press("tab")
        assert 'starts with "/prices" in the last' in app.main.editor.document[10]

    play_desk(tmp_path, script)


def test_finding_and_replacing(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        editor = app.main.editor
        await pilot.press("ctrl+f")
        await type_text(pilot, "staff")
        await settle(pilot)
        assert any("1 of 2" in row for row in rows_of(app))
        assert editor.selected_text == "staff"
        await pilot.press("enter")
        assert editor.selection.start == (8, 18)
        await pilot.press("ctrl+r")
        await type_text(pilot, "people")
        await pilot.press("enter")
        await settle(pilot)
        assert "when people >= 10" in editor.text
        assert "  staff: number" in editor.text
        await pilot.press("ctrl+t")
        await settle(pilot)
        assert "staff" not in editor.text
        await pilot.press("escape")
        await settle(pilot)
        assert editor.has_focus
        assert editor.found == {}
        await pilot.press("ctrl+z")
        assert "  staff: number" in editor.text
        await pilot.press("ctrl+z")
        assert editor.text == RULES

    play_desk(tmp_path, script)


def test_a_search_takes_capitals_as_written_and_small_letters_as_both(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+f")
        await type_text(pilot, "visit")
        await settle(pilot)
        assert any("of 3" in row for row in rows_of(app))
        app.main.query_one("#find-wanted", OrderedInput).value = "Visit"
        await settle(pilot)
        assert any("of 1" in row for row in rows_of(app))

    play_desk(tmp_path, script)


@pytest.mark.parametrize(("typed", "row"), [("9", 8), ("bos", 9), ("mql", 14)])
def test_going_to_a_line_or_a_rule(typed: str, row: int, tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+g")
        await type_text(pilot, typed)
        await pilot.press("enter")
        await settle(pilot)
        assert app.main.editor.cursor_location[0] == row

    play_desk(tmp_path, script)


def test_laying_out_anew_is_one_step(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert '  +10  "Many"' in app.main.editor.text
        await pilot.press("ctrl+z")
        assert app.main.editor.text == RULES

    play_desk(tmp_path, script)


def test_help_tells_the_keys_and_what_a_finding_means(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f8", "f1")
        await settle(pilot)
        rows = "\n".join(rows_of(app))
        assert "What syntax means" in rows
        await pilot.press("escape", "f3", "f1")
        await settle(pilot)
        rows = "\n".join(rows_of(app))
        assert "─ Contacts ─" in rows
        assert "Filter" in rows

    play_desk(tmp_path, script, rules=FAULTY, size=(100, 50))


def test_the_line_of_the_cursor_stays_in_sight_when_the_terminal_gets_smaller(tmp_path: Path) -> None:
    rules = "# a line\n" * 60 + RULES

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(37, 0)
        await settle(pilot)
        for size in ((80, 24), (60, 15), (40, 8), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert any(row.lstrip().startswith("38 # a line") for row in rows_of(app)), size

    play_desk(tmp_path, script, size=(120, 36), rules=rules)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ((), "^S Save"),
        (("ctrl+f",), "↑ Previous"),
        (("ctrl+f", "ctrl+r"), "^T All"),
        (("f6",), "F6 Close"),
        (("f3",), "/ Filter"),
        (("f3", "slash"), "Esc Show all"),
        (("f4",), "F4 Over time"),
        (("f4", "f4"), "F4 Why"),
        (("f5",), "↑↓ Scroll"),
        (("ctrl+t",), "Tab Take the proposal"),
    ],
)
def test_the_last_line_shows_the_keys_of_where_one_is_and_help_tells_of_it(
    keys: tuple[str, ...], shown: str, tmp_path: Path
) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)
        await settle(pilot)
        last = rows_of(app)[-1]
        assert shown in last
        assert "F1 Help" in last
        await pilot.press("f1")
        await settle(pilot)
        assert "Keys here" in "\n".join(rows_of(app))

    rules = RULES.replace("grade fit", '  +1 "Mixed" when staff > 3 or staff < 1 and job is "CEO"\ngrade fit')
    play_desk(tmp_path, script, rules=rules, size=(80, 40))


def test_a_long_finding_leaves_room_for_what_to_do_and_help_has_all_of_it(tmp_path: Path) -> None:
    name = "a_name_that_is_rather_long_" * 4

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("f8")
        await settle(pilot)
        first, second = rows_of(app)[-4:-2]
        assert first.endswith("…")
        assert "declare it under" in second
        await pilot.press("f1")
        await settle(pilot)
        assert name in "".join(re.sub("[^a-z_]", "", row) for row in rows_of(app))

    play_desk(tmp_path, script, rules=RULES.replace("staff >= 10", f"{name} >= 10"))


def test_what_stands_below_the_text_is_not_told_where_one_is_elsewhere(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+g", *"Boss", "enter")
        await settle(pilot)
        assert "+5 Boss" in rows_of(app)[-4]
        await pilot.press("f3")
        await settle(pilot)
        assert rows_of(app)[-4:-2] == ["", ""]
        await pilot.press("f4", "down")
        await settle(pilot)
        told = rows_of(app)[-4]
        assert told.strip()
        await pilot.press("f3", "f4")
        await settle(pilot)
        assert rows_of(app)[-4] == told

    play_desk(tmp_path, script)


def test_every_problem_is_put_right_as_one_step(tmp_path: Path) -> None:
    rules = RULES.replace("staff >= 10", "stuff >= 10").replace('"CEO"\n  +2', '"CEO" or staff > 3 and staff < 9\n  +2')

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+p")
        await type_text(pilot, "put every")
        await pilot.press("enter")
        await settle(pilot)
        assert "staff >= 10" in app.main.editor.text
        assert "(staff > 3 and staff < 9)" in app.main.editor.text
        assert app.session.findings == ()
        await pilot.press("ctrl+z")
        assert app.main.editor.text == rules

    play_desk(tmp_path, script, rules=rules)


def test_while_proposals_are_shown_the_last_line_tells_how_to_take_one(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+end")
        await type_text(pilot, '+5 "New" when st')
        await settle(pilot)
        await pilot.pause(0.1)
        assert rows_of(app)[-1].startswith(" Tab Take it")
        await pilot.press("escape")
        await settle(pilot)
        assert rows_of(app)[-1].startswith(" ^S Save")

    play_desk(tmp_path, script, size=(80, 40))


def test_a_comment_below_a_rule_tells_nothing_of_it(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        app.main.editor.jump(8)
        await settle(pilot)
        assert "+10 Many" in "\n".join(rows_of(app))
        app.main.editor.jump(9)
        await settle(pilot)
        assert "Boss" in "\n".join(rows_of(app)[-4:])
        await pilot.press("ctrl+underscore")
        await settle(pilot)
        assert app.main.editor.document[9].lstrip().startswith("# ")
        assert "Many" not in "\n".join(rows_of(app)[-4:])

    play_desk(tmp_path, script)


def test_the_strip_tells_whole_counts_or_none(tmp_path: Path) -> None:
    stages = "".join(f'stage "A rather long stage number {number}" when total >= {number}\n' for number in (15, 20, 25))
    seen: dict[int, str] = {}

    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        for width in (60, 80, 130):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            seen[width] = next(row for row in rows_of(app) if row.startswith(" ann"))

    play_desk(tmp_path, script, rules=RULES.replace('stage "MQL" when total >= 15\n', stages))
    assert seen[60].endswith("A rather long stage number 15")
    assert seen[80].endswith("│  A rather long stage number 25 0 of 3")
    assert seen[130].endswith("25 0  │  A rather long stage number 20 0 of 3")


def test_all_of_a_field_is_selected_as_all_of_the_text_is(tmp_path: Path) -> None:
    async def script(app: LeadlineApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+f", *"visit", "ctrl+a", *"staff")
        assert app.main.query_one("#find-wanted", OrderedInput).value == "staff"

    play_desk(tmp_path, script)
