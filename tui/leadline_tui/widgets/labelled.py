"""A line of text to type, with a word in front of it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from leadline_tui.editor.ordered_keys import OrderedInput


class Labelled(Horizontal):
    """A field of a dialog."""

    DEFAULT_CSS = """
    Labelled { height: 1; }
    Labelled Static { width: 16; color: $text-muted; }
    Labelled Input { width: 1fr; border: none; height: 1; padding: 0 1; background: $boost; }
    """

    def __init__(self, label: str, id: str, placeholder: str = "") -> None:
        super().__init__(id=id)
        self._label, self._placeholder = label, placeholder

    def compose(self) -> ComposeResult:
        yield Static(self._label, markup=False)
        yield OrderedInput(placeholder=self._placeholder, compact=True)

    @property
    def field(self) -> OrderedInput:
        return self.query_one(OrderedInput)

    @property
    def value(self) -> str:
        """What is typed, without blanks around it."""
        return self.field.value.strip()
