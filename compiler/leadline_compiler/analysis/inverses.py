"""Sums and products of one amount with constants: where that amount has to lie for the result to lie somewhere."""

from __future__ import annotations

from leadline_compiler.analysis.constants import constant_value, is_constant
from leadline_compiler.analysis.space import Scope
from leadline_compiler.analysis.spans import FAR, Spans, common, from_to, join
from leadline_compiler.conditions import Amount, NumberAmount, ProductAmount, SumAmount
from leadline_compiler.contacts import Value
from leadline_compiler.numbers import LARGEST


def shifted(amount: SumAmount, spans: Spans, scope: Scope) -> tuple[Amount, Spans] | None:
    """A sum of one amount and constants: that amount, and the spans in which it then has to lie."""
    if sum(not is_constant(term) for _, term in amount.terms) != 1:
        return None
    found: tuple[str, Amount] | None = None
    shift, least, most = 0, 0, 0
    for sign, term in amount.terms:
        if not is_constant(term):
            found, least, most = (sign, term), shift, shift
            continue
        value = constant_value(term, scope)
        if not isinstance(value, int):
            return None
        shift += value if sign == "+" else -value
        least, most = min(least, shift), max(most, shift)
        if found is None and abs(shift) > LARGEST:
            return None
    assert found is not None
    mirrored, moving = found[0] == "-", found[1]
    # A sum that leaves the bounds on its way is missing.
    inside = from_to(-LARGEST - least, LARGEST - most)
    moved = join(_moved(span, shift, mirrored) for span in spans)
    return moving, common(moved, tuple((-high, -low) for low, high in inside) if mirrored else inside)


def _moved(span: tuple[int, int], shift: int, mirrored: bool) -> tuple[int, int]:
    low = -FAR if span[0] <= -FAR else span[0] - shift
    high = FAR if span[1] >= FAR else span[1] - shift
    return (-high, -low) if mirrored else (low, high)


def scaled(amount: ProductAmount, spans: Spans, scope: Scope) -> tuple[Amount, Spans] | None:
    """One amount times constants, or divided by them: that amount, and the spans in which it then has to lie."""
    moving = [(place, factor) for place, (_, factor) in enumerate(amount.factors) if not is_constant(factor)]
    if len(moving) != 1 or amount.factors[moving[0][0]][0] == "/":
        return None
    [(place, factor)] = moving
    before, after = amount.factors[:place], amount.factors[place + 1 :]

    def product(value: int) -> Value:
        return constant_value(ProductAmount((*before, ("*", NumberAmount(value)), *after)), scope)

    if product(0) is None:
        return factor, ()
    # Rounding keeps the order; what is too large for a number is missing, on the one side and on the other.
    constants = [constant_value(one, scope) for _, one in (*before, *after)]
    falls = sum(isinstance(one, int) and one < 0 for one in constants) % 2 == 1

    def is_past(value: int, limit: int) -> bool:
        found = product(-value if falls else value)
        return found > limit if isinstance(found, int) else value > 0

    def first_past(limit: int) -> int:
        """The first value, or the last but its sign where they fall, whose product is larger."""
        low, high = -LARGEST - 1, LARGEST + 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if is_past(middle, limit) else (middle, high)
        return high

    ends = ((max(low, -LARGEST), min(high, LARGEST)) for low, high in spans)
    found = [(first_past(low - 1), first_past(high) - 1) for low, high in ends if low <= high]
    kept = ((-high, -low) if falls else (low, high) for low, high in found if low <= high)
    return factor, join(kept)
