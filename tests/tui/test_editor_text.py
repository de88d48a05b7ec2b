"""The editor's text: what is typed, pasted and undone stays what it is."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from leadline_tui.editor.document import RulesDocument
from stage import EditorApp, play, rows_of, type_text

Script = Any


def text_after(text: str, *keys: str, size: tuple[int, int] = (80, 24)) -> tuple[str, tuple[int, int]]:
    """The text and the cursor's place once some keys have been pressed in an editor."""
    app = EditorApp(text)

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        await pilot.press(*keys)

    play(app, script, size)
    return app.editor.text, app.editor.cursor_location


@pytest.mark.parametrize(
    "text",
    ["", "a", "a\n", "a\r\nb\r\n", "a\r\nb\n", "a\rb", "a\x0bb\x0cc\x1cd\x85e\u2028f\n", "\n\n", "\r\n", "\ufeffa\n"],
)
def test_a_text_that_is_not_edited_stays_the_same_byte_for_byte(text: str) -> None:
    document = RulesDocument(text)
    assert document.text == text
    document.replace_range((0, 0), (0, 0), "x")
    document.replace_range((0, 0), (0, 1), "")
    assert document.text == text


def test_only_line_feeds_end_lines() -> None:
    app = EditorApp("one\x0b\x0c\x85two\u2028three\rfour\nfive")
    seen: list[str] = []

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        seen.extend(rows_of(app))

    play(app, script)
    assert app.editor.document.line_count == 2
    assert seen[0].strip() == "1 one␋␌␤two␤three␍four"


def test_enter_in_a_file_with_windows_line_ends_makes_such_an_end() -> None:
    text, _ = text_after("ab\r\ncd\r\n", "right", "enter")
    assert text == "a\r\nb\r\ncd\r\n"


def test_undoing_a_paste_of_several_lines_gives_the_text_back() -> None:
    app = EditorApp("first\nlast")

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        await pilot.press("ctrl+end")
        app.editor.post_message(events.Paste("one\rtwo\r\nthree\n"))
        await pilot.pause()
        assert app.editor.text == "first\nlastone\ntwo\nthree\n"
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert app.editor.text == "first\nlast"
        assert app.editor.cursor_location == (1, 4)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert app.editor.text == "first\nlastone\ntwo\nthree\n"

    play(app, script)


def test_a_thousand_steps_can_be_undone() -> None:
    app = EditorApp("")

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        for number in range(999):
            app.editor.insert(f"{number}\n")
        for _ in range(999):
            app.editor.undo()
        assert app.editor.text == ""

    play(app, script)


@pytest.mark.parametrize("character", ["👩‍👩‍👧", "🇯🇵", "👍🏽", "e\u0301", "한", "会", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u1112\u1161\u11ab"])
def test_one_key_passes_or_deletes_one_character_as_people_see_it(character: str) -> None:
    line = f"a{character}b"
    assert text_after(line, "right", "right")[1] == (0, 1 + len(character))
    assert text_after(line, "end", "left", "left")[1] == (0, 1)
    assert text_after(line, "end", "left", "backspace")[0] == "ab"
    assert text_after(line, "right", "delete")[0] == "ab"


def test_going_up_and_down_never_stops_inside_a_character() -> None:
    _, place = text_after("abcdef\n🇯🇵🇯🇵🇯🇵", "right", "right", "right", "down")
    assert place in ((1, 2), (1, 4))


def test_the_cursor_can_go_to_both_ends_of_the_text() -> None:
    assert text_after("a\nbc\nd", "ctrl+end")[1] == (2, 1)
    assert text_after("a\nbc\nd", "ctrl+end", "ctrl+home")[1] == (0, 0)
    assert text_after("a\nbc\nd", "ctrl+shift+end", "backspace")[0] == ""


def test_enter_keeps_the_indentation_and_goes_in_below_what_opens_a_block() -> None:
    assert text_after("score fit", "end", "enter")[0] == "score fit\n  "
    assert text_after('  +5 "A" when b', "end", "enter")[0] == '  +5 "A" when b\n  '
    assert text_after('  points "A" by b', "end", "enter")[0] == '  points "A" by b\n    '
    assert text_after("stage", "end", "enter")[0] == "stage\n"


def test_tab_indents_and_backspace_takes_it_back() -> None:
    assert text_after("a", "tab")[0] == "  a"
    assert text_after("    a", "right", "right", "right", "right", "backspace")[0] == "  a"
    assert text_after("a\nb\nc", "shift+down", "tab")[0] == "  a\n  b\nc"
    assert text_after("  a\n b\nc", "shift+down", "shift+tab")[0] == "a\nb\nc"


def test_comments_go_on_and_off_together_as_one_step() -> None:
    commented, _ = text_after("  a\n    b\n", "shift+down", "ctrl+underscore")
    assert commented == "  # a\n  #   b\n"
    assert text_after(commented, "shift+down", "ctrl+underscore")[0] == "  a\n    b\n"
    assert text_after("  a\n    b\n", "shift+down", "ctrl+underscore", "ctrl+z")[0] == "  a\n    b\n"


def test_lines_can_be_moved() -> None:
    assert text_after("a\nb\nc", "alt+down")[0] == "b\na\nc"
    assert text_after("a\nb\nc", "down", "alt+up", "alt+up")[0] == "b\na\nc"


def test_a_text_can_be_replaced_as_one_step_that_keeps_the_cursor_on_its_line() -> None:
    app = EditorApp("a\nb\nc\nd")

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        for text in ("a\nB\nc\nd", "a\nd", "x\ny\na\nd", "a\nd\nz", "", "a"):
            before = app.editor.text
            app.editor.replace_text(text)
            assert app.editor.text == text
            app.editor.undo()
            assert app.editor.text == before
            app.editor.redo()

    play(app, script)


def test_a_file_that_is_only_shown_cannot_be_changed() -> None:
    app = EditorApp("score fit\n", read_only=True)

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        await pilot.press("x", "enter", "tab", "backspace", "ctrl+k", "ctrl+underscore", "alt+down", "delete")
        await type_text(pilot, "abc")
        assert app.editor.text == "score fit\n"

    play(app, script)
