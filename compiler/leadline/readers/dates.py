"""Dates as tools write them: `21/11/2026 9:05 pm`, `2026/11/21`, `20261121`, `20261121T090530Z`, epoch numbers.

Whether `03/04/2026` means March or April is never decided value by value: a column is read in one order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from leadline_compiler.zones import DAY, EARLIEST, LATEST, SECOND, Zone, parse_date
from leadline_dsl.normal_forms import normalise


class DateOrder(StrEnum):
    """Which part of a date such as `03/04/2026` comes first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class EpochUnit(StrEnum):
    """What a number counts since 1970-01-01T00:00 UTC."""

    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    MICROSECONDS = "microseconds"


_TIME = (
    r"(?:(?:, ?|[ T])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?P<rest>:\d\d(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<offset>Z|UTC|[+-]\d\d:?\d\d))?)?"
)
_NUMERIC = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})" + _TIME, re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + _TIME, re.ASCII)
_COMPACT = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)"
    r"(?P<time>[Tt](?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d(?:[.,]\d{1,9})?)?(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_EPOCH = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?", re.ASCII)
_LENGTHS = {EpochUnit.SECONDS: SECOND, EpochUnit.MILLISECONDS: 1000, EpochUnit.MICROSECONDS: 1}
_COARSER = {EpochUnit.SECONDS: (), EpochUnit.MILLISECONDS: (1,), EpochUnit.MICROSECONDS: (1, 1000)}
# In seconds, 1973 to 5138; the same span for the finer units, so that the size of a number tells its unit.
_SMALLEST_EPOCH = 10**8
_FIRST_MILLISECONDS = 10**11
_FIRST_MICROSECONDS = 10**14
_SECONDS_OF_TODAY = range(10**9, 42 * 10**8)
_LAST_SERIAL = 2_958_466


@dataclass(frozen=True, slots=True)
class NumericDate:
    """A date whose day and month stand in an order that the text alone may not tell."""

    first: int
    second: int
    year: int
    has_dots: bool
    time: str | None

    def shown_order(self) -> DateOrder | None:
        """The order that only this date allows, None where it allows both or none."""
        if self.has_dots:
            return DateOrder.DAY_FIRST
        if self.first > 12 >= self.second:
            return DateOrder.DAY_FIRST
        if self.second > 12 >= self.first:
            return DateOrder.MONTH_FIRST
        return None

    @property
    def reads_alike(self) -> bool:
        """Whether both orders mean the same day, or none of them any."""
        return self.has_dots or self.first == self.second or min(self.first, self.second) > 12

    def moment(self, order: DateOrder, zone: Zone) -> int | None:
        day_first = order is DateOrder.DAY_FIRST or self.has_dots
        day, month = (self.first, self.second) if day_first else (self.second, self.first)
        return _moment(self.year, month, day, self.time, zone)


def clean(text: str) -> str:
    """A text as dates are looked for in it."""
    return normalise("NFKC", text).strip()


def find_numeric_date(text: str) -> NumericDate | None:
    """The parts of `D/M/YYYY`, `M/D/YYYY`, `D-M-YYYY` or `D.M.YYYY` with an optional time. Dots are always D.M."""
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    time = _iso_time(match)
    if time is _NO_TIME:
        return None
    return NumericDate(int(match["first"]), int(match["second"]), int(match["year"]), match["mark"] == ".", time)


def parse_year_first(text: str, zone: Zone) -> int | None:
    """The moment of `2026/1/5 9:05`, `20260105` or `20260105T0905`; None where the text is none of them."""
    match = _YEAR_FIRST.fullmatch(text)
    if match is not None:
        time = _iso_time(match)
        return (
            None
            if time is _NO_TIME
            else _moment(int(match["year"]), int(match["month"]), int(match["day"]), time, zone)
        )
    compact = _COMPACT.fullmatch(text)
    if compact is None:
        return None
    return _moment(int(compact[1]), int(compact[2]), int(compact[3]), _compact_time(compact), zone)


_NO_TIME = ""


def _iso_time(match: re.Match[str]) -> str | None:
    """The time of a match as ISO 8601, None where it has none, `_NO_TIME` where it is no time of day."""
    if match["hour"] is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return _NO_TIME
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    return f"T{hour:02}:{match['minute']}{match['rest'] or ''}{match['offset'] or ''}"


def _compact_time(match: re.Match[str]) -> str | None:
    """The time of a compact match as ISO 8601 has it with colons, None where it has none."""
    if match["time"] is None:
        return None
    second = f":{match['second']}" if match["second"] else ""
    return f"T{match['hour']}:{match['minute']}{second}{match['offset'] or ''}"


def _moment(year: int, month: int, day: int, time: str | None, zone: Zone) -> int | None:
    return parse_date(f"{year:04}-{month:02}-{day:02}{time or ''}", zone)


def epoch_number(raw: Any) -> Decimal | None:
    """A number, or a text of digits, that may count from the epoch."""
    if isinstance(raw, str):
        return Decimal(raw) if _EPOCH.fullmatch(raw) else None
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    number = Decimal(float.__repr__(raw)) if isinstance(raw, float) else Decimal(raw)
    return number if number.is_finite() and number.adjusted() < 19 else None


def epoch_unit(numbers: Iterable[Decimal]) -> EpochUnit | None:
    """The unit that most of the numbers show; None where all are too small to be recent moments."""
    shown = Counter(unit for unit in map(_unit_shown, numbers) if unit is not None)
    return shown.most_common(1)[0][0] if shown else None


def _unit_shown(number: Decimal) -> EpochUnit | None:
    size = abs(number)
    if size < _SMALLEST_EPOCH:
        return None
    if size < _FIRST_MILLISECONDS:
        return EpochUnit.SECONDS
    return EpochUnit.MILLISECONDS if size < _FIRST_MICROSECONDS else EpochUnit.MICROSECONDS


def epoch_moment(number: Decimal, unit: EpochUnit) -> int | None:
    """The moment of a number in a unit; None beyond the calendar, or where it looks like a coarser unit of today."""
    if any(int(number) // scale in _SECONDS_OF_TODAY for scale in _COARSER[unit]):
        return None
    moment = int(number * _LENGTHS[unit])
    return moment if EARLIEST <= moment <= LATEST else None


def serial_moment(number: Decimal, day_zero: int, zone: Zone) -> int | None:
    """The moment of a spreadsheet's day number, to the second; `day_zero` is the wall time of day 0 in UTC."""
    if not 1 <= number < _LAST_SERIAL:
        return None
    seconds = int((number * 86400).to_integral_value())
    wall = Zone("UTC").wall(day_zero + seconds * SECOND).replace(tzinfo=None)
    return zone.moment(wall)


def days_before(as_of: int, millionths: int) -> int:
    """The moment a number of 24-hour days before another."""
    return as_of - millionths * (DAY // 10**6)
