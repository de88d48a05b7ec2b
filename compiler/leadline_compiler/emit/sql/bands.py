"""A value for each band of a whole number: short lists inside of short lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import Sql, choose, closed, columns_read, less, whole, written

_WIDTH = 8
"""Bands side by side. Halves would be compared a little less, but lie deeper than SQLite reads: a hundred tokens."""

_Value = TypeVar("_Value")


def value_in_bands(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The value of the last row whose start is not above the place; `before` where there is none."""
    return _nested(
        rows, before, lambda values, last: choose([(less(place, whole(end)), value) for end, value in values], last)
    )


def number_in_bands(place: Sql, rows: Sequence[tuple[int, int]], before: int, dialect: Dialect) -> Sql:
    """The same for whole numbers, of which there can be thousands of rows: those of a zone come again and again."""
    as_ = dialect.write(closed(place, 5))
    return written(_write_bands(as_, tuple(rows), before), columns_read(place))


@lru_cache(maxsize=512)
def _write_bands(place: str, rows: tuple[tuple[int, int], ...], before: int) -> str:
    """The text, which is the same for every engine; a tree of thousands of numbers would take long to be written."""

    def chosen(values: Sequence[tuple[int, str]], last: str) -> str:
        cases = " ".join(f"WHEN {place} < {end} THEN {value}" for end, value in values)
        return f"CASE {cases} ELSE {last} END"

    return _nested([(start, str(value)) for start, value in rows], str(before), chosen)


def _nested(
    rows: Sequence[tuple[int, _Value]],
    before: _Value,
    chosen: Callable[[Sequence[tuple[int, _Value]], _Value], _Value],
) -> _Value:
    """`chosen` takes values with where their bands end, and the last one."""
    size = -(-len(rows) // _WIDTH)
    if size > 1:
        heads = list(enumerate(rows))[::size]
        rows = [(start, _nested(rows[first + 1 : first + size], value, chosen)) for first, (start, value) in heads]
    if not rows:
        return before
    values = [before, *(value for _, value in rows)]
    return chosen([(start, value) for (start, _), value in zip(rows, values, strict=False)], values[-1])
