"""Values between two rows of one `points … by` that no row takes.

A contact whose number falls into the gap gets no points at all, which is rarely meant: the rows around it say
that both neighbours count.

Example, for a field that may hold 5.5:

    points "Size" by employees
      +3  for 2 to 5
      +6  for 6 or more

The way out: close the gap (`+6 for above 5`), or say that it is meant with a row `+0 otherwise`. For counts
and days, which are whole numbers, `2 to 5` and `6 or more` leave no gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.tables import neighbours, tables
from leadline_compiler.model import Table
from leadline_compiler.numbers import MILLION, write_number
from leadline_compiler.typing import is_whole
from leadline_dsl.diagnostics import Diagnostic, Label


def check(facts: Facts) -> Iterator[Diagnostic]:
    for _, table in tables(facts):
        if not any(row.otherwise for row in table.rows):
            yield from _gaps(table)


def _gaps(table: Table) -> Iterator[Diagnostic]:
    step = MILLION if is_whole(table.amount) else 1
    for (earlier, first), (later, second) in neighbours(table):
        if first.high is None or second.low is None:
            continue
        inside = (first.high // step + 1) * step
        if inside < second.low:
            between = f"{write_number(first.high)} and {write_number(second.low)}"
            example = write_number(inside) if step > 1 else f"{_short(first.high, second.low)}"
            yield find(
                "gap-in-rows",
                f"no row takes what lies between {between}, such as {example}",
                later.place,
                "close the gap, or add `+0 otherwise` if it is meant",
                related=[Label("the row before ends here", earlier.place.span, earlier.place.file)],
            )


def _short(low: int, high: int) -> str:
    """A short number strictly between two amounts that are at least two millionths apart."""
    for unit in (MILLION, MILLION // 2, 100_000, 10_000, 1_000, 100, 10):
        number = (low // unit + 1) * unit
        if number < high:
            return write_number(number)
    return write_number(low + 1)
