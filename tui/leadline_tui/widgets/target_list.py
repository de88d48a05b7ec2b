"""What to compile to, and for which engine."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from leadline_tui.session.targets import Target, list_engines, list_targets
from leadline_tui.widgets.marked_list import MarkedList


class TargetList(MarkedList):
    """Up and Down choose the target, Left and Right the engine."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "engine(-1)", "Another engine", show=False),
        Binding("right", "engine(1)", "Another engine", show=False),
    ]
    DEFAULT_CSS = """
    TargetList { max-height: 8; background: $panel; }
    """

    class Chosen(Message):
        """Another target or engine is chosen."""

    def __init__(self) -> None:
        self._targets, self._engines = list_targets(), list_engines()
        self._engine = 0
        super().__init__(*(Option(self._row(target, is_marked=False)) for target in self._targets), markup=False)
        self.highlighted = 0

    @property
    def target(self) -> Target:
        return self._targets[self.highlighted or 0]

    @property
    def engine(self) -> str:
        """The engine; empty where the target has none."""
        return self._engines[self._engine] if self.target.has_engine else ""

    def choose(self, target: str, engine: str, by_rule: bool) -> bool:
        """Marks a target and its engine; answers whether they are there."""
        places = [(item.name, item.by_rule) for item in self._targets]
        if (target, by_rule) not in places or (engine and engine not in self._engines):
            return False
        self._engine = self._engines.index(engine) if engine else self._engine
        self.highlighted = places.index((target, by_rule))
        self._show()
        return True

    def action_engine(self, by: int) -> None:
        if self.target.has_engine:
            self._engine = (self._engine + by) % len(self._engines)
            self._show()
            self.post_message(self.Chosen())

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show()
        self.post_message(self.Chosen())

    def _show(self) -> None:
        for index, target in enumerate(self._targets):
            self.replace_option_prompt_at_index(index, self._row(target, is_marked=index == self.highlighted))

    def _row(self, target: Target, is_marked: bool) -> Text:
        engine = self._engines[self._engine] if target.has_engine else ""
        text = Text(f"  {target.title.format(engine)}", end="", no_wrap=True)
        if is_marked and target.has_engine:
            text.append("   ← → another engine", "dim")
        return text
