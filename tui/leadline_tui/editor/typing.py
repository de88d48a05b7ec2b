"""What typing does besides putting characters in: indentation, comments, whole lines."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual import events
from textual.document._document import Location, Selection
from textual.widgets import TextArea

INDENT = 2
_BLANKS = re.compile(r"[ \t]*")
_OPENS = re.compile(r'[ \t]*(contact|events|score|group|points|grade)\b(?![^"#]*=)')
"""A line below which more is indented: it opens a block."""


class Typing(TextArea):
    """Mixed into the editor."""

    def action_new_line(self) -> None:
        """A line below, as far in as this one, or further where this one opens a block."""
        row, column = min(self.selection)
        line = self.document[row][:column]
        blanks = _blanks(line)
        if _OPENS.match(line) and not line.rstrip().endswith(","):
            blanks += " " * INDENT
        self._replace_via_keyboard("\n" + blanks, *self.selection)

    def action_indent(self) -> None:
        """Spaces to the next stop; several lines that are selected go in together."""
        (top, _), (bottom, _) = sorted(self.selection)
        if top != bottom:
            self.change_lines(top, bottom, lambda line: " " * INDENT + line if line.strip() else line)
            return
        _, column = min(self.selection)
        self._replace_via_keyboard(" " * (INDENT - column % INDENT), *self.selection)

    def action_dedent(self) -> None:
        (top, _), (bottom, _) = sorted(self.selection)
        self.change_lines(top, bottom, _dedented)

    def action_delete_left(self) -> None:
        """A character; in front of a line's text as many blanks as one stop has."""
        row, column = self.cursor_location
        before = self.document[row][:column]
        if self.selection.is_empty and before and not before.strip(" "):
            self._delete_via_keyboard((row, (column - 1) // INDENT * INDENT), (row, column))
        else:
            super().action_delete_left()

    def action_toggle_comment(self) -> None:
        """Makes comments of the lines that are selected, or rules again where all of them are comments."""
        (top, _), (bottom, _) = sorted(self.selection)
        lines = [line for line in self.document.lines[top : bottom + 1] if line.strip()]
        if not lines:
            return
        if all(line.lstrip().startswith("#") for line in lines):
            self.change_lines(top, bottom, _without_comment)
        else:
            at = min(len(_blanks(line)) for line in lines)
            self.change_lines(top, bottom, lambda line: f"{line[:at]}# {line[at:]}" if line.strip() else line)

    def action_move_lines(self, step: int) -> None:
        """Moves the lines that are selected past the line above or below them."""
        (top, _), (bottom, _) = sorted(self.selection)
        first, last = (top - 1, bottom) if step < 0 else (top, bottom + 1)
        if first < 0 or last >= self.document.line_count:
            return
        lines = self.document.lines[first : last + 1]
        start, end = self.selection
        self.replace_rows(first, last, [*lines[1:], lines[0]] if step < 0 else [lines[-1], *lines[:-1]])
        self.selection = Selection((start[0] + step, start[1]), (end[0] + step, end[1]))

    def change_lines(self, top: int, bottom: int, change: Callable[[str], str]) -> None:
        """Changes lines one by one, as one step that can be undone; the selection stays on its text."""
        before = self.document.lines[top : bottom + 1]
        after = [change(line) for line in before]
        start, end = self.selection
        self.replace_rows(top, bottom, after)
        self.selection = Selection(_moved(start, top, before, after), _moved(end, top, before, after))

    def replace_rows(self, top: int, bottom: int, rows: list[str]) -> None:
        """Puts other lines in the place of lines, as one step that can be undone."""
        if self.read_only or rows == self.document.lines[top : bottom + 1]:
            return
        self.history.checkpoint()
        self.replace("\n".join(rows), (top, 0), (bottom, len(self.document[bottom])))
        self.history.checkpoint()

    async def _on_paste(self, event: events.Paste) -> None:
        """Terminals send the ends of lines as they like."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self._replace_via_keyboard(event.text.replace("\r\n", "\n").replace("\r", "\n"), *self.selection)


def _blanks(line: str) -> str:
    found = _BLANKS.match(line)
    return found.group() if found else ""


def _dedented(line: str) -> str:
    return line[min(INDENT, len(_blanks(line))) :]


def _without_comment(line: str) -> str:
    head, _, tail = line.partition("#")
    return head + tail.removeprefix(" ") if not head.strip() else line


def _moved(place: Location, top: int, before: list[str], after: list[str]) -> Location:
    """Where a place is once its line has changed in front of its text."""
    row, column = place
    if not top <= row < top + len(before):
        return place
    old, new = before[row - top], after[row - top]
    changed = len(new) - len(old)
    return row, max(0, column + changed) if column >= len(_blanks(old)) or changed < 0 else column
