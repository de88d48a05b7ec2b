"""Two amounts of the same events of which the one is never above the other, where both are known."""

from __future__ import annotations

from leadline_compiler.analysis.constants import plain
from leadline_compiler.conditions import Amount, DaysSinceEventAmount, MeasureAmount

_AMONG = ("lowest", "highest", "latest", "earliest")


def is_never_above(one: Amount, other: Amount) -> bool:
    """Whether the one is provably no more than the other, unless one of them is missing."""
    match plain(one), plain(other):
        case MeasureAmount() as low, MeasureAmount() as high:
            if low.occurrence != high.occurrence or low.property != high.property:
                return False
            return (low.kind == "lowest" and high.kind in _AMONG) or (high.kind == "highest" and low.kind in _AMONG)
        case DaysSinceEventAmount(which="last") as low, DaysSinceEventAmount(which="first") as high:
            return low.occurrence == high.occurrence
    return False
