"""A value for each band of a whole number: short lists inside of short lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from leadline_compiler.emit.sql.dialects.base import Dialect, writer_of
from leadline_compiler.emit.sql.expressions import Sql, choose, closed, columns_read, less, whole, written

_WIDTH = 8
"""Bands side by side. Halves would be compared a little less, but lie deeper than SQLite reads: a hundred tokens."""


def value_in_bands(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The value of the last row whose start is not above the place; `before` where there is none."""
    size = -(-len(rows) // _WIDTH)
    if size <= 1:
        return _in_row(place, rows, before)
    wide = [
        (start, value_in_bands(place, rows[first + 1 : first + size], value))
        for first, (start, value) in list(enumerate(rows))[::size]
    ]
    return _in_row(place, wide, before)


def number_in_bands(place: Sql, rows: Sequence[tuple[int, int]], before: int, dialect: Dialect) -> Sql:
    """The same for whole numbers, of which there can be thousands of rows: those of a zone come again and again."""
    as_ = dialect.write(closed(place, 5))
    return written(_write_bands(dialect.name, as_, tuple(rows), before), columns_read(place))


@lru_cache(maxsize=512)
def _write_bands(dialect: str, place: str, rows: tuple[tuple[int, int], ...], before: int) -> str:
    values = [(start, whole(value)) for start, value in rows]
    return writer_of(dialect).sql(value_in_bands(written(place), values, whole(before)))


def _in_row(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The same as one list."""
    if not rows:
        return before
    values = [before, *(value for _, value in rows)]
    return choose(
        [(less(place, whole(start)), value) for (start, _), value in zip(rows, values, strict=False)], values[-1]
    )
