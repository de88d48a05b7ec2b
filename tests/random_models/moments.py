"""Instants that hurt: days on which clocks change, the exact edges of windows, and the ways to write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone and wall times of it that are skipped or occur twice."""

    name: str
    changes: tuple[str, ...]


ZONES: Final = (
    Zone("UTC", ()),
    Zone("Asia/Tokyo", ()),
    Zone("Asia/Kolkata", ()),
    Zone("Europe/Berlin", ("2026-03-29T02:30", "2026-10-25T02:30")),
    Zone("Europe/London", ("2026-03-29T01:30", "2026-10-25T01:30")),
    Zone("America/New_York", ("2026-03-08T02:30", "2026-11-01T01:30")),
    Zone("America/Santiago", ("2026-09-06T00:30", "2026-04-04T23:30")),
    Zone("Australia/Lord_Howe", ("2026-10-04T02:15", "2026-04-05T01:45")),
    Zone("Australia/Sydney", ("2026-10-04T02:30", "2026-04-05T02:30")),
)
ORDINARY_DAYS: Final = ("2026-03-31", "2026-05-31", "2026-11-21", "2026-12-31", "2027-01-01", "2028-02-29")
TIMES: Final = ("00:00", "01:30", "02:30", "09:00", "12:00:01", "23:30", "23:59:59")
FINE_TIMES: Final = ("00:00:00.000001", "01:30:00.5", "23:59:59.999999", "02:00:00.000", "12:34:56.789")


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of an ISO text; a bare day is its midnight, a doubled wall time the earlier one."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_as_of(text: str, zone: ZoneInfo) -> datetime:
    """The instant of an as-of; a bare day is its last microsecond."""
    if "T" in text:
        return read_moment(text, zone)
    return read_moment((date.fromisoformat(text) + timedelta(days=1)).isoformat(), zone) - MICROSECOND


def count_back(instant: datetime, duration: str, zone: ZoneInfo) -> datetime:
    """The instant one duration earlier: a fixed length, or by the calendar for months and years."""
    number, unit = re.fullmatch(r"(\d+) (\w+?)s?", duration).groups()  # type: ignore[union-attr]
    if unit not in ("month", "year"):
        return instant - int(number) * timedelta(**{f"{unit}s": 1})
    wall = instant.astimezone(zone)
    months = wall.year * 12 + wall.month - 1 - int(number) * (12 if unit == "year" else 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    last_day = (following - timedelta(days=1)).day
    return wall.replace(year=months // 12, month=months % 12 + 1, day=min(wall.day, last_day), fold=0).astimezone(UTC)


def draw_as_of(random: Random, zone: Zone) -> str:
    """A bare day, a wall time (perhaps skipped or doubled) or an exact instant, often near a change of the clock."""
    near = random.choice(zone.changes) if zone.changes and random.random() < 0.6 else random.choice(ORDINARY_DAYS)
    day = (date.fromisoformat(near[:10]) + timedelta(days=random.choice((0, 0, 0, 0, 1, -1, 6, 29)))).isoformat()
    form = random.random()
    if form < 0.35:
        return day
    if form < 0.45 and "T" in near:
        return near
    wall = f"{day}T{random.choice(TIMES + FINE_TIMES)}"
    if form < 0.75:
        return wall
    return write_moment(random, read_moment(wall, ZoneInfo(zone.name)), ZoneInfo(zone.name), offset=True)


def write_moment(random: Random, instant: datetime, zone: ZoneInfo, *, offset: bool = False) -> str:
    """One of the ways to write an instant; without an offset only where the wall time means this instant."""
    wall = instant.astimezone(zone)
    form = random.random()
    if not offset and form < 0.5 and wall.fold == 0:
        is_whole = wall.second == wall.microsecond == 0
        return wall.replace(tzinfo=None).isoformat(timespec="minutes" if is_whole else "auto")
    if form < 0.7:
        return wall.isoformat()
    if form < 0.85:
        return instant.replace(tzinfo=None).isoformat() + "Z"
    return instant.astimezone(ZoneInfo(random.choice(("Asia/Kolkata", "America/New_York", "Asia/Tokyo")))).isoformat()
