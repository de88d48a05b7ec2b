"""What callers give in Python: instants to score at, and contacts. Told in the words of a compiled module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from leadline_compiler.emit.runtime.python.moments import require_instant
from leadline_compiler.zones import Zone, parse_as_of

AsOf: TypeAlias = int | str | date
"""Microseconds since 1970 in UTC; a day (its last microsecond) or a date and time as a text; a date or a datetime."""


def read_instant(given: Any, zone: Zone, name: str = "as_of") -> int:
    """The instant in microseconds; `name` is what the caller calls it.

    Raises TypeError for what cannot be an instant, ValueError for a text that is none and for a number that counts
    seconds or milliseconds.
    """
    return require_instant(given, lambda text: parse_as_of(text, zone), name)


def require_contact(contact: Any) -> Mapping[str, Any]:
    """The contact. Raises TypeError for what is no mapping."""
    if isinstance(contact, Mapping):
        return contact
    told = "None" if contact is None else f"of type {type(contact).__name__}"
    raise TypeError(f"contact is {told}, and must be a dict with the fields of one contact")
