"""What decays leave, as tables of whole numbers."""

from __future__ import annotations

from fractions import Fraction

from leadline_compiler.decays import left_after
from leadline_compiler.emit.sql.bands import value_in_bands
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import Sql, choose, less, multiply, subtract, whole
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.model import Decay
from leadline_compiler.plan.plan import DecayTable
from leadline_compiler.zones import MINUTE, Duration, Unit

MOST_ROWS = 2000
_HUNDRED = 100 * 10**6
"""All of something, in millionths of a percent."""


def worth_after(points: int, decay: DecayTable, steps: Sql, dialect: Dialect) -> Sql:
    """What is left of some points after so many steps, a column."""
    if points == 0:
        return whole(0)
    kept = Decay(decay.kind, _every(decay), Fraction(decay.percent, 10**6))
    rows: list[tuple[int, Sql]] = []
    left = points
    for step in range(1, _last_step(decay) + 1):
        after = left_after(points, kept, step)
        if after != left:
            rows.append((step, whole(after)))
            left = after
        if left == 0:
            return value_in_bands(steps, rows, whole(points))
        if len(rows) > MOST_ROWS:
            break
    raise RefusedError(f"its decay takes more than {MOST_ROWS} steps to come to nothing")


def _every(decay: DecayTable) -> Duration:
    return Duration(decay.days, Unit.DAYS) if decay.kind == "fading" else Duration(decay.step // MINUTE, Unit.MINUTES)


def _last_step(decay: DecayTable) -> int:
    """A step after which nothing can be left, or more than a table may have."""
    if decay.kind == "fading":
        return decay.days
    if decay.kind == "losing of original":
        return -(-_HUNDRED // decay.percent)
    return 50 * MOST_ROWS


def sum_after(points: Sql, most: int, decay: DecayTable, steps: Sql, dialect: Dialect) -> Sql:
    """What is left of a sum that is never larger than `most`; both are columns."""
    if decay.kind == "losing of original":
        lost = multiply(steps, whole(decay.percent))
        last = -(-_HUNDRED // decay.percent)
        left = dialect.rounded(multiply(dialect.wide(points), subtract(whole(_HUNDRED), lost)), whole(_HUNDRED))
        return choose([(less(steps, whole(last)), left)], whole(0))
    kept = Fraction(1, 2) if decay.kind == "halving" else 1 - Fraction(decay.percent, _HUNDRED)
    rows: list[tuple[int, Sql]] = []
    power = kept
    while 2 * most * power.numerator >= power.denominator:
        top, bottom = _short_fraction(power, most, dialect.most_whole)
        rows.append((len(rows) + 1, dialect.scaled(points, top, bottom)))
        power *= kept
        if len(rows) > MOST_ROWS:
            raise RefusedError(f"its decay takes more than {MOST_ROWS} steps to come to nothing")
    rows.append((len(rows) + 1, whole(0)))
    return value_in_bands(steps, rows, points)


def _short_fraction(kept: Fraction, most: int, largest: int) -> tuple[int, int]:
    """A fraction by which every whole number up to `most` comes to the same when rounded, in numbers not too large."""
    if 2 * (most + 1) * kept.denominator <= largest:
        return kept.numerator, kept.denominator
    bottom = 10 ** (len(str(largest // (2 * (most + 1)))) - 1)
    top = -(-kept.numerator * bottom // kept.denominator)
    if not _rounds_alike(kept, Fraction(top, bottom), most):
        raise RefusedError("its decay needs more digits than the engine's whole numbers have")
    return top, bottom


def _rounds_alike(exact: Fraction, above: Fraction, most: int) -> bool:
    """Whether no whole number up to `most` rounds differently for a factor that is a little too large.

    The product with the exact factor falls short of a half by some 1/(2 denominator); only where that is less than
    what is added does the rounding change.
    """
    top, bottom = exact.numerator, exact.denominator
    reach = int(2 * most * bottom * (above - exact))
    if reach == 0:
        return True
    if reach >= bottom:
        return False
    first = _first_in_range(-2 * top % (2 * bottom), 2 * bottom, bottom + 1, bottom + reach)
    return first is None or first > most


def _first_in_range(step: int, modulus: int, low: int, high: int) -> int | None:
    """The smallest n for which n * step, modulo the modulus, lies in low..high (0 < low)."""
    if step == 0:
        return None
    count = -(-low // step)
    if count * step <= high:
        return count
    turns = _first_in_range(modulus % step, step, -high % step, -low % step)
    return None if turns is None else -(-(low + modulus * turns) // step)


