"""Results as a table for people; where the terminal is too narrow for its columns, two lines a contact."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadline.render.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]

_GAP = 3
_INDENT = 1
_NARROWEST_ID = 16
_NOTHING = "–"
_HEAD, _QUIET = "bold", "dim"


class ResultTable:
    """Prints results chunk by chunk; the first chunk decides on the widths."""

    def __init__(self, columns: Sequence[str], numbers: Collection[str], rows: Sequence[Row], console: Console) -> None:
        self._columns = columns
        self._numbers = numbers
        self._console = console
        self._widths = {name: max(map(_cells, [name, *(_said(row, name) for row in rows)])) for name in columns}
        self._folds_ids = False
        self._is_narrow = not self._fit()
        if not self._is_narrow:
            heads = {name: printable(name) for name in columns}
            self._print([(self._line(heads), _HEAD), (" " + "─" * (self._width - _INDENT), _QUIET)])

    def print_rows(self, rows: Sequence[Row]) -> None:
        """Prints some of the results."""
        lay_out = self._card if self._is_narrow else self._lines
        self._print([(line, "" if row["status"] == "scored" else _QUIET) for row in rows for line in lay_out(row)])

    @property
    def _width(self) -> int:
        return _INDENT + sum(self._widths.values()) + _GAP * (len(self._widths) - 1)

    def _fit(self) -> bool:
        """Whether the columns have room, the ids folded where need be; in a pipe there is no end to the room."""
        if not self._console.file.isatty() and "COLUMNS" not in os.environ:
            return True
        over = self._width - self._console.width
        if over > 0:
            self._folds_ids = True
            self._widths["id"] = max(self._widths["id"] - over, min(self._widths["id"], _NARROWEST_ID))
        return self._width <= self._console.width

    def _lines(self, row: Row) -> Iterator[str]:
        id_ = _said(row, "id")
        first, *rest = _folded(id_, self._widths["id"]) if self._folds_ids else [id_]
        yield self._line({**{name: _said(row, name) for name in self._columns}, "id": first})
        for piece in rest:
            yield " " * _INDENT + piece

    def _line(self, cells: Mapping[str, str]) -> str:
        padded = [self._padded(name, cells[name]) for name in self._columns]
        return (" " * _INDENT + (" " * _GAP).join(padded)).rstrip()

    def _padded(self, name: str, text: str) -> str:
        space = " " * max(0, self._widths[name] - _cells(text))
        return space + text if name in self._numbers else text + space

    def _card(self, row: Row) -> Iterator[str]:
        """`  60  kim@example.org: MQL`, and what the total is made of below it."""
        names = [name for name in ("model", "status", "stage") if name in self._columns and row[name] is not None]
        what = ", ".join(_said(row, name) for name in names if row[name] != "scored")
        margin = self._widths["total"] + _INDENT
        yield f"{_said(row, 'total').rjust(margin)}  {_said(row, 'id')}{f': {what}' if what else ''}"
        rest = [name for name in self._columns if name not in ("id", "model", "status", "total", "stage")]
        if rest:
            yield f"{' ' * margin}  {', '.join(f'{printable(name)} {_said(row, name)}' for name in rest)}"

    def _print(self, lines: Sequence[tuple[str, str]]) -> None:
        from rich.segment import Segment, Segments
        from rich.style import Style

        styles = {"": None, _HEAD: Style.parse(_HEAD), _QUIET: Style.parse(_QUIET)}
        segments = [
            Segment(text, styles[style]) for line, style in lines for text, style in ((line, style), ("\n", ""))
        ]
        self._console.print(Segments(segments), end="", soft_wrap=True)


def _said(row: Row, name: str) -> str:
    value = row.get(name)
    return _NOTHING if value is None else printable(str(value))


def _folded(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width` cells."""
    from rich.cells import chop_cells

    return chop_cells(text, width) or [""]


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
