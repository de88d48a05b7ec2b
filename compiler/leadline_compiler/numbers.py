"""Exact numbers: whole millionths for amounts, whole thousandths for points.

An amount `x` is held as the integer `x * 10**6`. Whatever is beyond ±10**12 is missing, here `None`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from leadline_dsl.normal_forms import normalise

MILLION = 10**6
THOUSAND = 10**3
LARGEST = 10**12 * MILLION
"""The largest amount in millionths; anything larger counts as missing."""

_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?", re.ASCII)
_LONGEST_PLAIN = 12
"""Digits of a whole number that is surely within the bounds."""
_LONGEST_EXPONENT = 6
"""Digits of an exponent that are worth reading: anything longer is zero or beyond every bound."""


def round_half_away(numerator: int, denominator: int) -> int:
    """numerator / denominator as a whole number, halves rounded away from zero. The denominator is above 0."""
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def bounded(millionths: int) -> int | None:
    """The amount itself, or None where it is beyond ±10**12."""
    return millionths if -LARGEST <= millionths <= LARGEST else None


def parse_number(text: str) -> int | None:
    """Millionths of a number written as `[+-]digits[.digits][e±n]` after NFKC and trimming.

    Digits after the sixth decimal round half away from zero. None where the text is no such number or is
    beyond ±10**12.
    """
    if text.isdigit() and text.isascii() and len(text) <= _LONGEST_PLAIN:
        return int(text) * MILLION
    match = _NUMBER.fullmatch(normalise("NFKC", text).strip())
    if match is None:
        return None
    sign, whole, decimals, exponent = match.groups()
    return _scaled(sign == "-", whole.lstrip("0"), decimals or "", exponent or "0")


def _scaled(negative: bool, whole: str, decimals: str, exponent: str) -> int | None:
    digits = (whole + decimals).lstrip("0")
    if not digits:
        return 0
    tens = exponent.lstrip("+-").lstrip("0") or "0"
    if len(tens) > _LONGEST_EXPONENT:
        return 0 if exponent.startswith("-") else None
    # The number is 0.digits * 10**magnitude; six decimals and twelve whole digits are all that can matter.
    shift = (-int(tens) if exponent.startswith("-") else int(tens)) - len(decimals)
    magnitude = len(digits) + shift
    if magnitude > 13:
        return None
    if magnitude < -6:
        return 0
    kept = digits[: magnitude + 7] if magnitude + 7 > 0 else ""
    if len(kept) < len(digits):
        shift += len(digits) - len(kept)
        digits = kept
    power = shift + 6
    value = int(digits or "0")
    millionths = value * 10**power if power >= 0 else round_half_away(value, 10**-power)
    return bounded(-millionths if negative else millionths)


def multiply(left: int, right: int) -> int | None:
    """The product of two amounts in millionths, rounded half away from zero."""
    return bounded(round_half_away(left * right, MILLION))


def divide(left: int, right: int) -> int | None:
    """The quotient of two amounts in millionths, rounded half away from zero; None when dividing by zero."""
    if right == 0:
        return None
    if right < 0:
        left, right = -left, -right
    return bounded(round_half_away(left * MILLION, right))


def write_scaled(value: int, scale: int) -> str:
    """A whole number of 1/scale parts without needless decimals: `write_scaled(12500, 1000)` is `12.5`."""
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), scale)
    if not rest:
        return f"{sign}{whole}"
    width = len(str(scale)) - 1
    return f"{sign}{whole}.{rest:0{width}d}".rstrip("0")


def write_points(thousandths: int) -> str:
    """Points as a person writes them: `20`, `-0.125`."""
    return write_scaled(thousandths, THOUSAND)


def write_number(millionths: int) -> str:
    """An amount as a person writes it."""
    return write_scaled(millionths, MILLION)


def json_number(value: int, scale: int) -> int | float | Decimal:
    """A number that reads the same in JSON, without needless decimals; a Decimal where no float would."""
    if value % scale == 0:
        return value // scale
    written = write_scaled(value, scale)
    number = float(written)
    return number if repr(number) == written else Decimal(written)
