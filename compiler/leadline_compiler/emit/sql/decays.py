"""What decays leave, as tables of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count, zip_longest

from sqlglot import exp

from leadline_compiler.decays import left_after
from leadline_compiler.emit.sql.bands import number_in_bands
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import Sql, add, at_least, at_most, call, choose, less, multiply, whole
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.model import Decay
from leadline_compiler.plan.plan import DecayTable
from leadline_compiler.zones import MINUTE, Duration, Unit

MOST_ROWS = 2000
_MOST_DIGITS = 12
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


def sum_after(points: Sql, most: int, decay: DecayTable, steps: Sql, dialect: Dialect, frame: Frame) -> Sql:
    """What is left of a sum whose size is never above `most`; the sum and the steps are columns of the frame.

    The steps choose the digits of what is kept, by which the sum is then multiplied: a product for each step would be
    as many as there are steps.
    """
    base = 10 ** (len(str(dialect.most_whole // (2 * (most + 1)))) - 1)
    rows: list[list[int]] = []
    for kept in _kept(decay):
        if 2 * most * kept.numerator < kept.denominator:
            break
        rows.append(_digits(kept, most, base))
        if len(rows) > MOST_ROWS:
            raise RefusedError(f"its decay takes more than {MOST_ROWS} steps to come to nothing")
    if not rows:
        return choose([(less(steps, whole(1)), points)], whole(0))
    places = [list(enumerate(place, 1)) for place in zip_longest(*rows, fillvalue=0)]
    digits = [frame.store(number_in_bands(steps, place, 0, dialect), "digit") for place in reversed(places)]
    left = frame.store(_times(frame.store(call("ABS", points), "size"), digits, base, dialect), "left")
    signed = choose([(at_least(points, whole(0)), left)], exp.Neg(this=left))
    return choose([(less(steps, whole(1)), points), (at_most(steps, whole(len(rows))), signed)], whole(0))


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


def _times(size: Sql, digits: Sequence[Sql], base: int, dialect: Dialect) -> Sql:
    """A number that is not below 0 times a fraction, rounded. The digits come from the last to the first."""
    *others, first = digits
    carried: list[Sql] = []
    for digit in others:
        carried = [dialect.quotient(add(multiply(dialect.wide(size), digit), *carried), whole(base))]
    product = multiply(dialect.wide(size), first)
    return dialect.quotient(add(product, *carried, whole(base // 2)), whole(base))


def _digits(kept: Fraction, most: int, base: int) -> list[int]:
    """As many digits of a fraction, rounded up, as make every whole number up to `most` round as with the fraction."""
    for places in range(1, _MOST_DIGITS):
        bottom = base**places
        top = -(-kept.numerator * bottom // kept.denominator)
        if top < bottom and _rounds_alike(kept, top, bottom, most):
            return [top // base**place % base for place in reversed(range(places))]
    raise RefusedError("its decay needs more digits than the engine's whole numbers have")


def _rounds_alike(exact: Fraction, above: int, parts: int, most: int) -> bool:
    """Whether no whole number up to `most` rounds differently for a factor that is a little too large: above / parts.

    The product with the exact factor falls short of a half by some 1/(2 denominator); only where that is less than
    what is added does the rounding change.
    """
    top, bottom = exact.numerator, exact.denominator
    reach = 2 * most * (above * bottom - top * parts) // parts
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
