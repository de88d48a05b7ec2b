"""Two rows of one `points … by` that take the same value.

Rows of one table replace each other, so a value that two rows take would have two prices, and nobody could
say which one counts.

Example:

    points "Visits" by count of page_view
      +3  for 2 to 6
      +6  for 6 or more

The way out: let each row begin where the one before ends, here `+3 for 2 to 5`.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.tables import neighbours, tables
from leadline_compiler.model import NumberRange, Row, Table
from leadline_compiler.numbers import write_number
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.tokens import quote_text

_MISSING, _OTHERWISE = object(), object()


def check(facts: Facts) -> Iterator[Diagnostic]:
    for _, table in tables(facts):
        yield from _same_values(table)
        yield from _same_numbers(table)


def _overlap(row: Row, earlier: Row, what: str) -> Diagnostic:
    label = Label(f"this row takes {what} too", earlier.place.span, earlier.place.file)
    return find("overlapping-rows", f"two rows take {what}", row.place, "leave it in one of them", related=[label])


def _same_values(table: Table) -> Iterator[Diagnostic]:
    seen: dict[object, Row] = {}
    for row in table.rows:
        keys: list[tuple[object, str]] = [
            (value, quote_text(value) if isinstance(value, str) else "`yes`" if value else "`no`")
            for value in row.values
            if not isinstance(value, NumberRange)
        ]
        keys += [(_MISSING, "what is missing")] * row.missing + [(_OTHERWISE, "all the rest")] * row.otherwise
        for key, what in keys:
            marked = (type(key), key)
            if marked in seen:
                yield _overlap(row, seen[marked], what)
            seen.setdefault(marked, row)


def _same_numbers(table: Table) -> Iterator[Diagnostic]:
    for (earlier, first), (later, second) in neighbours(table):
        if first.high is None or second.low is None or second.low <= first.high:
            what = write_number(second.low) if second.low is not None else "the same numbers"
            row, other = sorted((earlier, later), key=lambda row: row.place, reverse=True)
            yield _overlap(row, other, what)
