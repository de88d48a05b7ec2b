"""What a decay leaves of some points: exact, in whole thousandths, rounded half away from zero."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from leadline_compiler.model import Decay
from leadline_compiler.numbers import round_half_away
from leadline_compiler.zones import DAY

_EXACT_STEPS = 4096
"""Up to so many steps powers are taken exactly; beyond, with many digits and a check that the rounding is sure."""

_WIDE = Context(prec=80)


def steps_of(decay: Decay, age: int) -> int:
    """How many full steps an age (microseconds, not below 0) has; days for fading."""
    return age // (DAY if decay.kind == "fading" else decay.every.length)


def decayed(points: int, decay: Decay, age: int) -> int:
    """What is left of points (thousandths) at an age in microseconds."""
    return left_after(points, decay, steps_of(decay, age))


@lru_cache(maxsize=65536)
def left_after(points: int, decay: Decay, steps: int) -> int:
    """What is left of points (thousandths) after so many steps; for fading a step is a day."""
    if decay.kind in ("halving", "losing of rest"):
        kept = Fraction(1, 2) if decay.kind == "halving" else 1 - decay.percent / 100
        return _power(points, kept, steps)
    if decay.kind == "fading":
        over = decay.every.length // DAY
        left = Fraction(max(0, over - steps), over)
    else:
        left = max(Fraction(0), 1 - steps * decay.percent / 100)
    return round_half_away(points * left.numerator, left.denominator)


def _power(points: int, kept: Fraction, steps: int) -> int:
    if steps == 0 or points == 0:
        return points
    if kept == 0:
        return 0
    if steps <= _EXACT_STEPS:
        return round_half_away(points * kept.numerator**steps, kept.denominator**steps)
    return _rounded_power(points, kept, steps)


def _rounded_power(points: int, kept: Fraction, steps: int) -> int:
    """For long runs of small steps: 80 digits leave no doubt, since a tie would need a short exact value."""
    ratio = _WIDE.divide(Decimal(kept.numerator), Decimal(kept.denominator))
    value = _WIDE.multiply(Decimal(points), _WIDE.power(ratio, steps))
    return int(value.to_integral_value(ROUND_HALF_UP, _WIDE))
