"""CSV and TSV: delimiter sniffed, quotes strict, so that no row swallows its neighbours unnoticed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import IO

from leadline.readers.problems import DataError
from leadline.readers.rows import Headings, RefuseRow, Row, Rows
from leadline.readers.sources import Source

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 2**31 - 1
_NEVER_CLOSED = "unexpected end of data"
"""How the csv module words a quote that is open at the end of the file."""


def delimited_rows(source: Source) -> Rows:
    """The rows below the header of a CSV or TSV file."""
    delimiter, headings = read_header(source)

    def read(refuse: RefuseRow) -> Iterator[Row]:
        return _read_rows(source, delimiter, headings, refuse)

    return Rows(source.name, read, headings)


def allow_long_cells() -> None:
    """Lifts the limit of the csv module, 128 KiB, which is less than people keep in a notes column."""
    csv.field_size_limit(_LONGEST_CELL)  # one for the whole process


def read_header(source: Source) -> tuple[str, Headings]:
    """The delimiter and the headings of a file. Raises DataError where it has none."""
    allow_long_cells()
    found: list[tuple[int, str, Headings]] = []
    declared = _declared_delimiter(source)
    candidates = ("\t", ",", ";") if source.suffix in (".tsv", ".tab") else _DELIMITERS
    for delimiter in (declared,) if declared else candidates:
        try:
            headings = _first_record(source, delimiter)
        except csv.Error:
            continue
        found.append((len(headings), delimiter, headings))
    if not found:
        raise DataError("the header cannot be read: its quotes do not match", file=source.name, line=1)
    width, delimiter, headings = max(found, key=lambda candidate: candidate[0])
    if source.suffix in (".tsv", ".tab") and found[0][0] > 1:
        width, delimiter, headings = found[0]
    if not width:
        raise DataError("the file is empty: its first line must name the columns", file=source.name)
    if any("\0" in heading for heading in headings):
        raise DataError("this is no text file", file=source.name, line=1, help="save it as UTF-8 (in Excel: CSV UTF-8)")
    return delimiter, headings


def lines_of_header(source: Source, delimiter: str) -> int:
    """How many lines there are before the first row."""
    with source.open_text() as text:
        lines, declared = _skip_declaration(text)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        next(cells for cells in reader if any(cell.strip() for cell in cells))
        return reader.line_num + (1 if declared else 0)


class OpenQuoteError(ValueError):
    """A quotation mark that the end of the line leaves open."""


def cells_of_line(line: str, delimiter: str, width: int) -> list[str] | None:
    """The cells of a row that stands on one line, for a header of so many; None for a line that is no row.

    Raises OpenQuoteError for a row that goes on.
    """
    if '"' not in line:
        cells = line.split(delimiter)
    else:
        try:
            cells = next(csv.reader((line,), delimiter=delimiter, strict=True))
        except csv.Error as error:
            if _NEVER_CLOSED in str(error):
                raise OpenQuoteError from None
            return None
    if len(cells) == width and any(cells):
        return cells
    if any(cell.strip() for cell in cells[width:]) or not any(cell.strip() for cell in cells):
        return None
    return cells[:width] + [""] * (width - len(cells))


def _first_record(source: Source, delimiter: str) -> Headings:
    with source.open_text() as text:
        lines, _ = _skip_declaration(text)
        for cells in csv.reader(lines, delimiter=delimiter, strict=True):
            if any(cell.strip() for cell in cells):
                return tuple(cell.strip() for cell in cells)
    return ()


def _declared_delimiter(source: Source) -> str | None:
    with source.open_text() as text:
        return _skip_declaration(text)[1]


def _skip_declaration(text: IO[str]) -> tuple[Iterator[str], str | None]:
    """Excel may write `sep=;` above the header; that line names the delimiter and holds no data."""
    first = next(text, "")
    stripped = first.rstrip("\r\n")
    if len(stripped) == 5 and stripped.lower().startswith("sep="):
        return iter(text), stripped[4]
    return chain((first,) if first else (), text), None


def _read_rows(source: Source, delimiter: str, headings: Headings, refuse: RefuseRow) -> Iterator[Row]:
    with source.open_text() as text:
        lines, declared = _skip_declaration(text)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        before = 1 if declared else 0
        line = before
        width = len(headings)
        header_seen = False
        while True:
            try:
                for cells in reader:
                    first, line = line + 1, before + reader.line_num
                    if header_seen and len(cells) == width and any(cells):
                        yield first, headings, cells
                    elif not any(cell.strip() for cell in cells):
                        continue
                    elif not header_seen:
                        header_seen = True
                    elif any(cell.strip() for cell in cells[width:]):
                        refuse(first, cells, f"{len(cells)} cells where the header names {width}")
                    else:
                        yield first, headings, cells[:width] + [""] * (width - len(cells))
                return
            except csv.Error as error:
                first, line = line + 1, before + reader.line_num
                if _NEVER_CLOSED in str(error):
                    raise DataError("a quotation mark that is never closed", file=source.name, line=first) from None
                refuse(first, "", "text beside a cell's closing quotation mark")
