"""A list whose marked row is told by a sign, and not by its colour alone."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

_SIGN = "▸"


class MarkedList(OptionList):
    """Each option is one row, whose first column is left for the sign."""

    DEFAULT_CSS = """
    MarkedList {
        height: auto; border: none; padding: 0; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { border: none; }
    }
    """

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if y + self.scroll_offset.y != self.highlighted or not strip.cell_length:
            return strip
        style = next(iter(strip.crop(0, 1))).style
        return Strip.join([Strip([Segment(_SIGN, style)], 1), strip.crop(1)])
