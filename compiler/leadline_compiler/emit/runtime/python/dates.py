"""Dates as tools write them beside ISO 8601: `21/11/2026 9:05 pm`, `2026/11/21`, `20261121`, numbers since 1970."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from leadline_compiler.emit.runtime.python.moments import FIRST_MOMENT, LAST_MOMENT, Zone, parse_day, parse_moment
from leadline_compiler.emit.runtime.python.texts import LONGEST_REMEMBERED, normalised

TIME = (
    r"(?:(?:, ?|[ T])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<rest>:\d\d(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<offset>Z|UTC|[+-]\d\d:?\d\d))?)?"
)
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})" + TIME, re.ASCII)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + TIME, re.ASCII)
COMPACT = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)"
    r"(?P<time>[Tt](?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d(?:[.,]\d{1,9})?)?(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
EPOCH = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?", re.ASCII)
MOST_EPOCH_DIGITS = 19
EPOCH_UNITS = ((10**8, 10**6, ()), (10**11, 10**3, (1,)), (10**14, 1, (1, 1000)))
"""From which size on a number counts seconds, milliseconds or microseconds, how long each is, and the coarser units
that a number of today may be mistaken for."""
SECONDS_OF_TODAY = range(10**9, 42 * 10**8)


def read_date(raw: Any, zone: Zone) -> int | None:
    """A moment; a bare day is its midnight in the zone."""
    if isinstance(raw, str):
        return short_date(raw, zone) if len(raw) <= LONGEST_REMEMBERED else parse_date(raw, zone)
    if isinstance(raw, date):
        return parse_date(raw.isoformat(), zone)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    number = Decimal(float.__repr__(raw)) if isinstance(raw, float) else Decimal(raw)
    if not number.is_finite() or number.adjusted() >= MOST_EPOCH_DIGITS:
        return None
    day = parse_year_first(str(raw), zone) if isinstance(raw, int) else None
    return from_epoch(number) if day is None else day


def parse_date(raw: str, zone: Zone) -> int | None:
    text = normalised(raw)
    day = parse_day(text)
    found = parse_moment(text, zone) if day is None else zone.moment(day)
    if found is None:
        found = parse_year_last(text, zone)
    if found is None:
        found = parse_year_first(text, zone)
    if found is None and EPOCH.fullmatch(text):
        found = from_epoch(Decimal(text))
    return found


short_date = lru_cache(maxsize=65536)(parse_date)


def parse_year_last(text: str, zone: Zone) -> int | None:
    """The moment of a date such as `21/11/2026 9:05 pm`; none where the order of day and month is open."""
    match = YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] == "." or first == second or first > 12 >= second:
        return parse_parts(match, second, first, zone)
    return parse_parts(match, first, second, zone) if second > 12 >= first else None


def parse_year_first(text: str, zone: Zone) -> int | None:
    """The moment of `2026/1/5 9:05`, `20260105` or `20260105T0905`."""
    match = YEAR_FIRST.fullmatch(text)
    if match is not None:
        return parse_parts(match, int(match["month"]), int(match["day"]), zone)
    compact = COMPACT.fullmatch(text)
    if compact is None:
        return None
    written = "-".join(compact.group(1, 2, 3))
    if compact["time"] is None:
        midnight = parse_day(written)
        return None if midnight is None else zone.moment(midnight)
    second = f":{compact['second']}" if compact["second"] else ""
    return parse_moment(f"{written}T{compact['hour']}:{compact['minute']}{second}{compact['offset'] or ''}", zone)


def parse_parts(match: re.Match[str], month: int, day: int, zone: Zone) -> int | None:
    written = f"{match['year']}-{month:02}-{day:02}"
    if match["hour"] is None:
        midnight = parse_day(written)
        return None if midnight is None else zone.moment(midnight)
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return parse_moment(f"{written}T{hour:02}:{match['minute']}{match['rest'] or ''}{match['offset'] or ''}", zone)


def from_epoch(number: Decimal) -> int | None:
    """The moment of a number since 1970, whose size tells the unit; none where it looks like a coarser one of today."""
    for smallest, length, coarser in reversed(EPOCH_UNITS):
        if abs(number) >= smallest:
            if any(int(number) // scale in SECONDS_OF_TODAY for scale in coarser):
                return None
            moment = int(number * length)
            return moment if FIRST_MOMENT <= moment <= LAST_MOMENT else None
    return None
