"""A score over time, drawn with blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_EIGHTHS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Curve:
    """Totals (thousandths) from instants on; the first holds from `start`. It is drawn up to `end`."""

    instants: tuple[int, ...]
    totals: tuple[int, ...]
    start: int
    end: int

    def at(self, instant: int) -> int:
        """The total at an instant."""
        return self.totals[max(0, bisect_right(self.instants, instant) - 1)]


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of blocks from top to bottom; in column `now` it is today. `top` and `bottom` are thousandths."""

    rows: tuple[str, ...]
    now: int
    top: int
    bottom: int


def draw_chart(curve: Curve, as_of: int, width: int, height: int) -> Chart:
    """The curve in so many columns and rows; the lowest line is nothing, or the lowest total below it."""
    totals = [curve.at(instant) for instant in _columns(curve, width)]
    bottom, top = min(0, *totals), max(0, *totals)
    span = max(1, top - bottom)
    eighths = [_eighths(total - bottom, span, height) for total in totals]
    rows = tuple(
        "".join(_EIGHTHS[max(0, min(8, filled - 8 * row))] for filled in eighths) for row in reversed(range(height))
    )
    share = (as_of - curve.start) / max(1, curve.end - curve.start)
    return Chart(rows, max(0, min(width - 1, int(share * width))), top, bottom)


def _columns(curve: Curve, width: int) -> Sequence[int]:
    """The instant in the middle of each column."""
    length = curve.end - curve.start
    return [curve.start + length * (2 * column + 1) // (2 * width) for column in range(width)]


def _eighths(part: int, span: int, height: int) -> int:
    """How many eighths of a row are filled; whatever is not the least has one."""
    return max(part * height * 8 // span, 1 if part else 0)
