"""The first line: the file, the panes, and how many problems there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.message import Message

from leadline_tui.safe import picture
from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line

PANES = (("rules", "F2", "Rules"), ("contacts", "F3", "Contacts"), ("why", "F4", "Why"), ("effect", "F5", "Effect"))
"""Each pane's name, key and title."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line tells."""

    name: str
    is_changed: bool
    pane: str
    errors: int
    warnings: int
    is_checking: bool
    is_read_only: bool = False


class TopLine(Line):
    """Clicking on a pane's name goes there, on the problems to their list."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"top--file", "top--active", "top--error", "top--warning", "top--quiet"}
    DEFAULT_CSS = """
    TopLine {
        background: $panel; color: $foreground;
        .top--file { text-style: bold; }
        .top--active { background: $primary; color: $text; text-style: bold; }
        .top--error { color: $text-error; text-style: bold; }
        .top--warning { color: $text-warning; text-style: bold; }
        .top--quiet { color: $text-muted; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A pane, or `problems`, was clicked."""

        pane: str

    def __init__(self) -> None:
        super().__init__(id="top")
        self._places: list[tuple[int, int, str]] = []

    def tell(self, head: Head) -> None:
        """Shows the state of the editor."""
        width = self.size.width or self.app.size.width
        right = self._problems(head)
        name = f" {picture(head.name)}{' •' if head.is_changed else ''}{' (read only)' if head.is_read_only else ''} "
        tabs = sum(len(key) + len(title) + 3 for _, key, title in PANES)
        room = max(8, width - tabs - right.cell_len - 2)
        left = Text(name, style=part_style(self, "top--file"), end="", no_wrap=True)
        left.truncate(room, overflow="ellipsis")
        self._places = []
        for pane, key, title in PANES:
            style = "top--active" if pane == head.pane else "top--quiet"
            start = left.cell_len
            left.append(f" {key} {title} ", part_style(self, style))
            self._places.append((start, left.cell_len, pane))
        gap = max(1, width - left.cell_len - right.cell_len)
        self._places.append((left.cell_len + gap, width, "problems"))
        left.append(" " * gap)
        left.append_text(right)
        self.show(left)

    def _problems(self, head: Head) -> Text:
        text = Text(end="")
        if head.is_checking:
            text.append("… ", part_style(self, "top--quiet"))
        if head.errors:
            text.append(f"● {head.errors} ", part_style(self, "top--error"))
        if head.warnings:
            text.append(f"▲ {head.warnings} ", part_style(self, "top--warning"))
        if not head.errors and not head.warnings and not head.is_checking:
            text.append("✓ ", part_style(self, "top--quiet"))
        return text

    def on_click(self, event: events.Click) -> None:
        for start, end, pane in self._places:
            if start <= event.x < end:
                self.post_message(self.Chosen(pane))
