"""What a single value of the data could be read as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadline.readers.dates import DateOrder, clean, epoch_number, epoch_unit, find_numeric_date, parse_year_first
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.values import BAD, read_value, write_raw
from leadline_compiler.zones import UTC_ZONE

_NOTHING = frozenset({"null", "none", "nan", "na", "n/a", "#n/a", "nil", "-", "--", "?", "unknown", "not set"})
_NUMBER, _YES_NO, _DATE = (ValueType(kind) for kind in (Kind.NUMBER, Kind.YES_NO, Kind.DATE))
_LONGEST_ITEM = 60
_LONGEST_NUMBER = 15
"""Digits of a number; what is longer is a code, as no spreadsheet would keep its last digits."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a value could be.

    `is_code`: digits that lose something as a number (`007`, `+81901234567`). `order`: what a date such as
    `03/04/2026` shows of its order, `either` where it shows nothing. `is_count_of_time`: a number that may be a
    moment. `is_nothing`: a word for a missing value. `is_odd`: an object or a list of such.
    """

    is_number: bool = False
    is_code: bool = False
    is_yes_no: bool = False
    is_bit: bool = False
    is_date: bool = False
    order: str | None = None
    is_count_of_time: bool = False
    is_list: bool = False
    is_nothing: bool = False
    is_odd: bool = False


def look_at(raw: Any) -> Look:
    """What a value that is not empty could be read as."""
    if isinstance(raw, list | tuple):
        is_odd = any(isinstance(item, Mapping | list | tuple) for item in raw)
        return Look(is_odd=is_odd, is_list=not is_odd)
    text = write_raw(raw)
    if text is None:
        return Look(is_odd=True)
    is_date, order = _date_look(raw)
    return Look(
        is_number=_reads(raw, _NUMBER),
        is_code=_is_code(text),
        is_yes_no=_reads(raw, _YES_NO),
        is_bit=text in ("0", "1"),
        is_date=is_date,
        order=order,
        is_count_of_time=_may_count_time(raw),
        is_list=isinstance(raw, str) and _is_list(raw),
        is_nothing=len(text) <= 8 and fold(text) in _NOTHING,
    )


def _reads(raw: Any, type_: ValueType) -> bool:
    return read_value(raw, type_, UTC_ZONE) not in (BAD, None)


def _is_code(text: str) -> bool:
    digits = text.lstrip("+-")
    if not digits.isdecimal():
        return False
    return len(digits) > _LONGEST_NUMBER or (len(digits) > 1 and digits.startswith("0")) or text.startswith("+")


def _date_look(raw: Any) -> tuple[bool, str | None]:
    if _reads(raw, _DATE):
        return True, None
    if not isinstance(raw, str):
        return False, None
    text = clean(raw)
    try:
        numeric = find_numeric_date(text)
        if numeric is None:
            return not text.isdecimal() and parse_year_first(text, UTC_ZONE) is not None, None
        if numeric.reads_alike:
            return numeric.moment(DateOrder.DAY_FIRST, UTC_ZONE) is not None, None
        order = numeric.shown_order()
        is_date = numeric.moment(order or DateOrder.DAY_FIRST, UTC_ZONE) is not None
    except OverflowError:
        return False, None
    return is_date, ("either" if order is None else order.value) if is_date else None


def _may_count_time(raw: Any) -> bool:
    """Whether a number may be a day such as 20260105, or seconds or finer since 1970."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return False
    text = clean(raw) if isinstance(raw, str) else str(raw)
    try:
        if text.isdecimal() and parse_year_first(text, UTC_ZONE) is not None:
            return True
    except OverflowError:
        return False
    number = epoch_number(clean(raw) if isinstance(raw, str) else raw)
    return number is not None and epoch_unit([number]) is not None


def _is_list(text: str) -> bool:
    items = [item.strip() for item in text.split(";")]
    return len(items) > 1 and sum(map(bool, items)) > 1 and all(len(item) <= _LONGEST_ITEM for item in items)
