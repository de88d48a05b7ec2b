"""The list of proposals below the cursor. It never has the focus: the editor hands it the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Static

from leadline_tui.safe import picture
from leadline_tui.styles import part_style

if TYPE_CHECKING:
    from leadline.completion import Item

_WIDEST = 60
_NARROWEST = 24


class CompletionPopup(Static):
    """Shows some rows of the proposals with one of them marked."""

    ROWS: ClassVar[int] = 8
    COMPONENT_CLASSES: ClassVar[set[str]] = {"popup--marked", "popup--detail"}
    DEFAULT_CSS = """
    CompletionPopup {
        overlay: screen; display: none; width: auto; height: auto;
        background: $panel; color: $foreground;
        .popup--marked { background: $primary; color: $text; text-style: bold; }
        .popup--detail { color: $text-muted; }
    }
    """

    class Taken(Message):
        """A proposal was clicked."""

    class Turned(Message):
        """The list was opened or closed."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._items: Sequence[Item] = ()
        self._index = 0
        self._top = 0
        self.was_moved = False

    @property
    def is_open(self) -> bool:
        return bool(self._items)

    @property
    def marked(self) -> Item | None:
        return self._items[self._index] if self._items else None

    def open(self, items: Sequence[Item], place: tuple[int, int]) -> None:
        """Shows proposals at a place of the screen: below its line, or above where there is no room below."""
        is_same = list(items) == list(self._items)
        if not self._items:
            self.post_message(self.Turned())
        self._items = items
        if not is_same:
            self._index, self._top, self.was_moved = 0, 0, False
        x, y = place
        rows = min(self.ROWS, len(items))
        screen = self.screen.size
        below = y + 1 + rows <= screen.height
        self.absolute_offset = Offset(max(0, min(x - 2, screen.width - self._width())), y + 1 if below else y - rows)
        self.display = True
        self._show()

    def close(self) -> None:
        if self._items:
            self._items = ()
            self.display = False
            self.post_message(self.Turned())

    def move(self, by: int) -> bool:
        """Marks another proposal; answers whether the list is open at all."""
        if not self._items:
            return False
        self.was_moved = True
        last = len(self._items) - 1
        if abs(by) == 1:
            self._index = (self._index + by) % (last + 1)
        else:
            self._index = max(0, min(last, self._index + by))
        self._top = max(min(self._top, self._index), self._index - self.ROWS + 1)
        self._show()
        return True

    def on_click(self, event: events.Click) -> None:
        row = self._top + event.y
        if row < len(self._items):
            self._index, self.was_moved = row, True
            self.post_message(self.Taken())

    def _width(self) -> int:
        widest = max((len(item.text) + len(_detail(item)) + 4 for item in self._items), default=0)
        return max(_NARROWEST, min(_WIDEST, widest))

    def _show(self) -> None:
        width = self._width()
        shown = self._items[self._top : self._top + self.ROWS]
        rows = [self._row(item, index + self._top == self._index, width) for index, item in enumerate(shown)]
        self.update(Text("\n", end="").join(rows))

    def _row(self, item: Item, is_marked: bool, width: int) -> Text:
        text, detail = picture(item.text), picture(_detail(item))
        row = Text("▸ " if is_marked else "  ", end="", no_wrap=True)
        row.append(text)
        room = width - row.cell_len - 2
        if room > 3:
            row.append(f"  {detail[:room]}", part_style(self, "popup--detail"))
        row.truncate(width, pad=True)
        if is_marked:
            row.stylize(part_style(self, "popup--marked"))
        return row


def _detail(item: Item) -> str:
    """What the proposal is, unless its words say it."""
    kind = "" if item.kind in ("word", "statement") else item.kind
    return f"{kind} · {item.detail}" if kind and item.detail else kind or item.detail
