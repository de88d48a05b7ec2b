"""Rows of an explanation on a terminal: points in the margin, a name, and what is said of it, wrapped to the width.

Only rich knows how wide a character is; it is imported when a text is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from leadline.render.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

Fragments = list[tuple[str, str]]
"""Pieces of text with their styles."""

_INDENT = 2
_GAP = 2
_WIDEST_NAME = 26
_LEAST_SAID = 28
_STACKED_INDENT = 4


@dataclass(frozen=True, slots=True)
class Row:
    """`tag` stands dimmed before what is said."""

    margin: str
    name: str
    said: str
    margin_style: str = ""
    said_style: str = ""
    tag: str = ""

    @property
    def tagged(self) -> str:
        return f"{self.tag}{self.said}"


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in cells. Where there is no room for three columns, what is said stands below the name."""

    margin: int
    name: int
    said: int
    stacked: bool

    @property
    def start(self) -> int:
        """Where names begin."""
        return _INDENT + self.margin + _GAP


def measure(rows: Sequence[Row], width: int) -> Columns:
    """The columns that all these rows share."""
    margin = max((len(row.margin) for row in rows), default=0)
    longest = max((_cells(printable(row.name)) for row in rows), default=0)
    name = min(longest, _WIDEST_NAME, width // 3)
    said = width - _INDENT - margin - _GAP - name - _GAP
    if said >= _LEAST_SAID:
        return Columns(margin, name, said, stacked=False)
    start = _INDENT + margin + _GAP
    return Columns(margin, max(8, width - start), max(8, width - start - _STACKED_INDENT), stacked=True)


def lay_out(row: Row, columns: Columns, limit: int | None = None) -> Fragments:
    """The lines of a row, name and text at most `limit` each: an ellipsis stands where something was cut."""
    name, said = wrap(row.name, columns.name), wrap(row.tagged, columns.said) if row.tagged else []
    if limit is not None:
        name, said = cut(name, limit, columns.name), cut(said, limit, columns.said)
    if columns.stacked:
        return _stacked(row, columns, name, said)
    fragments: Fragments = []
    for index in range(max(len(name), len(said))):
        fragments += _margin(row, columns, index == 0)
        shown = name[index] if index < len(name) else ""
        if index < len(said):
            fragments.append((_padded(shown, columns.name + _GAP), ""))
            fragments += _said(row, said[index], index == 0)
        else:
            fragments.append((shown, ""))
        fragments.append(("\n", ""))
    return fragments


def count_lines(fragments: Fragments) -> int:
    """How many lines these fragments make."""
    return sum(text.count("\n") for text, _ in fragments)


def _stacked(row: Row, columns: Columns, name: list[str], said: list[str]) -> Fragments:
    fragments: Fragments = []
    for index, line in enumerate(name):
        fragments += [*_margin(row, columns, index == 0), (line, ""), ("\n", "")]
    for index, line in enumerate(said):
        fragments += [(" " * (columns.start + _STACKED_INDENT), ""), *_said(row, line, index == 0), ("\n", "")]
    return fragments


def _margin(row: Row, columns: Columns, first: bool) -> Fragments:
    if not first:
        return [(" " * columns.start, "")]
    return [(" " * _INDENT, ""), (row.margin.rjust(columns.margin), row.margin_style), (" " * _GAP, "")]


def _said(row: Row, line: str, first: bool) -> Fragments:
    tag = printable(row.tag).rstrip()
    if first and tag and line.startswith(tag):
        return [(tag, "dim"), (line[len(tag) :], row.said_style)]
    return [(line, row.said_style)]


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces where there are any, safe to print."""
    from rich.text import Text

    shown = printable(text)
    if _cells(shown) <= width:
        return [shown.rstrip()]
    return [line.plain.rstrip() for line in Text(shown).wrap(_console(width), width)]


@lru_cache(maxsize=8)
def _console(width: int) -> Console:
    from rich.console import Console

    return Console(width=width)


def cut(lines: list[str], limit: int, width: int) -> list[str]:
    """The first lines, with an ellipsis where some are left out."""
    if len(lines) <= limit:
        return lines
    kept = lines[:limit]
    last = kept[-1] if _cells(kept[-1]) < width else _padded(kept[-1], width - 1).rstrip()
    return [*kept[:-1], f"{last}…"]


def _padded(text: str, cells: int) -> str:
    from rich.cells import set_cell_size

    if _is_plain(text):
        return text[:cells].ljust(cells)
    return set_cell_size(text, cells)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return len(text) if _is_plain(text) else cell_len(text)


def _is_plain(text: str) -> bool:
    """Whether each character takes one cell: of most texts that is seen faster than it is counted."""
    return text.isascii() and text.isprintable()
