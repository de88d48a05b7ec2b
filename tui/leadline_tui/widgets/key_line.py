"""The last line: the keys that matter where one is. Each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events

from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line


class KeyLine(Line):
    """Shows keys with what they do, as many as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--words"}
    DEFAULT_CSS = """
    KeyLine {
        background: $panel; color: $foreground;
        .keys--key { color: $text-accent; text-style: bold; }
        .keys--words { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._places: list[tuple[int, int, str]] = []

    def tell(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Shows keys: how they are written, what they do, and the action that a click runs."""
        width = self.size.width or self.app.size.width
        text = Text(" ", end="", no_wrap=True)
        self._places = []
        for key, words, action in keys:
            if text.cell_len + len(key) + len(words) + 2 > width:
                break
            start = text.cell_len
            text.append(key, part_style(self, "keys--key"))
            text.append(f" {words}", part_style(self, "keys--words"))
            self._places.append((start, text.cell_len, action))
            text.append("  ")
        self.show(text)

    async def on_click(self, event: events.Click) -> None:
        for start, end, action in self._places:
            if start <= event.x < end and action:
                await self.screen.run_action(action)
