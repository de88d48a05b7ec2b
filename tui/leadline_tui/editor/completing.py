"""Proposals while one types: when they are asked for, and what keys do while they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from textual.document._document import EditResult, Location, Selection
from textual.timer import Timer
from textual.widgets import TextArea

from leadline_tui.editor.painting import document_of
from leadline_tui.widgets.completion_popup import CompletionPopup

if TYPE_CHECKING:
    from leadline.completion import Completion, Item

_PAUSE = 0.05
"""Seconds without a key before proposals are worked out: a burst of keys asks once."""
_TYPED = re.compile(r'(?:\w\w|"\w)$')
"""What must stand before the cursor for proposals to come by themselves."""

Proposer: TypeAlias = "Callable[[str, int], Completion]"


class Completing(TextArea):
    """Mixed into the editor. `proposer` answers what may stand at an offset; `popup` shows it."""

    proposer: Proposer | None = None
    popup: CompletionPopup | None = None
    _asking: Timer | None = None
    _start: Location = (0, 0)

    @property
    def is_proposing(self) -> bool:
        return self.popup is not None and self.popup.is_open

    def action_complete(self) -> None:
        """Shows what may stand here."""
        if not self.read_only:
            self._propose()
            if not self.is_proposing:
                self.notify("nothing can be proposed here", timeout=2)

    def _replace_via_keyboard(self, insert: str, start: Location, end: Location) -> EditResult | None:
        result = super()._replace_via_keyboard(insert, start, end)
        if len(insert) == 1 and insert.isprintable():
            row, column = self.cursor_location
            if self.is_proposing or _TYPED.search(self.document[row][:column]):
                self._ask_soon()
        else:
            self.close_popup()
        return result

    def _delete_via_keyboard(self, start: Location, end: Location) -> EditResult | None:
        result = super()._delete_via_keyboard(start, end)
        if self.is_proposing:
            self._ask_soon()
        return result

    def _ask_soon(self) -> None:
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(_PAUSE, self._propose)

    def _propose(self) -> None:
        if self.proposer is None or self.popup is None or not self.selection.is_empty or not self.has_focus:
            return
        document = document_of(self)
        offset = document.offset_of(self.cursor_location)
        completion = self.proposer(document.text, offset)
        if not completion.items:
            self.close_popup()
            return
        self._start = document.location_of(completion.start)
        back = self.get_column_width(*self.cursor_location) - self.get_column_width(*self._start)
        x, y = self.cursor_screen_offset
        self.popup.open(completion.items, (x - back, y))

    def close_popup(self) -> None:
        """Closes the proposals, and does not ask for those that were to come."""
        if self._asking is not None:
            self._asking.stop()
            self._asking = None
        if self.popup is not None:
            self.popup.close()

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        super()._watch_selection(previous_selection, selection)
        if self.is_proposing:
            row, column = selection.end
            if not selection.is_empty or row != self._start[0] or column < self._start[1]:
                self.close_popup()

    def _watch_has_focus(self, focus: bool) -> None:
        super()._watch_has_focus(focus)
        if not focus:
            self.close_popup()

    # ---- keys that the proposals take while they are shown

    def action_cursor_up(self, select: bool = False) -> None:
        if not (self.popup is not None and self.popup.move(-1)):
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if not (self.popup is not None and self.popup.move(1)):
            super().action_cursor_down(select)

    def action_cursor_page_up(self) -> None:
        if not (self.popup is not None and self.popup.move(-self.popup.ROWS)):
            super().action_cursor_page_up()

    def action_cursor_page_down(self) -> None:
        if not (self.popup is not None and self.popup.move(self.popup.ROWS)):
            super().action_cursor_page_down()

    def take_proposal(self, only_if_chosen: bool) -> bool:
        """Puts the marked proposal in, as one step that can be undone; whether there was one to put in.

        With `only_if_chosen` it must have been chosen with the arrow keys: Enter means a new line otherwise.
        """
        if self.popup is None or not self.popup.is_open or (only_if_chosen and not self.popup.was_moved):
            return False
        item = self.popup.marked
        self.close_popup()
        if item is not None:
            self._put_in(item)
        return True

    def _put_in(self, item: Item) -> None:
        row, column = self.cursor_location
        end = (row, column)
        if item.text.endswith('"') and not item.text.startswith('"'):
            # A value takes the place of the whole text that the cursor is in.
            closing = self.document[row].find('"', column)
            end = (row, closing + 1 if closing >= 0 else column)
        self.history.checkpoint()
        self.replace(item.text, self._start, end, maintain_selection_offset=False)
        self.history.checkpoint()
