"""Raw values of the data become values of a field's type. What the type does not admit is missing, here None."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from leadline_compiler.emit.runtime.python.numbers import MILLION, bounded, parse_number
from leadline_compiler.emit.runtime.python.texts import LONGEST_REMEMBERED, Text, Texts, make_text

Value: TypeAlias = Text | Texts | int | bool | None

MOST_DIGITS = 400
MOST_BITS = 1000
YES = frozenset({"true", "yes", "y", "1"})
NO = frozenset({"false", "no", "n", "0"})


def is_one_of(value: Value, wanted: Collection[Value]) -> bool:
    return value in wanted


def is_known(value: Value) -> bool:
    return value is not None


def is_yes(value: bool | None) -> bool:
    return value is True


def write_raw(raw: Any) -> str | None:
    """A scalar as a text, whole numbers without `.0`; None for what is no scalar."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else float.__repr__(raw)
    if isinstance(raw, Decimal):
        return write_decimal(raw)
    if isinstance(raw, int):
        # Python itself writes no whole number with thousands of digits.
        return str(raw) if raw.bit_length() < MOST_BITS else str(Decimal(raw))
    return str(raw) if isinstance(raw, date) else None


def write_decimal(raw: Decimal) -> str:
    if not raw.is_finite() or abs(raw.adjusted()) > MOST_DIGITS:
        return str(raw)
    text = f"{raw:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_text(raw: Any) -> Text | None:
    written = raw if isinstance(raw, str) else write_raw(raw)
    return None if written is None else make_text(written)


def read_choice(raw: Any, choices: Collection[str]) -> Text | None:
    """A text that is one of the folded choices."""
    text = read_text(raw)
    return text if text is not None and text.folded in choices else None


def read_number(raw: Any) -> int | None:
    """Millionths."""
    if type(raw) is int:
        return bounded(raw * MILLION)
    if type(raw) is str and len(raw) <= LONGEST_REMEMBERED:
        return short_number(raw)
    written = None if isinstance(raw, bool) else write_raw(raw)
    return None if written is None else parse_number(written)


short_number = lru_cache(maxsize=65536)(parse_number)


def read_yes_no(raw: Any) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = read_text(raw)
    if text is None:
        return None
    return True if text.folded in YES else False if text.folded in NO else None


def read_list(raw: Any) -> Texts | None:
    """Texts of a list, or of one text with `;` between them."""
    parts = raw.split(";") if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else [raw]
    written = ["" if part is None else write_raw(part) for part in parts]
    if None in written:
        return None
    texts = [text for text in map(make_text, filter(None, written)) if text is not None]
    folded = tuple(text.folded for text in texts)
    return Texts(folded, tuple(text.written for text in texts)) if texts else None
