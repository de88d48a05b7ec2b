"""Questions that lie over the main screen: a choice, a line of text, something to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.safe import picture
from leadline_tui.widgets.marked_list import MarkedList

_FRAME = """
    {name} {{ align: center middle; }}
    {name} > Vertical, {name} > VerticalScroll {{
        width: 72; max-width: 96%; height: auto; max-height: 90%;
        background: $panel; border: round $primary; padding: 0 1;
    }}
    {name} .words {{ height: auto; margin: 0 0 1 0; }}
    {name} MarkedList {{ max-height: 16; background: $panel; }}
    {name} Input {{ border: none; height: 1; padding: 0 1; background: $boost; margin: 0 0 1 0; }}
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: what is answered, the key that chooses it, and its words."""

    answer: str
    key: str
    words: str


class ChoiceScreen(ModalScreen[str]):
    """Answers the chosen answer, or the empty text where the question was left with Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]
    DEFAULT_CSS = _FRAME.format(name="ChoiceScreen")

    def __init__(self, title: str, words: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title, self._words, self._choices = title, words, choices

    def compose(self) -> ComposeResult:
        with Vertical() as frame:
            frame.border_title = Text(picture(self._title), end="")
            if self._words:
                yield Static(Text("\n").join(Text(picture(line)) for line in self._words.split("\n")), classes="words")
            yield MarkedList(*(Option(self._row(choice)) for choice in self._choices), markup=False)

    @staticmethod
    def _row(choice: Choice) -> Text:
        return Text.assemble("  ", (f" {choice.key.upper()} ", "bold reverse"), f"  {picture(choice.words)}")

    def on_key(self, event: events.Key) -> None:
        for choice in self._choices:
            if event.character is not None and event.character.lower() == choice.key:
                event.stop()
                self.dismiss(choice.answer)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].answer)

    def action_leave(self) -> None:
        self.dismiss("")


class InputScreen(ModalScreen[str]):
    """Answers a line of text, or the empty text where the question was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]
    DEFAULT_CSS = _FRAME.format(name="InputScreen")

    def __init__(self, title: str, value: str, words: str = "") -> None:
        super().__init__()
        self._title, self._value, self._words = title, value, words

    def compose(self) -> ComposeResult:
        with Vertical() as frame:
            frame.border_title = Text(picture(self._title), end="")
            yield OrderedInput(self._value, compact=True)
            yield Static(Text(picture(self._words), style="dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        self.dismiss("")


class TextScreen(ModalScreen[None]):
    """Something to read; any of Escape, Enter, q and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,f1", "leave", "Close", show=False)]
    DEFAULT_CSS = (
        _FRAME.format(name="TextScreen")
        + """
    TextScreen > VerticalScroll { width: 100; }
    TextScreen Static { height: auto; }
    """
    )

    def __init__(self, title: str, text: Text) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        with VerticalScroll() as frame:
            frame.border_title = Text(picture(self._title), end="")
            frame.border_subtitle = Text("Escape closes", end="")
            yield Static(self._text)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        self.dismiss(None)
