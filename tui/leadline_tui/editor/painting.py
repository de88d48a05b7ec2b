"""Painting row by row: a row is worked out again when what it shows has changed, and sent only then.

The widget that this is mixed into paints all of itself anew after each key, which is slow for long texts and sends
tens of kilobytes a key over the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from leadline.highlight import ink_line
from leadline_tui.editor.colours import GLYPHS, Colours, read_colours
from leadline_tui.editor.document import RulesDocument
from leadline_tui.safe import picture_line
from leadline_tui.session.marks import Mark, Marks

Span = tuple[int, int]
Styled: TypeAlias = tuple[int, int, Style]
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
        row = self._row_maker()
        changed = [y for y in range(height) if self._painted.get(y) != row(y)]
        if changed:
            self._set_dirty(*(Region(0, y, width, 1) for y in changed))

    def _exchange_repaint_regions(self) -> Collection[Region]:
        self._find_changed_rows()
        return super()._exchange_repaint_regions()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing lies around the text that the toolkit would have to add to each line."""
        self._find_changed_rows()
        row, width, background = self._row_maker(), self.region.width, self.background_colors[1]
        filters = self.get_line_filters()
        strips = []
        for y in crop.line_range:
            strip = self._strip(y, row(y), width)
            for each in filters:
                strip = strip.apply_filter(each, background)
            strips.append(strip)
        left, right = crop.column_span
        return strips if (left, right) == (0, width) else [strip.crop(left, right) for strip in strips]

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

    def _row_maker(self) -> Callable[[int], Row]:
        """What a row of the screen shows, as things stand."""
        scroll_x, top = self.scroll_offset
        place = (scroll_x, self.size.width, self.gutter_width, self._generation)
        start, end = sorted(self.selection)
        at, column = self.selection.end
        draws_cursor, lights_line, lines = self._draw_cursor, self.highlight_cursor_line, self.document.lines
        nothing = Row(None, "", (), (), None, None, False, (), place)

        def row(y: int) -> Row:
            number = y + top
            if number >= len(lines):
                return nothing
            return Row(
                number,
                lines[number],
                self.marks.get(number, ()),
                self.found.get(number, ()),
                _selected(number, lines[number], start, end),
                column if number == at and draws_cursor else None,
                number == at and lights_line,
                self._brackets(number),
                place,
            )

        return row

    def _brackets(self, number: int) -> tuple[int, ...]:
        partner = self._matching_bracket_location
        if partner is None or not self.selection.is_empty:
            return ()
        return tuple(column for row, column in (partner, self.selection.end) if row == number)

    def render_line(self, y: int) -> Strip:
        return self._strip(y, self._row_maker()(y), self.size.width)

    def _strip(self, y: int, row: Row, width: int) -> Strip:
        self._painted[y] = row
        strip = self._strips.get(row)
        if strip is None:
            if self._colours is None:
                self._colours = read_colours(self)
            strip = self._strips[row] = self._paint(row, self._colours)
        return strip.adjust_cell_length(width, self._colours.base if self._colours is not None else None)

    def _paint(self, row: Row, colours: Colours) -> Strip:
        scroll_x, width, gutter_width, _ = row.place
        if row.number is None:
            return Strip.blank(width, colours.base)
        gutter = _gutter(row, colours, gutter_width)
        shown = _shown(row, colours, self.indent_width)
        room, length = width - gutter_width, sum(part.cell_length for part in shown)
        if scroll_x or length > room:
            shown = list(Strip(shown, length).crop(scroll_x, scroll_x + room))
            length = max(0, min(length - scroll_x, room))
        blank = Segment(" " * (room - length), colours.looks[row.is_current].plain)
        return Strip([*gutter, *shown, blank] if length < room else [*gutter, *shown], width)


def _selected(number: int, line: str, start: Span, end: Span) -> Span | None:
    """The columns of a row that are selected; the end of the line counts where the selection goes on below."""
    if start == end or not start[0] <= number <= end[0]:
        return None
    left = start[1] if number == start[0] else 0
    right = end[1] if number == end[0] else len(line) + 1
    return (left, right) if right > left else None


def _shown(row: Row, colours: Colours, tab: int) -> list[Segment]:
    """The line with one more column for the cursor behind its end."""
    line = picture_line(row.line) + " "
    if "\t" not in line:
        return [Segment(line[start:end], style) for start, end, style in _styled(row, colours, len(line))]
    found, column = [], 0
    for start, end, style in _styled(row, colours, len(line)):
        text, column = _expanded(line[start:end], column, tab)
        found.append(Segment(text, style))
    return found


def _expanded(text: str, column: int, tab: int) -> tuple[str, int]:
    """A piece that begins at a column, with blanks for its tabs; and the column behind it."""
    parts = []
    for part in re.split("(\t)", text):
        shown = " " * (tab - column % tab) if part == "\t" else part
        column += cell_len(shown)
        parts.append(shown)
    return "".join(parts), column


def _styled(row: Row, colours: Colours, length: int) -> Iterator[tuple[int, int, Style]]:
    """Pieces of a line with their looks, one behind the other."""
    over = list(_over(row, colours))
    at = 0
    for start, end, style in _inked(row, colours, length):
        cuts = {cut for left, right, _ in over for cut in (left, right) if start < cut < end} if over else ()
        for cut in (*sorted(cuts), end):
            on_top = [laid for left, right, laid in over if left <= at < right]
            yield at, cut, sum(on_top, style)
            at = cut


def _inked(row: Row, colours: Colours, length: int) -> Iterator[Styled]:
    plain, inks = colours.looks[row.is_current]
    at = 0
    for start, end, ink in inks_of(row.line):
        if at < start:
            yield at, start, plain
        yield start, end, inks[ink]
        at = end
    yield at, length, plain


def _over(row: Row, colours: Colours) -> Iterator[Styled]:
    """What is laid over the colours of the language, from below."""
    for mark in reversed(row.marks):
        if mark.gravity != "info":
            yield mark.start, mark.end, colours.marks[mark.gravity]
    yield from ((start, end, colours.found) for start, end in row.found)
    if row.selected is not None:
        yield *row.selected, colours.selection
    yield from ((column, column + 1, colours.bracket) for column in row.brackets)
    if row.cursor is not None:
        yield row.cursor, row.cursor + 1, colours.cursor


def _gutter(row: Row, colours: Colours, width: int) -> list[Segment]:
    style = colours.base + (colours.gutter_current if row.is_current else colours.gutter)
    number = f"{(row.number or 0) + 1:>{width - _MARK_WIDTH - 1}} "
    if not row.marks:
        return [Segment(" " * _MARK_WIDTH + number, style)]
    gravity = row.marks[0].gravity
    return [Segment(f"{GLYPHS[gravity]} ", style + colours.glyphs[gravity]), Segment(number, style)]


def document_of(area: TextArea) -> RulesDocument:
    """The editor's document as what it is."""
    document = area.document
    assert isinstance(document, RulesDocument), "the editor makes no other"
    return document
