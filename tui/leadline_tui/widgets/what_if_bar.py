"""What if: what is supposed of the pinned contact, what that makes of it, and a field for one more change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.safe import picture
from leadline_tui.styles import part_style
from leadline_tui.widgets.one_line import Line

_WORDS = "-1   today = +14d   undo   clear   keep"


class _Ends(Suggester):
    """Proposes how a change goes on; asked anew each time, since rules and contacts change."""

    def __init__(self, propose: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._propose = propose

    async def get_suggestion(self, value: str) -> str | None:
        return self._propose(value)


class ChangeInput(OrderedInput):
    """Tab takes the proposal, as Right does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take_proposal", "Take the proposal", show=False, id="what_if.take"),
    ]

    def action_take_proposal(self) -> None:
        if self._suggestion:
            self.value = self._suggestion
            self.cursor_position = len(self.value)


class WhatIfBar(Vertical):
    """Enter makes a change; Escape closes the field, and what is supposed stays until it is cleared."""

    HELP = "what-if"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, id="what_if.close"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"what-if--label", "what-if--quiet", "what-if--fault"}
    DEFAULT_CSS = """
    WhatIfBar {
        display: none; height: auto; background: $panel;
        &.-open, &.-some { display: block; }
        Line { text-wrap: nowrap; text-overflow: ellipsis; }
        ChangeInput { display: none; border: none; height: 1; padding: 0 1; background: $boost; }
        &.-open ChangeInput { display: block; }
        .what-if--label { color: $text-accent; text-style: bold; }
        .what-if--quiet { color: $text-muted; }
        .what-if--fault { color: $text-error; text-style: bold; }
    }
    """

    @dataclass
    class Supposed(Message):
        """A change was typed, or one of the words `undo`, `clear` and `keep`."""

        text: str

    class Closed(Message):
        """The field was closed."""

    def __init__(self, propose: Callable[[str], str | None]) -> None:
        super().__init__(id="what-if")
        self._propose = propose

    def compose(self) -> ComposeResult:
        yield Line(id="what-if-told")
        yield ChangeInput(placeholder=_WORDS, id="what-if-change", compact=True, suggester=_Ends(self._propose))

    @property
    def field(self) -> ChangeInput:
        return self.query_one(ChangeInput)

    def open(self, begun: str = "") -> None:
        """Opens the field, with a change that is begun."""
        self.add_class("-open")
        if begun:
            self.field.value = begun
        self.field.focus()
        # What is begun is to go on, not to be typed over.
        self.call_after_refresh(self._go_to_end)

    def _go_to_end(self) -> None:
        self.field.cursor_position = len(self.field.value)

    def tell(self, contact: str, changes: Sequence[str], day: str, examples: str) -> None:
        """Shows what is supposed of a contact, and as of when it is scored; `examples` are changes to begin with."""
        self.field.placeholder = f"{picture(examples)}   {_WORDS}"
        self.set_class(bool(changes), "-some")
        text = Text(" What if ", style=self._style("label"), end="", no_wrap=True, overflow="ellipsis")
        text.append(f"{picture(contact)}  ", "")
        said = " · ".join(map(picture, changes)) or "as it is: type a change, Enter makes it"
        text.append(said, self._style("quiet") if not changes else "")
        text.append(f"   as of {day}", self._style("quiet"))
        self.query_one("#what-if-told", Line).show(text)

    def tell_fault(self, message: str) -> None:
        """Says why a change cannot be made."""
        text = Text(f" {picture(message)}", style=self._style("fault"), end="", no_wrap=True, overflow="ellipsis")
        self.query_one("#what-if-told", Line).show(text)

    def action_close(self) -> None:
        self.remove_class("-open")
        self.field.value = ""
        self.post_message(self.Closed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.post_message(self.Supposed(event.value.strip()))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()

    def _style(self, name: str) -> Style:
        return part_style(self, f"what-if--{name}")
