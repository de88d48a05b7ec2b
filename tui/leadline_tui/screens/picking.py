"""A list that one types into: what fits is left, Enter takes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from leadline_tui.editor.ordered_keys import OrderedInput
from leadline_tui.widgets.marked_list import MarkedList

T = TypeVar("T")
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Pick(Generic[T]):
    """Something to be picked: what is answered, and how it is shown in one row."""

    answer: T
    row: Text


class PickScreen(ModalScreen[T | None]):
    """Answers what was picked; None where nothing was. `offer` tells what fits a text, the best first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("down", "step(1)", "Next", show=False),
        Binding("up", "step(-1)", "Previous", show=False),
        Binding("pagedown", "step(10)", "A page on", show=False),
        Binding("pageup", "step(-10)", "A page back", show=False),
    ]
    DEFAULT_CSS = """
    PickScreen { align: center middle; }
    PickScreen > Vertical {
        width: 84; max-width: 98%; height: auto; max-height: 90%;
        background: $panel; border: round $primary; padding: 0 1;
    }
    PickScreen MarkedList { max-height: 16; background: $panel; }
    PickScreen Input { border: none; height: 1; padding: 0 1; background: $boost; margin: 0 0 1 0; }
    PickScreen Static { height: auto; color: $text-muted; }
    """

    def __init__(self, title: str, placeholder: str, offer: Callable[[str], Sequence[Pick[T]]]) -> None:
        super().__init__()
        self._title, self._placeholder, self._offer = title, placeholder, offer
        self._fitting: Sequence[Pick[T]] = ()

    def compose(self) -> ComposeResult:
        with Vertical() as frame:
            frame.border_title = Text(self._title, end="")
            yield OrderedInput(placeholder=self._placeholder, compact=True)
            options = MarkedList(markup=False)
            options.can_focus = False
            yield options
            yield Static("", markup=False)

    def on_mount(self) -> None:
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, wanted: str) -> None:
        found = self._offer(wanted.strip())
        self._fitting = found[:MOST_SHOWN]
        options = self.query_one(MarkedList)
        options.set_options([Option(pick.row) for pick in self._fitting])
        options.highlighted = 0 if self._fitting else None
        left_out = len(found) - len(self._fitting)
        said = f"and {left_out:,} more: type more of the name" if left_out else "" if found else "nothing fits"
        below = self.query_one(Static)
        below.update(said)
        below.display = bool(said)

    def action_step(self, by: int) -> None:
        """Marks another one; a step of one goes round."""
        options, last = self.query_one(MarkedList), len(self._fitting) - 1
        if last >= 0:
            at = (options.highlighted or 0) + by
            options.highlighted = at % (last + 1) if abs(by) == 1 else max(0, min(last, at))

    def on_input_submitted(self) -> None:
        if self._fitting:
            self.dismiss(self._fitting[self.query_one(MarkedList).highlighted or 0].answer)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._fitting[event.option_index].answer)

    def action_leave(self) -> None:
        self.dismiss(None)
