"""Moments and ages as people say them: `20 Nov 09:00`, `1 day ago`. English, whatever the machine's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadline_compiler.zones import DAY, EARLIEST, HOUR, LATEST, MINUTE, Zone

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Now:
    """The instant from which ages count, and the zone in which dates are said."""

    zone: Zone
    as_of: int


def say_moment(moment: int, now: Now) -> str:
    """`20 Nov 09:00`; without the time at midnight, with the year where it is not the as-of's."""
    wall, today = _wall(moment, now), _wall(now.as_of, now)
    year = "" if wall.year == today.year else f" {wall.year}"
    time = "" if _wall_is_midnight(wall) else f" {wall:%H:%M}"
    return f"{wall.day} {_MONTHS[wall.month - 1]}{year}{time}"


def say_as_of(now: Now) -> str:
    """`21 Nov 2026, end of the day`, or with the time of day."""
    wall = _wall(now.as_of, now)
    day = f"{wall.day} {_MONTHS[wall.month - 1]} {wall.year}"
    if (wall.hour, wall.minute, wall.second, wall.microsecond) == (23, 59, 59, 999999):
        return f"{day}, end of the day"
    return f"{day} {wall:%H:%M}"


def say_age(moment: int, now: Now) -> str:
    """Whole days, as the language counts them; below a day hours or minutes: `3 days ago`, `in 2 hours`."""
    age = now.as_of - moment
    for length, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        count = abs(age) // length
        if count:
            said = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"{said} ago" if age > 0 else f"in {said}"
    return "just now" if age >= 0 else "within a minute"


def _wall(moment: int, now: Now) -> datetime:
    # A day is left at each end of the calendar, where no offset can lead out of it.
    return now.zone.wall(min(max(moment, EARLIEST + DAY), LATEST - DAY))


def _wall_is_midnight(wall: datetime) -> bool:
    return (wall.hour, wall.minute, wall.second, wall.microsecond) == (0, 0, 0, 0)
