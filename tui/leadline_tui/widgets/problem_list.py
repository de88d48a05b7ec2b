"""All findings, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadline_tui.editor.colours import GLYPHS
from leadline_tui.safe import picture
from leadline_tui.session.marks import gravity_of
from leadline_tui.styles import part_style
from leadline_tui.widgets.marked_list import MarkedList

if TYPE_CHECKING:
    from leadline.rules import Diagnostic

_ORDER = ("error", "warning", "info")
_MOST = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding with its place as people count it, or the name of the included file that it is in."""

    finding: Diagnostic
    place: str


class ProblemList(MarkedList):
    """Enter goes to a problem."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f7", "fix", "Put right", show=False, id="problems.fix")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"problems--error", "problems--warning", "problems--info"}
    DEFAULT_CSS = """
    ProblemList {
        max-height: 8; background: $surface;
        border-top: solid $foreground 20%;
        &:focus { border: none; border-top: solid $primary; }
        .problems--error { color: $text-error; text-style: bold; }
        .problems--warning { color: $text-warning; text-style: bold; }
        .problems--info { color: $text-muted; }
    }
    """

    @dataclass
    class Chosen(Message):
        """A problem to go to, and whether to put it right as well."""

        finding: Diagnostic
        is_to_be_fixed: bool = False

    def __init__(self) -> None:
        super().__init__(id="problems", markup=False)
        self._problems: list[Problem] = []

    def tell(self, problems: Sequence[Problem]) -> None:
        """Shows findings; the one that was marked stays marked where it is still there."""
        ordered = sorted(problems, key=lambda item: _ORDER.index(gravity_of(item.finding)))[:_MOST]
        if ordered == self._problems:
            return
        marked = self._problems[self.highlighted] if self.highlighted is not None and self._problems else None
        self._problems = ordered
        self.set_options([Option(self._row(item)) for item in ordered])
        self.border_title = Text(f"Problems {len(problems):,}", end="") if problems else Text("No problems", end="")
        same = (i for i, item in enumerate(ordered) if marked and item.finding.message == marked.finding.message)
        self.highlighted = next(same, 0 if ordered else None)

    def _row(self, problem: Problem) -> Text:
        gravity = gravity_of(problem.finding)
        text = Text("  ", end="", no_wrap=True)
        text.append(f"{GLYPHS[gravity]} ", part_style(self, f"problems--{gravity}"))
        text.append(f"{picture(problem.place):<8} ", part_style(self, "problems--info"))
        text.append(picture(problem.finding.message))
        if problem.finding.edits:
            text.append("  F7", part_style(self, "problems--info"))
        return text

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._problems[event.option_index].finding))

    def action_fix(self) -> None:
        """Puts the marked problem right."""
        if self.highlighted is not None and self._problems:
            self.post_message(self.Chosen(self._problems[self.highlighted].finding, is_to_be_fixed=True))
