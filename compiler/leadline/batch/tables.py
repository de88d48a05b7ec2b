"""Files whose rows come as Arrow columns, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from leadline.readers.parquet import as_texts, broken_parquet, cells_of_column, open_parquet
from leadline.readers.rows import Headings
from leadline.readers.sources import Source


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a part that follow one another: the first one's place in the part, how many, columns by position."""

    start: int
    count: int
    columns: dict[int, Any]


class Table(Protocol):
    """A file in parts that can be read by themselves, in any order and by several processes."""

    headings: Headings
    types: Mapping[int, Any]
    parts: int

    def batches(self, part: int, positions: Sequence[int], most: int) -> Iterator[Batch]:
        """The rows of a part, at most so many at once, with the columns at some positions."""
        ...

    def rows(self, part: int, places: Sequence[int]) -> Iterator[tuple[int, Sequence[Any]]]:
        """Line and cells of some rows of a part, in ascending order of their places."""
        ...


class ParquetTable:
    """A Parquet file; its parts are its row groups. Texts come with a dictionary, but those at some positions."""

    def __init__(self, source: Source, plain: Sequence[int] = ()) -> None:
        from pyarrow import types

        self._source = source
        with open_parquet(source) as file:
            fields = list(file.schema_arrow)
            metadata = file.metadata
        self.headings: Headings = tuple(field.name for field in fields)
        self.types: Mapping[int, Any] = {position: field.type for position, field in enumerate(fields)}
        self.parts: int = metadata.num_row_groups
        self._sizes = [metadata.row_group(part).num_rows for part in range(self.parts)]
        texts = [
            field.name
            for position, field in enumerate(fields)
            if position not in plain and (types.is_string(field.type) or types.is_large_string(field.type))
        ]
        self._file = open_parquet(source, metadata=metadata, read_dictionary=texts, pre_buffer=False)

    def batches(self, part: int, positions: Sequence[int], most: int) -> Iterator[Batch]:
        from pyarrow import ArrowException

        names = [self.headings[position] for position in positions]
        start = 0
        try:
            for batch in self._file.iter_batches(most, row_groups=[part], columns=names, use_threads=False):
                found = [as_texts(batch.column(name)) for name in names]
                yield Batch(start, batch.num_rows, dict(zip(positions, found, strict=True)))
                start += batch.num_rows
        except (ArrowException, OSError, ValueError, OverflowError) as error:
            raise broken_parquet(self._source, error) from None

    def rows(self, part: int, places: Sequence[int]) -> Iterator[tuple[int, Sequence[Any]]]:
        before = sum(self._sizes[:part])
        waiting = iter(places)
        place = next(waiting, None)
        for batch in self.batches(part, range(len(self.headings)), 16_384):
            cells: list[list[Any]] = []
            while place is not None and place < batch.start + batch.count:
                cells = cells or [cells_of_column(batch.columns[at]) for at in range(len(self.headings))]
                yield before + place + 1, [column[place - batch.start] for column in cells]
                place = next(waiting, None)
            if place is None:
                return
