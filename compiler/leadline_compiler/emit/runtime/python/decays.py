"""What a decay leaves of points, in whole thousandths, halves rounded away from zero."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from leadline_compiler.emit.runtime.python.numbers import round_half_away

WHOLE_PERCENT = 10**8
EXACT_STEPS = 4096
WIDE = Context(prec=80)


class Decay(NamedTuple):
    """`step` in microseconds, `percent` in millionths of a percent; fading takes `days` steps of a day."""

    kind: str
    step: int
    percent: int
    days: int


@lru_cache(maxsize=65536)
def left_after(points: int, decay: Decay, steps: int) -> int:
    """The points that are left after so many full steps."""
    if decay.kind == "halving":
        return power_of(points, 1, 2, steps)
    if decay.kind == "losing of rest":
        return power_of(points, WHOLE_PERCENT - decay.percent, WHOLE_PERCENT, steps)
    whole, lost = (decay.days, 1) if decay.kind == "fading" else (WHOLE_PERCENT, decay.percent)
    return round_half_away(points * max(0, whole - steps * lost), whole)


def power_of(points: int, numerator: int, denominator: int, steps: int) -> int:
    if steps == 0 or points == 0:
        return points
    if numerator == 0:
        return 0
    if steps <= EXACT_STEPS:
        return round_half_away(points * numerator**steps, denominator**steps)
    # No tie is possible so far out, where an exact value would have thousands of digits: 80 of them decide.
    ratio = WIDE.divide(Decimal(numerator), Decimal(denominator))
    value = WIDE.multiply(Decimal(points), WIDE.power(ratio, steps))
    return int(value.to_integral_value(ROUND_HALF_UP, WIDE))
