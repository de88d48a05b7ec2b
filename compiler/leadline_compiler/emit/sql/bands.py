"""A value for each band of a whole number, found by halving."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.emit.sql.expressions import Sql, choose, less, whole


def value_in_bands(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The value of the last row whose start is not above the place; `before` where there is none."""
    if not rows:
        return before
    middle = len(rows) // 2
    start, value = rows[middle]
    low = value_in_bands(place, rows[:middle], before)
    return choose([(less(place, whole(start)), low)], value_in_bands(place, rows[middle + 1 :], value))


def value_in_row(place: Sql, rows: Sequence[tuple[int, Sql]], before: Sql) -> Sql:
    """The same as one long list, for values that are deep themselves: nothing is nested more than it is."""
    if not rows:
        return before
    values = [before, *(value for _, value in rows)]
    return choose(
        [(less(place, whole(start)), value) for (start, _), value in zip(rows, values, strict=False)], values[-1]
    )
