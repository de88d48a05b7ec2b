"""What callers give in Python: instants to score at, and contacts. Told in the words of a compiled module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from leadline_compiler.zones import Zone, parse_as_of

AsOf: TypeAlias = int | str | date
"""Microseconds since 1970 in UTC; a day (its last microsecond) or a date and time as a text; a date or a datetime."""

LEAST_NUMBER = 10**14
"""A smaller number of microseconds is a day before March 1973, and as a rule counts seconds or milliseconds."""
MOST_NUMBER = 253_402_387_200 * 10**6 - 1
_LEAST_SECONDS, _LEAST_MILLISECONDS = 10**8, 10**11
_LEAST_INSTANT = -62_135_683_200 * 10**6

_FORMS = (
    "a day such as '2026-11-21', a date and time such as '2026-11-21T09:00', a datetime, "
    "or whole microseconds since 1970-01-01T00:00 UTC"
)


def read_instant(given: Any, zone: Zone, name: str = "as_of") -> int:
    """The instant in microseconds; `name` is what the caller calls it.

    Raises TypeError for what cannot be an instant, ValueError for a text that is none and for a number that counts
    seconds or milliseconds.
    """
    if isinstance(given, bool) or not isinstance(given, int | date | str):
        told = "missing" if given is None else f"of type {type(given).__name__}"
        raise TypeError(f"{name} is {told}, and must be {_FORMS}")
    if isinstance(given, int):
        _refuse_other_units(given, name)
        instant: int | None = given
    else:
        instant = parse_as_of(given.strip() if isinstance(given, str) else given.isoformat(), zone)
    if instant is None or not _LEAST_INSTANT <= instant <= MOST_NUMBER:
        raise ValueError(f"{name} is {given!r}, and must be {_FORMS}")
    return instant


def _refuse_other_units(number: int, name: str) -> None:
    if not _LEAST_SECONDS <= abs(number) < LEAST_NUMBER:
        return
    unit, seconds = ("seconds", "") if abs(number) < _LEAST_MILLISECONDS else ("milliseconds", " / 1000")
    told = f"which looks like {unit}: pass datetime.fromtimestamp({number}{seconds}, UTC)"
    raise ValueError(f"{name} is {number}, {told}")


def require_contact(contact: Any) -> Mapping[str, Any]:
    """The contact. Raises TypeError for what is no mapping."""
    if isinstance(contact, Mapping):
        return contact
    told = "None" if contact is None else f"of type {type(contact).__name__}"
    raise TypeError(f"contact is {told}, and must be a dict with the fields of one contact")
