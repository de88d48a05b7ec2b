"""Parquet files, by pyarrow, which is loaded only when such a file is read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from leadline.readers.extras import require_extra
from leadline.readers.problems import DataError
from leadline.readers.rows import Headings, RefuseRow, Row, Rows
from leadline.readers.sources import Source

_BATCH = 16_384


def parquet_rows(source: Source) -> Rows:
    """The rows of a Parquet file, numbered from 1."""
    with open_parquet(source) as file:
        headings = tuple(file.schema_arrow.names)

    def read(refuse: RefuseRow) -> Iterator[Row]:
        return _read_rows(source, headings)

    return Rows(source.name, read, headings)


def open_parquet(source: Source, **options: Any) -> Any:
    """A Parquet file. Raises DataError where there is none that can be read."""
    require_extra("parquet", "reading Parquet", file=source.name)
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(source.path, **options)
    except (ArrowException, OSError, ValueError) as error:
        raise broken_parquet(source, error) from None


def _read_rows(source: Source, headings: Headings) -> Iterator[Row]:
    from pyarrow import ArrowException

    number = 0
    with open_parquet(source) as file:
        try:
            for batch in file.iter_batches(_BATCH):
                for cells in zip(*map(cells_of_column, batch.columns), strict=True):
                    number += 1
                    yield number, headings, cells
        except (ArrowException, OSError, ValueError, OverflowError) as error:
            raise broken_parquet(source, error) from None


def as_texts(column: Any) -> Any:
    """An Arrow array in which bytes, as which some programs write texts, are texts. Raises ArrowException."""
    from pyarrow import string, types

    return column.cast(string()) if types.is_binary(column.type) or types.is_large_binary(column.type) else column


def cells_of_column(column: Any) -> list[Any]:
    """The cells of an Arrow array as Python has them."""
    from pyarrow import timestamp, types

    column = as_texts(column)
    kind = column.type
    if types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(timestamp("us", kind.tz), safe=False)
    try:
        cells: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        return [_cell(scalar) for scalar in column]
    if types.is_floating(kind):
        # What wrote the file may have had no other way to say "nothing".
        return [None if cell is not None and math.isnan(cell) else cell for cell in cells]
    return cells


def _cell(scalar: Any) -> Any:
    """A single cell; one that Python has no value for, such as a date in the year 20000, as a text that says so."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return f"{scalar.type} {scalar.value}"


def broken_parquet(source: Source, error: Exception) -> DataError:
    """What is said of a file that turns out to be none."""
    reason = " ".join(str(error).split())[:120]
    return DataError(f"this is no Parquet file that can be read: {reason}", file=source.name)
