"""Lines of text that are painted only when they have changed."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static


class Line(Static):
    """Text in as many rows as its style gives it. It is no larger and no smaller for what it says."""

    DEFAULT_CSS = """
    Line { height: 1; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self._shown: Text | None = None

    def show(self, text: Text) -> None:
        """Shows a text; everything that came from a file in it went through `safe`."""
        if self._shown is None or self._shown != text or self._shown.spans != text.spans:
            self._shown = text
            self.update(text, layout=False)
