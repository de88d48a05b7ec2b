"""Exact numbers: amounts in whole millionths, points in whole thousandths."""

from __future__ import annotations

import re
from decimal import Decimal

from leadline_compiler.emit.runtime.python.texts import normalised

MILLION = 10**6
LARGEST = 10**18
NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?", re.ASCII)


def round_half_away(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, halves rounded away from zero. The denominator is above 0."""
    half_up = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -half_up if numerator < 0 else half_up


def bounded(millionths: int) -> int | None:
    """The amount itself; beyond a million millions it is missing."""
    return millionths if -LARGEST <= millionths <= LARGEST else None


def parse_number(text: str) -> int | None:
    """Millionths of `[+-]digits[.digits][e±n]`, None where the text is something else or beyond every bound."""
    match = NUMBER.fullmatch(normalised(text))
    if match is None:
        return None
    sign, whole, decimals, exponent_sign, exponent = match.groups(default="")
    digits = (whole + decimals).lstrip("0")
    if not digits:
        return 0
    exponent = exponent.lstrip("0")
    if len(exponent) > 6:
        return 0 if exponent_sign == "-" else None
    power = int(exponent_sign + (exponent or "0")) - len(decimals) + 6
    # So many digits stand before the point of the millionths: more than 19 are too many, none at all is 0.
    before = len(digits) + power
    if before > 19:
        return None
    if before < 0:
        return 0
    kept = int(digits[:before] or "0") * 10 ** max(power, 0)
    size = kept + (digits[before : before + 1] >= "5")
    return bounded(-size if sign == "-" else size)


def add(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else bounded(left + right)


def subtract(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else bounded(left - right)


def multiply(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else bounded(round_half_away(left * right, MILLION))


def divide(left: int | None, right: int | None) -> int | None:
    """The quotient; by zero it is missing."""
    if left is None or right is None or right == 0:
        return None
    return bounded(round_half_away(left * MILLION if right > 0 else -left * MILLION, abs(right)))


def from_points(points: int) -> int | None:
    """Points as an amount that can be compared."""
    return bounded(points * 1000)


def above(left: int | None, right: int | None) -> bool:
    return left is not None and right is not None and left > right


def at_least(left: int | None, right: int | None) -> bool:
    return left is not None and right is not None and left >= right


def is_within(value: int | None, first: int, last: int) -> bool:
    return value is not None and first <= value <= last


def write_points(thousandths: int) -> int | float | Decimal:
    """Points as a number without needless decimals; a Decimal where no float has all the digits."""
    if thousandths % 1000 == 0:
        return thousandths // 1000
    sign = "-" if thousandths < 0 else ""
    written = f"{sign}{abs(thousandths) // 1000}.{abs(thousandths) % 1000:03}".rstrip("0")
    number = float(written)
    return number if repr(number) == written else Decimal(written)
