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
