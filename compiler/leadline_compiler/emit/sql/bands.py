"""A value for each band of a whole number: short lists inside of short lists."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.emit.sql.expressions import Sql, choose, less, whole

_WIDTH = 8
"""Bands side by side. Halves would be compared a little less, but lie deeper than SQLite reads: a hundred tokens."""


def value_in_bands(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The value of the last row whose start is not above the place; `before` where there is none."""
    size = -(-len(rows) // _WIDTH)
    if size <= 1:
        return value_in_row(place, rows, before)
    wide = [
        (start, value_in_bands(place, rows[first + 1 : first + size], value))
        for first, (start, value) in list(enumerate(rows))[::size]
    ]
    return value_in_row(place, wide, before)


def value_in_row(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The same as one long list, for values that are deep themselves: nothing is nested more than it is."""
    if not rows:
        return before
    values = [before, *(value for _, value in rows)]
    return choose(
        [(less(place, whole(start)), value) for (start, _), value in zip(rows, values, strict=False)], values[-1]
    )
