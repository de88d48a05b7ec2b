"""What every format is turned into: rows of cells under headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Headings: TypeAlias = tuple[str, ...]
Row: TypeAlias = tuple[int | None, Headings, Sequence[Any]]
"""Line (or row) number, headings, cells. Rows of a table share one tuple of headings; each JSON object has its
own. There may be fewer cells than headings, never more."""

RefuseRow: TypeAlias = Callable[[int | None, Any, str], None]
"""Told of a row that cannot be read: its line, what stands there, a clause that says why."""


SomeCells: TypeAlias = Mapping[str, Sequence[tuple[int | None, Any]]]
"""Lines and cells of columns, by heading."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cells that decide how columns are read, where the rows at hand are only a part of the data.

    `own` are those of the rows, `nested` those of the events inside of them.
    """

    own: SomeCells
    nested: SomeCells


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file, which may be read several times.

    `headings` are those of a table, None where every row brings its own. `as_of` is the instant that the file
    itself names, as written. `day_zero` is the moment, as if in UTC, from which a spreadsheet counts its days.
    With `evidence` columns are judged by that alone.
    """

    file: str
    read: Callable[[RefuseRow], Iterator[Row]]
    headings: Headings | None = None
    as_of: str | None = None
    day_zero: int | None = None
    evidence: Evidence | None = None

    @property
    def is_table(self) -> bool:
        return self.headings is not None


def ignore_row(line: int | None, raw: Any, message: str) -> None:
    """For a second look at rows whose faults have been told."""
