"""Painting row by row: a row is worked out again when what it shows has changed, and sent only then.

The widget that this is mixed into paints all of itself anew after each key, which is slow for long texts and sends
tens of kilobytes a key over the line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.text import Text
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from leadline.highlight import Inked, ink_line
from leadline_tui.editor.colours import GLYPHS, Colours, read_colours
from leadline_tui.editor.document import RulesDocument
from leadline_tui.safe import picture_line
from leadline_tui.session.marks import Mark, Marks

Span = tuple[int, int]
_MARK_WIDTH = 2

inks_of = lru_cache(maxsize=100_000)(ink_line)


class Row(NamedTuple):
    """All that the look of a row depends on. `number` is None below the end of the text."""

    number: int | None
    line: str
    marks: tuple[Mark, ...]
    found: tuple[Span, ...]
    selected: Span | None
    cursor: int | None
    is_current: bool
    brackets: tuple[int, ...]
    place: tuple[int, int, int, int]


class Painting(TextArea):
    """Mixed into the editor. `marks` and `found` are what is shown beside the text: findings, and what was sought."""

    marks: Marks
    found: Mapping[int, tuple[Span, ...]]

    def set_up_painting(self) -> None:
        """Called once, before anything else of the widget is made."""
        self.marks = {}
        self.found = {}
        self._colours: Colours | None = None
        self._generation = 0
        self._painted: dict[int, Row] = {}
        self._strips: LRUCache[Row, Strip] = LRUCache(512)
        self._is_doubtful = False

    # ---- what must be painted

    def notify_style_update(self) -> None:
        self._forget_colours()
        super().notify_style_update()

    def _set_theme(self, theme: str) -> None:
        super()._set_theme(theme)
        self._forget_colours()

    def _forget_colours(self) -> None:
        self._colours = None
        self._generation += 1

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Painting:
        """As everywhere, but that a refresh of the whole only looks for rows that have changed."""
        if regions or layout or recompose or not repaint or not self._is_mounted or not self._painted:
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
            return self
        self._is_doubtful = True
        self._rich_style_cache.clear()
        self._repaint_required = True
        self.check_idle()
        return self

    def _find_changed_rows(self) -> None:
        if not self._is_doubtful:
            return
        self._is_doubtful = False
        width, height = self.size
        changed = [y for y in range(height) if self._painted.get(y) != self._row(y)]
        if changed:
            self._set_dirty(*(Region(0, y, width, 1) for y in changed))

    def _exchange_repaint_regions(self) -> Collection[Region]:
        self._find_changed_rows()
        return super()._exchange_repaint_regions()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._find_changed_rows()
        return Widget.render_lines(self, crop)

    def _refresh_size(self) -> None:
        """A longer text needs other scroll bars, which is no reason to lay the whole screen out anew."""
        width, height = self.document.get_size(self.indent_width)
        size = Size(width + self.gutter_width + 1, height)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
            self.refresh()

    # ---- what a row shows

    @property
    def gutter_width(self) -> int:
        """Columns of the mark, the line's number and the space behind it."""
        return _MARK_WIDTH + max(3, len(str(self.document.line_count))) + 1

    def _row(self, y: int) -> Row:
        scroll_x, scroll_y = self.scroll_offset
        number = y + scroll_y
        place = (scroll_x, self.size.width, self.gutter_width, self._generation)
        if number >= self.document.line_count:
            return Row(None, "", (), (), None, None, False, (), place)
        line = self.document[number]
        start, end = sorted(self.selection)
        is_current = self.selection.end[0] == number
        return Row(
            number,
            line,
            self.marks.get(number, ()),
            self.found.get(number, ()),
            _selected(number, line, start, end),
            self.selection.end[1] if is_current and self._draw_cursor else None,
            is_current and self.highlight_cursor_line,
            self._brackets(number),
            place,
        )

    def _brackets(self, number: int) -> tuple[int, ...]:
        partner = self._matching_bracket_location
        if partner is None or not self.selection.is_empty:
            return ()
        return tuple(column for row, column in (partner, self.selection.end) if row == number)

    def render_line(self, y: int) -> Strip:
        row = self._row(y)
        self._painted[y] = row
        strip = self._strips.get(row)
        if strip is None:
            if self._colours is None:
                self._colours = read_colours(self)
            strip = self._strips[row] = self._paint(row, self._colours)
        return strip

    def _paint(self, row: Row, colours: Colours) -> Strip:
        scroll_x, width, gutter_width, _ = row.place
        if row.number is None:
            return Strip.blank(width, colours.base)
        line_style = colours.base + colours.cursor_line if row.is_current else colours.base
        text = _styled(row, colours, inks_of(row.line))
        text.expand_tabs(self.indent_width)
        shown = Strip(text.render(self.app.console), text.cell_len).crop(scroll_x, scroll_x + width - gutter_width)
        shown = shown.extend_cell_length(width - gutter_width).apply_style(line_style)
        return Strip.join([_gutter(row, colours, gutter_width), shown])


def _selected(number: int, line: str, start: Span, end: Span) -> Span | None:
    """The columns of a row that are selected; the end of the line counts where the selection goes on below."""
    if start == end or not start[0] <= number <= end[0]:
        return None
    left = start[1] if number == start[0] else 0
    right = end[1] if number == end[0] else len(line) + 1
    return (left, right) if right > left else None


def _styled(row: Row, colours: Colours, inks: tuple[Inked, ...]) -> Text:
    """The line with one more column for the cursor behind its end."""
    text = Text(picture_line(row.line) + " ", end="", no_wrap=True)
    for start, end, ink in inks:
        text.stylize(colours.inks[ink], start, end)
    for mark in reversed(row.marks):
        if mark.gravity != "info":
            text.stylize(colours.marks[mark.gravity], mark.start, mark.end)
    for start, end in row.found:
        text.stylize(colours.found, start, end)
    if row.selected is not None:
        text.stylize(colours.selection, *row.selected)
    for column in row.brackets:
        text.stylize(colours.bracket, column, column + 1)
    if row.cursor is not None:
        text.stylize(colours.cursor, row.cursor, row.cursor + 1)
    return text


def _gutter(row: Row, colours: Colours, width: int) -> Strip:
    style = colours.base + (colours.gutter_current if row.is_current else colours.gutter)
    number = f"{(row.number or 0) + 1:>{width - _MARK_WIDTH - 1}} "
    if not row.marks:
        return Strip([Segment(" " * _MARK_WIDTH + number, style)], width)
    gravity = row.marks[0].gravity
    return Strip([Segment(f"{GLYPHS[gravity]} ", style + colours.glyphs[gravity]), Segment(number, style)], width)


def document_of(area: TextArea) -> RulesDocument:
    """The editor's document as what it is."""
    document = area.document
    assert isinstance(document, RulesDocument), "the editor makes no other"
    return document
