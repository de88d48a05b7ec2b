"""What the editor paints: what is there, all of it, nothing else, and not more than has changed."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.pilot import Pilot
from textual.strip import Strip

import leadline
from leadline.highlight import ink_line
from leadline_tui.editor.colours import Colours
from leadline_tui.editor.painting import Row
from leadline_tui.safe import picture_line
from leadline_tui.session.marks import Mark, make_marks
from stage import EditorApp, play, rows_of
from stage.terminal import Terminal

RULES = """model "Prices"
contact
  id: text
  titel: text
  会社規模: number  # 👩‍👩‍👧
score fit
  +5 "Student" when title contains "Student"
  +9 "Many" when (会社規模 > 3)
\tstage "MQL" when total >= 5
"""

_KEYS = re.findall(
    r"\S+",
    "up down left right home end ctrl+home ctrl+end pageup pagedown enter tab shift+tab backspace delete "
    "shift+up shift+down shift+left shift+right ctrl+z ctrl+y ctrl+underscore alt+up alt+down ctrl+k ctrl+a "
    "ctrl+c ctrl+x ctrl+v a b x quotation_mark left_parenthesis right_parenthesis space number_sign 会 👍",
)


Cells = list[tuple[str, str]]


def cells_of(app: EditorApp) -> list[Cells]:
    """The screen cell by cell, as the rows remember themselves."""
    rows = []
    for strip in app.screen._compositor.render_strips():
        cells = [(character, str(part.style)) for part in strip for character in part.text]
        rows.append(cells)
    return rows


class Watched(EditorApp):
    """An editor that notes what has been sent to the terminal."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.shown: dict[int, Cells] = {}

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, LayoutUpdate):
            self.shown = dict(enumerate(cells_of(self)))
        elif isinstance(renderable, ChopsUpdate):
            now = cells_of(self)
            for y, _, _ in renderable.spans:
                if y < len(now):
                    self.shown[y] = now[y]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_sent_leaves_the_same_screen_as_painting_all_of_it(seed: int) -> None:
    app = Watched(RULES * 5)
    draw = random.Random(seed)

    async def script(app: Watched, pilot: Pilot[Any]) -> None:
        for step in range(40):
            await pilot.press(*draw.choices(_KEYS, k=3))
            if step % 10 == 7:
                findings = leadline.check(app.editor.text).diagnostics
                app.editor.set_marks(make_marks(findings, app.editor.document.lines, 1))
            if step % 15 == 11:
                await pilot.resize_terminal(draw.randint(20, 90), draw.randint(4, 30))
            await pilot.pause()
            app.editor._strips.clear()
            app.editor._styles_cache.clear()
            assert app.shown == dict(enumerate(cells_of(app))), step

    play(app, script)


def styled_by_the_toolkit(row: Row, colours: Colours) -> Cells:
    """A row as the toolkit lays styles over a text, piece by piece."""
    scroll_x, width, gutter, _ = row.place
    look = colours.looks[row.is_current]
    text = Text(picture_line(row.line) + " ", end="", no_wrap=True)
    for start, end, ink in ink_line(row.line):
        text.stylize(look.inks[ink], start, end)
    for mark in reversed(row.marks):
        text.stylize(colours.marks[mark.gravity], mark.start, mark.end)
    for start, end in row.found:
        text.stylize(colours.found, start, end)
    text.stylize(colours.selection, *(row.selected or (0, 0)))
    for column in row.brackets:
        text.stylize(colours.bracket, column, column + 1)
    if row.cursor is not None:
        text.stylize(colours.cursor, row.cursor, row.cursor + 1)
    text.expand_tabs(4)
    strip = Strip(text.render(Console()), text.cell_len).crop(scroll_x, scroll_x + width - gutter)
    strip = strip.extend_cell_length(width - gutter).apply_style(look.plain)
    return [(character, str(part.style)) for part in strip for character in part.text]


@pytest.mark.parametrize("seed", range(3))
def test_a_row_looks_as_the_toolkit_would_paint_it(seed: int) -> None:
    draw = random.Random(seed)

    def spans(length: int) -> tuple[tuple[int, int], ...]:
        return tuple((start, start + draw.randint(1, 9)) for start in draw.sample(range(length + 1), min(2, length)))

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        editor = app.editor
        await pilot.press("x")
        colours = editor._colours
        assert colours is not None
        for _ in range(300):
            line = "".join(draw.choices([*'ab+ 5"()#:\t', "when ", "会", "\x1b", "stage "], k=draw.randint(0, 30)))
            length = len(line)
            marks = [Mark(*span, draw.choice(("error", "warning")), None) for span in spans(length)]  # type: ignore[arg-type]
            row = Row(
                draw.randint(0, 99),
                line,
                tuple(marks),
                spans(length) if draw.random() < 0.3 else (),
                draw.choice((None, *spans(length))),
                draw.choice((None, draw.randint(0, length))),
                draw.random() < 0.5,
                tuple(draw.sample(range(length + 1), 1)) if draw.random() < 0.2 else (),
                (draw.choice((0, 0, 3)), draw.randint(20, 60), editor.gutter_width, 0),
            )
            strip = editor._paint(row, colours)
            cells = [(character, str(part.style)) for part in strip for character in part.text]
            assert strip.cell_length == sum(map(cell_len, strip.text)), row
            assert cells[editor.gutter_width :] == styled_by_the_toolkit(row, colours), row

    play(EditorApp(RULES), script)


def test_findings_are_underlined_and_marked_by_shape() -> None:
    app = EditorApp(RULES)
    seen: list[str] = []
    underlined: list[str] = []

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        report = leadline.check(app.editor.text)
        app.editor.set_marks(make_marks(report.diagnostics, app.editor.document.lines, 1))
        await pilot.pause()
        seen.extend(rows_of(app))
        for strip in app.screen._compositor.render_strips():
            underlined.extend(part.text for part in strip if part.style is not None and part.style.underline)

    play(app, script)
    assert seen[6].startswith("●   7 ")
    assert seen[5].startswith("    6 ")
    assert "title" in underlined


def test_marks_go_with_their_lines_while_one_types() -> None:
    app = EditorApp(RULES)

    async def script(app: EditorApp, pilot: Pilot[Any]) -> None:
        report = leadline.check(app.editor.text)
        app.editor.set_marks(make_marks(report.diagnostics, app.editor.document.lines, 1))
        assert 6 in app.editor.marks
        await pilot.press("enter", "enter")
        assert 8 in app.editor.marks
        app.editor.jump(8, 0)
        await pilot.press("space")
        await pilot.pause()
        mark = app.editor.marks[8][0]
        assert app.editor.document[8][mark.start : mark.end] == "title"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert 6 in app.editor.marks

    play(app, script)


def test_nothing_in_a_file_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    path = tmp_path / "rules.lead"
    path.write_text(
        "# \x1b]52;c;ZXZpbA==\x07 \x9b31m [red]x[/red] [@click=app.quit]go[/] \u202eabc\n", encoding="utf-8"
    )
    with Terminal(["-m", "stage.bare_editor", str(path)]) as terminal:
        written = terminal.read(until=b"[@click")
        terminal.send(b"\x11")
        terminal.wait()
    text = written.decode()
    assert "]52;c" in text, "the text itself is shown"
    assert "\x1b]52;c;ZXZpbA" not in text
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert "[red]x[/red]" in text


def test_keys_that_arrive_together_take_effect_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "rules.lead"
    path.write_text("one\ntwo\nthree\n", encoding="utf-8")
    with Terminal(["-m", "stage.bare_editor", str(path)]) as terminal:
        terminal.read(until=b"three")
        terminal.send(b"ab\x7fc\x1b[B\x1b[BX\x1b[H>\rend\x1a")
        terminal.read()
        terminal.send(b"\x11")
        terminal.wait()
    assert path.read_text(encoding="utf-8") == "acone\ntwo\n>\nthXree\n"


def test_a_key_in_a_long_file_sends_little(tmp_path: Path) -> None:
    path = tmp_path / "rules.lead"
    path.write_text(RULES * 220, encoding="utf-8")
    with Terminal(["-m", "stage.bare_editor", str(path)], size=(200, 50)) as terminal:
        terminal.read(until=b"Student")
        terminal.send(b"\x1b[B\x1b[B")
        terminal.read()
        sent = []
        for key in (b"x", b"y", b"\x7f", b"\x1b[C"):
            terminal.send(key)
            sent.append(len(terminal.read()))
        terminal.send(b"\x11")
        terminal.wait()
    assert max(sent) < 8_000
