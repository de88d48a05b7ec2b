"""Finding and replacing, in a line below the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.widgets.one_line import Line


class FindBar(Horizontal):
    """Enter and Down go on, Up goes back, Escape closes. Ctrl+R opens the field for what takes its place."""

    HELP = "find"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, id="find.close"),
        Binding("down", "step('next')", "Next", show=False, id="find.next"),
        Binding("up", "step('previous')", "Previous", show=False, id="find.previous"),
        Binding("ctrl+r", "replacing", "Replace", show=False, id="find.replacing"),
        Binding("ctrl+t", "step('all')", "Replace all", show=False, id="find.all"),
    ]
    DEFAULT_CSS = """
    FindBar {
        display: none; height: 1; background: $panel;
        &.-open { display: block; }
        Input { width: 1fr; border: none; height: 1; padding: 0 1; background: $boost; }
        #find-by { display: none; }
        &.-replacing #find-by { display: block; }
        Line { width: auto; min-width: 17; color: $text-muted; padding: 0 1; }
    }
    """

    @dataclass
    class Sought(Message):
        """What is to be found has changed; empty where the bar was closed."""

        wanted: str

    @dataclass
    class Stepped(Message):
        """Another place is wanted, or one is to be replaced, or all."""

        step: Literal["next", "previous", "replace", "all"]

    def __init__(self) -> None:
        super().__init__(id="find")

    def compose(self) -> ComposeResult:
        yield OrderedInput(placeholder="find", id="find-wanted", compact=True)
        yield OrderedInput(placeholder="replace by", id="find-by", compact=True)
        yield Line(id="find-told")

    @property
    def wanted(self) -> str:
        return self.query_one("#find-wanted", Input).value

    @property
    def by(self) -> str:
        return self.query_one("#find-by", Input).value

    @property
    def is_open(self) -> bool:
        return self.has_class("-open")

    def open(self, wanted: str) -> None:
        """Opens the bar, with a text to begin with."""
        self.add_class("-open")
        field = self.query_one("#find-wanted", Input)
        if wanted:
            field.value = wanted
        field.focus()
        field.select_all()
        self.post_message(self.Sought(field.value))

    def tell(self, at: int | None, count: int) -> None:
        """Says which of how many places the cursor is at."""
        found = "nothing found" if self.wanted and not count else f"{at + 1} of {count:,}" if at is not None else ""
        self.query_one("#find-told", Line).update(Text(found, end=""))

    def action_close(self) -> None:
        self.remove_class("-open", "-replacing")
        self.post_message(self.Sought(""))

    def action_replacing(self) -> None:
        self.add_class("-replacing")
        self.query_one("#find-by", Input).focus()
        self.post_message(self.Sought(self.wanted))

    def action_step(self, step: Literal["next", "previous", "replace", "all"]) -> None:
        if step != "all" or self.has_class("-replacing"):
            self.post_message(self.Stepped(step))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == "find-wanted" and self.is_open:
            self.post_message(self.Sought(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Stepped("replace" if event.input.id == "find-by" else "next"))
