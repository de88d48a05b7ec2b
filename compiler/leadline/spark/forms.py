"""How the rows of contacts or of events stand in their data, as every machine must know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadline.readers.delimited import cells_of_line
from leadline.readers.json_text import decode_line
from leadline.readers.records import record_row
from leadline.readers.rows import Evidence, Headings, RefuseRow, Row, Rows
from leadline.readers.sources import Format

IN_FILE = (1 << 40) - 1
"""The bits of an order that tell the row in its file; those above tell the file."""


@dataclass(frozen=True, slots=True)
class Form:
    """`headings` are those of a table, `prefix` the lines before the first row of a text, `files` those of a folder."""

    name: str
    format: Format
    headings: Headings | None
    delimiter: str = ""
    prefix: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        return self.headings is not None

    def rows(self, evidence: Evidence | None = None) -> Rows:
        """The columns of the data, without the rows."""
        return Rows(self.name, _no_rows, self.headings, evidence=evidence)

    def row_of(self, line: str, number: int) -> Row | None:
        """The row of a line of text; None where it holds none. Raises OpenQuoteError for a row that goes on."""
        if self.headings is not None:
            cells = cells_of_line(line, self.delimiter, len(self.headings))
            return None if cells is None else (number, self.headings, cells)
        try:
            return record_row(number, decode_line(line))
        except ValueError:
            return None

    def place_of(self, order: int) -> tuple[str, int]:
        """File and line of a row."""
        return self.files[order >> 40] if len(self.files) > 1 else self.name, order & IN_FILE


def _no_rows(refuse: RefuseRow) -> Iterator[Row]:
    return iter(())
