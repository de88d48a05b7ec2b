"""Moving and deleting by characters as people see them, and to the ends of the text."""

from __future__ import annotations

from textual.document._document import Location
from textual.widgets import TextArea

from leadline_tui.editor import graphemes

_BRACKET_LINES = 200
"""Lines in which the partner of a bracket is looked for; rules have theirs near."""
_PARTNERS = {"(": ")", ")": "("}


class Moving(TextArea):
    """Mixed into the editor."""

    def get_cursor_left_location(self) -> Location:
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_left_location()
        return row, graphemes.before(self.document[row], column)

    def get_cursor_right_location(self) -> Location:
        row, column = self.cursor_location
        line = self.document[row]
        if column >= len(line):
            return super().get_cursor_right_location()
        return row, graphemes.behind(line, column)

    def get_cursor_up_location(self) -> Location:
        return self._snapped(super().get_cursor_up_location())

    def get_cursor_down_location(self) -> Location:
        return self._snapped(super().get_cursor_down_location())

    def _snapped(self, location: Location) -> Location:
        row, column = location
        return row, graphemes.snap(self.document[row], column)

    def action_cursor_text_start(self, select: bool = False) -> None:
        self.move_cursor((0, 0), select=select)

    def action_cursor_text_end(self, select: bool = False) -> None:
        self.move_cursor(self.document.end, select=select)

    def _recompute_cursor_offset(self) -> None:
        """Undoing a paste shortens the text before the cursor is put back: until then it stands at the end."""
        row, column = self.cursor_location
        row = min(row, self.document.line_count - 1, len(self.wrapped_document._wrap_offsets) - 1)
        column = min(column, len(self.document[row]))
        self._cursor_offset = self.wrapped_document.location_to_offset((row, column))

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """The partner of a round bracket nearby, texts and comments aside as little as the eye does."""
        if bracket not in _PARTNERS:
            return None
        step = 1 if bracket == "(" else -1
        row, column = search_from
        depth = 0
        for _ in range(_BRACKET_LINES):
            line = self.document[row]
            while 0 <= column < len(line):
                depth += (line[column] == bracket) - (line[column] == _PARTNERS[bracket])
                if depth == 0 and line[column] == _PARTNERS[bracket]:
                    return row, column
                column += step
            row += step
            if not 0 <= row < self.document.line_count:
                return None
            column = 0 if step > 0 else len(self.document[row]) - 1
        return None
