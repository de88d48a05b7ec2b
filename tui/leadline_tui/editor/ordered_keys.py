"""Keys take effect in the order in which they were pressed.

A key that is bound to an action travels up to the app before it acts, while one that types a character acts at
once. Where several arrive together, as they do over a slow line, the later overtakes the earlier. Here the
bindings of a focused field, and of all that it stands in, act at once too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import Input

from leadline_tui.safe import picture

if TYPE_CHECKING:
    from textual.widget import Widget as _Field
else:
    # Styles are inherited through the first base that is a widget, which is to be the field's own.
    _Field = object


class OrderedKeys(_Field):
    """Mixed into a field that text is typed into, before its own class."""

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not self._binds(event.key):
            return
        for node, bindings in self.screen._modal_binding_chain:
            for binding in bindings.key_to_bindings.get(event.key, ()):
                if not binding.priority and await self.app.run_action(binding.action, node):
                    event.stop()
                    event.prevent_default()
                    return

    def _binds(self, key: str) -> bool:
        """Whether the field itself binds the key, with what the user's keymap makes of it."""
        chain = self.screen._modal_binding_chain
        return any(node is self and key in bindings.key_to_bindings for node, bindings in chain)


class OrderedInput(OrderedKeys, Input):
    """A line of text whose keys take effect in order; what is in it, and what is proposed, may come from anywhere."""

    # As in the text; the toolkit's own goes to the beginning, as Home does.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+a", "select_all", "Select all", show=False)]

    @property
    def _value(self) -> Text:
        return Text(picture(self.value), no_wrap=True, overflow="ignore", end="")

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        # How the text may go on is painted as it is.
        parts = [Segment(picture(part.text), part.style, part.control) for part in strip]
        return Strip(parts).adjust_cell_length(strip.cell_length)
