"""Moments, days and calendar steps in a time zone.

A moment is a whole number of microseconds since 1970-01-01T00:00 UTC. A wall time that occurs twice means
the earlier moment; one that is skipped moves forward by the gap. Minutes to weeks are fixed lengths; months
and years count back by the calendar in the zone.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import TZPATH, ZoneInfo, available_timezones

MICROSECOND = 1
SECOND = 10**6
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = -((_EPOCH - datetime(1, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))
"""The first moment of the calendar; whatever would lie before it is held to be this moment."""
LATEST = (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_LENGTHS = {Unit.MINUTES: MINUTE, Unit.HOURS: HOUR, Unit.DAYS: DAY, Unit.WEEKS: WEEK}


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of units. Only minutes to weeks have a `length`, in microseconds."""

    count: int
    unit: Unit

    @property
    def is_fixed(self) -> bool:
        return self.unit in _LENGTHS

    @property
    def length(self) -> int:
        return self.count * _LENGTHS[self.unit]

    def __str__(self) -> str:
        unit = self.unit.value
        return f"{self.count} {unit[:-1] if self.count == 1 else unit}"


@lru_cache(maxsize=64)
def _load(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_exists(name: str) -> bool:
    """Whether the time zone database knows the name."""
    return name == "UTC" or _has_file(name) or name in zone_names()


@lru_cache(maxsize=64)
def _has_file(name: str) -> bool:
    """Whether the machine's database has a zone under this very name, which is quicker to see than to list them all:
    for that each of hundreds of files is opened."""
    parts = name.split("/")
    if parts[0] in ("posix", "posixrules", "right"):
        return False
    return any(_is_zone_in(folder, parts) for folder in TZPATH)


def _is_zone_in(folder: str, parts: list[str]) -> bool:
    try:
        for part in parts:
            # By the listing, since some systems open a file in any case of letters.
            if part not in os.listdir(folder):
                return False
            folder = os.path.join(folder, part)
        with open(folder, "rb") as file:
            return file.read(4) == b"TZif"
    except OSError:
        return False


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its IANA name, which must exist."""

    name: str

    def moment(self, wall: datetime) -> int:
        """The moment of a wall time without offset."""
        aware = wall.replace(tzinfo=_load(self.name), fold=0)
        return _since_epoch(aware)

    def wall(self, moment: int) -> datetime:
        """The wall time, with its offset, at a moment; in UTC where the zone's own would leave the years 1 to 9999."""
        moment = min(max(moment, EARLIEST), LATEST)
        instant = _EPOCH + timedelta(microseconds=moment)
        try:
            return instant.astimezone(_load(self.name))
        except OverflowError:
            return instant

    def midnight(self, day: date) -> int:
        return self.moment(datetime(day.year, day.month, day.day))

    def last_microsecond(self, day: date) -> int:
        """The last moment of a day in this zone."""
        if day == date.max:
            return self.moment(datetime.max)
        return self.midnight(day + timedelta(days=1)) - 1

    def day(self, moment: int) -> date:
        """The calendar day on which a moment falls in this zone."""
        return self.wall(moment).date()

    def back(self, moment: int, duration: Duration) -> int:
        """The moment a duration before; never before the first moment of the calendar."""
        if duration.is_fixed:
            return moment - duration.length
        wall = self.wall(moment)
        months = duration.count * (12 if duration.unit is Unit.YEARS else 1)
        index = wall.year * 12 + wall.month - 1 - months
        year, month = index // 12, index % 12 + 1
        if year < 1:
            return EARLIEST
        day = min(wall.day, _days_in(year, month))
        return self.moment(wall.replace(year=year, month=month, day=day, tzinfo=None))

    def write(self, moment: int) -> str:
        """A moment in ISO 8601 with this zone's offset."""
        return self.wall(moment).isoformat()


UTC_ZONE = Zone("UTC")


def _since_epoch(aware: datetime) -> int:
    # Subtraction of aware datetimes works at both ends of the calendar, where conversion to UTC overflows.
    offset = aware.utcoffset() or timedelta(0)
    return (aware.replace(tzinfo=UTC) - _EPOCH - offset) // timedelta(microseconds=1)


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    return 31 if following is None else (following - timedelta(days=1)).day


_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"(?: ?(Z|z|UTC|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?",
    re.ASCII,
)


def parse_day(text: str) -> date | None:
    """The day of a text `YYYY-MM-DD`; None where it is none."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def parse_moment(text: str, zone: Zone) -> int | None:
    """The moment of an ISO 8601 date and time, in `zone` where it has no offset; None where it is none.

    Digits of a second after the sixth are cut off.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micro = int((fraction or "")[:6].ljust(6, "0"))
    try:
        wall = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro)
        if offset is None:
            return zone.moment(wall)
        return _since_epoch(wall.replace(tzinfo=UTC)) - _offset(offset)
    except ValueError:
        return None


def _offset(text: str) -> int:
    if text in ("Z", "z", "UTC"):
        return 0
    digits = text[1:].replace(":", "").ljust(6, "0")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if hours > 23 or minutes > 59 or seconds > 59:
        raise ValueError("offset out of range")
    length = hours * HOUR + minutes * MINUTE + seconds * SECOND
    return -length if text.startswith("-") else length


def parse_date(text: str, zone: Zone) -> int | None:
    """The moment of a day (its midnight) or of a date and time; None where the text is neither."""
    day = parse_day(text)
    return zone.midnight(day) if day is not None else parse_moment(text, zone)


def parse_as_of(text: str, zone: Zone) -> int | None:
    """The instant of a run: a bare day is its last microsecond, so that the day's events count."""
    day = parse_day(text)
    return zone.last_microsecond(day) if day is not None else parse_moment(text, zone)
