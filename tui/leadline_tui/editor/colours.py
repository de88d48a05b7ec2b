"""The styles of the editor, worked out once for a theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rich.style import Style
from textual.widgets import TextArea

from leadline.highlight import Ink
from leadline_tui.styles import part_style

INK_CLASSES = {ink: f"lead--{ink.value}" for ink in Ink}
MARK_CLASSES = {"error": "lead--error", "warning": "lead--warning", "info": "lead--info"}
FOUND_CLASS = "lead--found"
COMPONENTS = frozenset({*INK_CLASSES.values(), *MARK_CLASSES.values(), FOUND_CLASS})
GLYPHS = {"error": "●", "warning": "▲", "info": "·"}
"""Gravity is told by shape, so that it is told without colours too."""

_PLAIN = {
    Ink.STATEMENT: ("#ff55ff", "#aa00aa"),
    Ink.WORD: ("#55ffff", "#0000aa"),
    Ink.TYPE: ("#00aaaa", "#00aaaa"),
    Ink.NAME: ("#ffffff", "#000000"),
    Ink.DECLARED: ("#ffffff", "#000000"),
    Ink.POINTS: ("#ffff55", "#aa5500"),
    Ink.NUMBER: ("#ffff55", "#aa5500"),
    Ink.DATE: ("#ffff55", "#aa5500"),
    Ink.TEXT: ("#55ff55", "#00aa00"),
    Ink.COMMENT: ("#aaaaaa", "#555555"),
    Ink.FAULTY: ("#ff5555", "#aa0000"),
}
"""On a dark and on a light background, where there are 16 colours: the nearest to those of a theme are all greys."""
_PLAIN_MARKS = {"error": ("#ff5555", "#aa0000"), "warning": ("#ffff55", "#aa5500"), "info": ("#aaaaaa", "#555555")}


class Look(NamedTuple):
    """What a line's pieces are painted with: those without a colour of their own, and the others."""

    plain: Style
    inks: dict[Ink, Style]


@dataclass(frozen=True, slots=True)
class Colours:
    """What a row is painted with. `looks` are of the other lines and of the one with the cursor; `marks` underline;
    `glyphs` are the same without the line."""

    base: Style
    gutter: Style
    gutter_current: Style
    cursor: Style
    selection: Style
    bracket: Style
    found: Style
    looks: tuple[Look, Look]
    marks: dict[str, Style]
    glyphs: dict[str, Style]


def read_colours(area: TextArea) -> Colours:
    """The styles as the theme has them now."""
    theme = area._theme
    theme.apply_css(area)
    empty = Style()
    inks = {ink: _foreground(area, name) for ink, name in INK_CLASSES.items()}
    glyphs = {gravity: _foreground(area, name) for gravity, name in MARK_CLASSES.items()}
    if area.app.console.color_system == "standard":
        dark = 0 if area.app.current_theme.dark else 1
        inks = {ink: style + Style(color=_PLAIN[ink][dark]) for ink, style in inks.items()}
        glyphs = {gravity: style + Style(color=_PLAIN_MARKS[gravity][dark]) for gravity, style in glyphs.items()}
    base, line = theme.base_style or empty, theme.cursor_line_style
    # A colour of its own would hide those of the words.
    current = base + Style(bgcolor=line.bgcolor) if line else base
    looks = (_look(base, inks), _look(current, inks))
    return Colours(
        base=base,
        gutter=theme.gutter_style or empty,
        gutter_current=theme.cursor_line_gutter_style or empty,
        cursor=theme.cursor_style or Style(reverse=True),
        selection=theme.selection_style or Style(reverse=True),
        bracket=theme.bracket_matching_style or empty,
        found=part_style(area, FOUND_CLASS),
        looks=looks,
        # A warning leaves the words their colours: the line below them and the mark in the margin say enough.
        marks={
            "error": Style(underline=True, color=glyphs["error"].color),
            "warning": Style(underline=True),
            "info": empty,
        },
        glyphs=glyphs,
    )


def _look(plain: Style, inks: dict[Ink, Style]) -> Look:
    return Look(plain, {ink: plain + style for ink, style in inks.items()})


def _foreground(area: TextArea, name: str) -> Style:
    style = part_style(area, name)
    return Style(color=style.color, bold=style.bold, italic=style.italic, dim=style.dim)
