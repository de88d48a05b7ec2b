"""Raw values of the data (texts of a CSV file, values of JSON) become values of a field's type.

`Bad` stands for what the type does not admit: it counts as missing and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from leadline_compiler.contacts import Event, Value
from leadline_compiler.numbers import parse_number
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold, fold_inside
from leadline_compiler.zones import Zone, parse_date
from leadline_dsl.normal_forms import normalise


class Bad(Enum):
    """The type of BAD, for annotations."""

    BAD = "bad"


BAD: Final = Bad.BAD
"""What `read_value` answers for a value that the type does not admit."""

_MOST_DIGITS = 400
"""Digits that a decimal is written out with; beyond them it keeps its exponent (1E+999999 is no megabyte)."""
_MOST_BITS = 1000
_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"false", "no", "n", "0"})


@dataclass(frozen=True, slots=True)
class _Reading:
    type: ValueType
    zone: Zone


def read_value(raw: Any, type_: ValueType, zone: Zone) -> Value | Bad:
    """The value of a raw one, None where it is missing, BAD where the type does not admit it.

    `raw` may be a text, a number, a bool, a date, a list of such, or None; dates without offset are in `zone`.
    """
    if raw is None or (isinstance(raw, str | list) and not raw) or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[type_.kind](raw, _Reading(type_, zone))


def write_raw(raw: Any) -> str | None:
    """A scalar as a text: trimmed, whole numbers without `.0`; None for what is no scalar."""
    match raw:
        case str():
            return raw.strip()
        case bool():
            return "true" if raw else "false"
        case float():
            return str(int(raw)) if raw.is_integer() else float.__repr__(raw)
        case Decimal():
            return _write_decimal(raw)
        case int() if raw.bit_length() >= _MOST_BITS:
            # Python itself writes no whole number with thousands of digits.
            return str(Decimal(raw))
        case int() | datetime() | date():
            return str(raw)
        case _:
            return None


def _write_decimal(raw: Decimal) -> str:
    if not raw.is_finite() or abs(raw.adjusted()) > _MOST_DIGITS:
        return str(raw)
    text = f"{raw:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_text(raw: Any, reading: _Reading) -> Value | Bad:
    text = write_raw(raw)
    if text is None:
        return BAD
    # Not the remembered `fold`: long notes would fill its memory.
    return text if fold_inside(text).strip() else None


def _read_choice(raw: Any, reading: _Reading) -> Value | Bad:
    text = _read_text(raw, reading)
    if isinstance(text, str) and fold(text) not in folded_choices(reading.type):
        return BAD
    return text


@lru_cache(maxsize=4096)
def folded_choices(type_: ValueType) -> frozenset[str]:
    """The listed values of a CHOICE, folded."""
    return frozenset(map(fold, type_.choices))


def _read_number(raw: Any, reading: _Reading) -> Value | Bad:
    text = None if isinstance(raw, bool) else write_raw(raw)
    number = None if text is None else parse_number(text)
    return BAD if number is None else number


def _read_yes_no(raw: Any, reading: _Reading) -> Value | Bad:
    text = write_raw(raw)
    folded = "" if text is None else fold(text)
    if folded in _YES:
        return True
    return False if folded in _NO else BAD


def _read_date(raw: Any, reading: _Reading) -> Value | Bad:
    match raw:
        case str():
            text = normalise("NFKC", raw).strip()
        case datetime() | date():
            text = raw.isoformat()
        case _:
            return BAD
    try:
        moment = parse_date(text, reading.zone)
    except OverflowError:
        return BAD
    return BAD if moment is None else moment


def _read_list(raw: Any, reading: _Reading) -> Value | Bad:
    parts = raw.split(";") if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else [raw]
    items = []
    for part in parts:
        text = "" if part is None else write_raw(part)
        if text is None:
            return BAD
        if fold(text):
            items.append(text)
    return tuple(items) or None


_READERS: dict[Kind, Callable[[Any, _Reading], Value | Bad]] = {
    Kind.TEXT: _read_text,
    Kind.CHOICE: _read_choice,
    Kind.NUMBER: _read_number,
    Kind.YES_NO: _read_yes_no,
    Kind.DATE: _read_date,
    Kind.LIST: _read_list,
}


def rank(value: Value) -> tuple[Any, ...]:
    """An order of values of one type: missing first, texts by their folded code points, yes above no."""
    match value:
        case None:
            return (0,)
        case str():
            return (1, fold(value), value)
        case tuple():
            return (1, tuple(map(fold, value)), value)
        case _:
            return (1, value)


def newest_first(events: Iterable[Event], named: Sequence[str]) -> list[Event]:
    """The events in the order in which limits take them, whatever order the data has.

    Of one instant, those with the larger values of the properties `named` by the limits come first (missing
    last), then those that are larger in all that they hold.
    """

    def place(event: Event) -> tuple[Any, ...]:
        values = sorted((name, rank(value)) for name, value in event.values.items() if value is not None)
        return event.at, [rank(event.values.get(name)) for name in named], event.type, values

    return sorted(events, key=place, reverse=True)
