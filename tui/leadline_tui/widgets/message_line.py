"""The line below the text: the finding at the cursor, with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text

from leadline_tui.editor.colours import GLYPHS
from leadline_tui.safe import picture
from leadline_tui.session.marks import gravity_of
from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line

if TYPE_CHECKING:
    from leadline.rules import Diagnostic


class MessageLine(Line):
    """Says one thing at a time."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "message--error",
        "message--warning",
        "message--info",
        "message--place",
        "message--words",
        "message--key",
    }
    DEFAULT_CSS = """
    MessageLine {
        background: $surface-darken-1; color: $foreground; height: 2;
        .message--error { color: $text-error; text-style: bold; }
        .message--warning { color: $text-warning; text-style: bold; }
        .message--info { color: $text-muted; }
        .message--words { color: $foreground; }
        .message--place { color: $text-muted; }
        .message--key { color: $text-accent; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="message")

    def tell_finding(self, finding: Diagnostic, place: tuple[int, int]) -> None:
        """Shows a finding at a row and column, both from 0; its help stands in the second row."""
        gravity = gravity_of(finding)
        first = Text(f" {GLYPHS[gravity]} ", self._style(gravity))
        first.append(f"{place[0] + 1}:{place[1] + 1} ", self._style("place"))
        first.append(picture(finding.message), self._style("words"))
        second = Text("   ")
        if finding.edits:
            second.append("F7", self._style("key"))
            second.append(" puts it right · ", self._style("place"))
        help_ = picture(finding.help) or f"F1 tells more of {finding.name}"
        second.append(help_, self._style("place"))
        self._show_rows(first, second)

    def tell(self, said: str, place: str = "") -> None:
        """Shows words that are no finding, and where the cursor is; what came from a file may be anything. Without a
        place the words have both rows."""
        if place:
            self._show_rows(Text(f" {picture(said)}"), Text(f" {picture(place)}", self._style("place")))
            return
        rows = Text(picture(said)).wrap(self.app.console, max(1, self._width - 2))
        self._show_rows(Text(" ") + rows[0], Text(" ") + Text(" ").join(rows[1:]) if len(rows) > 1 else Text())

    def tell_rule(self, points: str, rule: str, said: str, place: str) -> None:
        """Shows what the rule at the cursor gives the pinned contact, and why."""
        first = Text(" ")
        first.append(f"{points} ", self._style("key"))
        first.append(f"{picture(rule)}: ", self._style("words"))
        first.append(picture(said), self._style("place"))
        self._show_rows(first, Text(f" {picture(place)}", self._style("place")))

    @property
    def _width(self) -> int:
        return self.size.width or self.app.size.width

    def _show_rows(self, first: Text, second: Text) -> None:
        """Shows two rows, each cut where the line ends."""
        for row in (first, second):
            row.truncate(self._width, overflow="ellipsis")
        text = Text("\n").join((first, second))
        text.end, text.no_wrap = "", True
        self.show(text)

    def _style(self, name: str) -> Style:
        return part_style(self, f"message--{name}")
