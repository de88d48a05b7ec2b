"""The text as lines. A line ends with `\\n` or `\\r\\n` and nothing else, and nothing is changed in silence."""

from __future__ import annotations

from textual._cells import cell_len
from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Size

_STEP = 40
"""The width grows by so many columns at once, so that typing in the longest line does not lay the screen out anew."""


def split_lines(text: str, newline: str) -> list[str]:
    """The lines of a text. Where `\\n` ends lines, a `\\r` before it is a character like any other."""
    lines = text.split("\n")
    if newline == "\r\n":
        lines[:-1] = [line.removesuffix("\r") for line in lines[:-1]]
    return lines


def newline_of(text: str) -> str:
    """`\\r\\n` where every line ends so, else `\\n`."""
    ends = text.count("\n")
    return "\r\n" if ends and text.count("\r\n") == ends else "\n"


class RulesDocument(Document):
    """Lines of rules; it remembers its text and how wide its lines are."""

    def __init__(self, text: str) -> None:
        self._newline = "\r\n" if newline_of(text) == "\r\n" else "\n"
        self._lines = split_lines(text, self._newline)
        self._text: str | None = text
        self._widths = [self._width(line) for line in self._lines]

    @property
    def text(self) -> str:
        """The whole text, byte for byte as it was read where it was not edited."""
        if self._text is None:
            self._text = self._newline.join(self._lines)
        return self._text

    def get_size(self, tab_width: int) -> Size:
        """Columns (in steps) and lines."""
        return Size(-(-max(self._widths, default=0) // _STEP) * _STEP, len(self._lines))

    @property
    def longest(self) -> int:
        """Columns of the widest line."""
        return max(self._widths, default=0)

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replaces what stands between two places; all editing comes down to this."""
        (top, left), (bottom, right) = sorted((start, end))
        replaced = self.get_text_range((top, left), (bottom, right))
        lines = self._lines
        head = lines[top][:left] if top < len(lines) else ""
        tail = lines[bottom][right:] if bottom < len(lines) else ""
        inserted = split_lines(text, self._newline)
        inserted[0] = head + inserted[0]
        column = len(inserted[-1])
        inserted[-1] += tail
        lines[top : bottom + 1] = inserted
        self._widths[top : bottom + 1] = [self._width(line) for line in inserted]
        self._text = None
        return EditResult((top + len(inserted) - 1, column), replaced)

    def offset_of(self, location: Location) -> int:
        """The offset of a place in the text, in characters."""
        row, column = location
        return sum(map(len, self._lines[:row])) + row * len(self._newline) + column

    def location_of(self, offset: int) -> Location:
        """The place of an offset in the text; the nearest where there is none."""
        step = len(self._newline)
        for row, line in enumerate(self._lines):
            if offset <= len(line):
                return row, max(0, offset)
            offset -= len(line) + step
            if offset < 0:
                return row, len(line)
        return self.end

    @staticmethod
    def _width(line: str) -> int:
        return cell_len(line.expandtabs(4) if "\t" in line else line)


class RulesLines(WrappedDocument):
    """The lines as they stand on the screen."""

    @property
    def height(self) -> int:
        """Rows on the screen; counting them anew for every painted row would cost as much as painting."""
        return len(self._offset_to_line_info)
