"""What the cells of a column show of how the column is read, gathered part by part and put together in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from leadline.readers.columns import SAMPLE, number_in, order_shown
from leadline.readers.dates import epoch_unit
from leadline.readers.rows import SomeCells

At: TypeAlias = tuple[int | None, Any]
"""Line and cell."""

_SEMICOLON = "semicolon"
_UNIT = "unit"


@dataclass(slots=True)
class ColumnEvidence:
    """What some rows show of one column.

    `count` is how many dates it has, as cells. `numbers` are those among the first of them, each with its place;
    `first` has the first cell of each kind that decides something.
    """

    count: int = 0
    numbers: list[tuple[int, At]] = field(default_factory=list)
    first: dict[str, At] = field(default_factory=dict)

    def note_date(self, line: int | None, cell: Any) -> None:
        """Looks at the next cell of a column of dates."""
        self.note_date_at(line, cell, self.count)
        self.count += 1

    def note_date_at(self, line: int | None, cell: Any, place: int) -> None:
        """Looks at a cell of a column of dates that is passed over elsewhere; `place` is its number among all."""
        number = number_in(cell)
        if number is not None:
            if place < SAMPLE:
                self.numbers.append((place, (line, cell)))
            if _UNIT not in self.first and epoch_unit([number]) is not None:
                self.first[_UNIT] = (line, cell)
            return
        shown = order_shown(cell)
        if shown is not None:
            self.first.setdefault(shown, (line, cell))

    def note_list(self, line: int | None, cell: Any) -> None:
        """Looks at a cell of a column of lists."""
        if isinstance(cell, str) and ";" in cell:
            self.first.setdefault(_SEMICOLON, (line, cell))

    def add(self, later: ColumnEvidence, lines_before: int) -> None:
        """Adds what rows that come later show, whose lines count from further down."""

        def moved(at: At) -> At:
            return None if at[0] is None else at[0] + lines_before, at[1]

        places = ((place + self.count, at) for place, at in later.numbers)
        self.numbers += [(place, moved(at)) for place, at in places if place < SAMPLE]
        for kind, at in later.first.items():
            self.first.setdefault(kind, moved(at))
        self.count += later.count

    def cells(self) -> list[At]:
        """The cells by which the column is judged as if by all of them: first what counts among the first cells."""
        numbers = [at for _, at in self.numbers]
        sampled = (number_in(cell) for _, cell in numbers)
        if epoch_unit(number for number in sampled if number is not None) is not None:
            return [*numbers, *(at for kind, at in self.first.items() if kind != _UNIT)]
        return [*numbers, *self.first.values()]


Columns: TypeAlias = dict[str, ColumnEvidence]
"""The evidence of columns by heading."""


@dataclass(slots=True)
class Gathered:
    """What some rows show of their own columns, and of those of the events inside of them."""

    own: Columns = field(default_factory=dict)
    nested: Columns = field(default_factory=dict)

    def add(self, later: Gathered, lines_before: int) -> None:
        """Adds what rows that come later show."""
        for columns, more in ((self.own, later.own), (self.nested, later.nested)):
            for heading, evidence in more.items():
                columns.setdefault(heading, ColumnEvidence()).add(evidence, lines_before)


def cells_by_heading(columns: Mapping[str, ColumnEvidence]) -> SomeCells:
    """The deciding cells of all columns."""
    return {heading: found.cells() for heading, found in columns.items()}
