"""What decays leave, as tables of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from sqlglot import exp

from leadline_compiler.decays import left_after
from leadline_compiler.emit.sql.bands import number_in_bands, value_in_row
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import Sql, add, at_least, choose, multiply, whole
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.model import Decay
from leadline_compiler.plan.plan import DecayTable
from leadline_compiler.zones import MINUTE, Duration, Unit

MOST_ROWS = 2000
_MOST_PARTS = 12
_HUNDRED = 100 * 10**6
"""All of something, in millionths of a percent."""


def worth_after(points: int, decay: DecayTable, steps: Sql, dialect: Dialect) -> Sql:
    """What is left of some points after so many steps, a column."""
    return number_in_bands(steps, decay_rows(points, decay), points, dialect)


def decay_rows(points: int, decay: DecayTable) -> list[tuple[int, int]]:
    """The steps after which less is left of some points than before, with what it is; the last is 0."""
    if points == 0:
        return []
    kept = Decay(decay.kind, _every(decay), Fraction(decay.percent, 10**6))
    rows: list[tuple[int, int]] = []
    left = points
    for step in range(1, _last_step(decay) + 1):
        after = left_after(points, kept, step)
        if after != left:
            rows.append((step, after))
            left = after
        if left == 0:
            return rows
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
    """What is left of a sum whose size is never above `most`; the sum and the steps are columns."""
    rows: list[tuple[int, Sql]] = []
    for kept in _kept(decay):
        if 2 * most * kept.numerator < kept.denominator:
            break
        rows.append((len(rows) + 1, _scaled(points, most, kept, dialect)))
        if len(rows) > MOST_ROWS:
            raise RefusedError(f"its decay takes more than {MOST_ROWS} steps to come to nothing")
    rows.append((len(rows) + 1, whole(0)))
    return value_in_row(steps, rows, points)


def _kept(decay: DecayTable) -> Iterator[Fraction]:
    """What is kept after one step, two steps, and so on."""
    if decay.kind == "losing of original":
        lost = Fraction(decay.percent, _HUNDRED)
        yield from (max(Fraction(0), 1 - step * lost) for step in count(1))
    once = Fraction(1, 2) if decay.kind == "halving" else 1 - Fraction(decay.percent, _HUNDRED)
    kept = once
    while True:
        yield kept
        kept *= once


def _scaled(points: Sql, most: int, kept: Fraction, dialect: Dialect) -> Sql:
    """The points times a fraction, rounded."""
    if 2 * (most + 1) * kept.denominator <= dialect.most_whole:
        product = multiply(dialect.wide(points), whole(kept.numerator))
        return dialect.rounded(product, whole(kept.denominator))
    base = 10 ** (len(str(dialect.most_whole // (2 * (most + 1)))) - 1)
    parts = _parts(kept, most, base)
    below = exp.Neg(this=exp.Paren(this=_scaled_by_parts(exp.Neg(this=points), parts, base, dialect)))
    return choose([(at_least(points, whole(0)), _scaled_by_parts(points, parts, base, dialect))], below)


def _scaled_by_parts(points: Sql, parts: list[int], base: int, dialect: Dialect) -> Sql:
    """Points that are not below 0 times a fraction, given by its digits in a base from the last to the first."""
    carried: Sql | None = None
    for place, part in enumerate(parts, 1):
        product = multiply(dialect.wide(points), whole(part))
        half = base // 2 if place == len(parts) else 0
        terms = [product, *([carried] if carried is not None else []), *([whole(half)] if half else [])]
        carried = dialect.quotient(add(*terms), whole(base))
    return whole(0) if carried is None else carried


def _parts(kept: Fraction, most: int, base: int) -> list[int]:
    """As many digits of a fraction, rounded up, as make every whole number up to `most` round as with the fraction."""
    for places in range(1, _MOST_PARTS):
        bottom = base**places
        top = -(-kept.numerator * bottom // kept.denominator)
        if top < bottom and _rounds_alike(kept, Fraction(top, bottom), most):
            return [top // base**place % base for place in range(places)]
    raise RefusedError("its decay needs more digits than the engine's whole numbers have")


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
