"""Moments are microseconds since 1970-01-01T00:00 UTC, wall times likewise as if they were in UTC."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import isleap, monthrange
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

SECOND = 10**6
DAY = 86_400 * SECOND
DAYS_BEFORE_1970 = 719_163
LAST_DAY = 3_652_059
FIRST_MOMENT = -62_135_596_800 * SECOND
LAST_MOMENT = 253_402_300_800 * SECOND - 1
CYCLE = 10_227 * 86_400
"""The seconds of 28 years, after which the calendar repeats itself, save over a century without a leap day."""
YEAR_2100 = 4_102_444_800
LEAST_NUMBER = 10**14
"""A smaller number of microseconds is a day before March 1973, and as a rule counts seconds or milliseconds."""
LEAST_SECONDS = 10**8
LEAST_MILLISECONDS = 10**11
AS_OF_FORMS = (
    "a day such as '2026-11-21', a date and time such as '2026-11-21T09:00', a datetime, "
    "or whole microseconds since 1970-01-01T00:00 UTC"
)
ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
ISO_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"(?: ?(Z|z|UTC|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?",
    re.ASCII,
)


class Zone:
    """A time zone: when its offset from UTC changes, in seconds, and the offset from then on.

    `first` is the offset before all changes. From the year `regular` on they follow one rule, so only 28 years of
    it are listed, which have all kinds of years.
    """

    def __init__(self, first: int, changes: Sequence[int], offsets: Sequence[int], regular: int) -> None:
        self.changes = changes
        self.offsets = (first, *offsets)
        # A wall time that occurs twice is still the earlier one; one that is skipped moves forward by the gap.
        self.walls = [change + max(pair) for change, pair in zip(changes, pairwise(self.offsets), strict=True)]
        self.likes = [date(year, 1, 1) for year in range(regular, regular + 28)]
        self.end = midnight(date(regular + 28, 1, 1)) // SECOND

    def offset(self, moment: int) -> int:
        """The seconds that the wall is ahead of UTC at a moment."""
        return self.offsets[bisect_right(self.changes, self.within_list(moment // SECOND))]

    def moment(self, wall: int) -> int:
        """The moment of a wall time."""
        return wall - self.offsets[bisect_right(self.walls, self.within_list(wall // SECOND))] * SECOND

    def wall(self, moment: int) -> int:
        return moment + self.offset(moment) * SECOND

    def within_list(self, seconds: int) -> int:
        """The same time of a year that is listed: years that begin alike change their clocks alike."""
        if seconds < self.end:
            return seconds
        if seconds < YEAR_2100:
            return seconds - ((seconds - self.end) // CYCLE + 1) * CYCLE
        start = day_at(seconds // 86_400).replace(month=1, day=1)
        like = next(one for one in self.likes if kind_of_year(one) == kind_of_year(start))
        return seconds - (start - like).days * 86_400


def kind_of_year(start: date) -> tuple[int, bool]:
    return start.weekday(), isleap(start.year)


def day_at(days: int) -> date:
    """The day so many days after 1970-01-01, or the nearest that the calendar has."""
    return date.fromordinal(min(max(days + DAYS_BEFORE_1970, 1), LAST_DAY))


def midnight(day: date) -> int:
    """The wall time at which a day begins."""
    return (day.toordinal() - DAYS_BEFORE_1970) * DAY


def months_back(moment: int, months: int, zone: Zone) -> int:
    """The same day and time so many months before, or the month's last day."""
    days, time = divmod(zone.wall(moment), DAY)
    day = day_at(days)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return FIRST_MOMENT
    earlier = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return zone.moment(midnight(earlier) + time)


def parse_day(text: str) -> int | None:
    """The wall time at which the day `YYYY-MM-DD` begins."""
    match = ISO_DAY.fullmatch(text)
    try:
        return None if match is None else midnight(date(*map(int, match.groups())))
    except ValueError:
        return None


def parse_moment(text: str, zone: Zone) -> int | None:
    """The moment of an ISO 8601 date and time; in the zone where it has no offset."""
    match = ISO_MOMENT.fullmatch(text)
    day = None if match is None else parse_day(match[1])
    if match is None or day is None:
        return None
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    wall = day + (hour * 3600 + minute * 60 + second) * SECOND + int((match[5] or "")[:6].ljust(6, "0"))
    if match[6] is None:
        return zone.moment(wall)
    offset = parse_offset(match[6])
    return None if offset is None else wall - offset * SECOND


def parse_offset(text: str) -> int | None:
    """The seconds of `+09:00`."""
    if text in ("Z", "z", "UTC"):
        return 0
    digits = text[1:].replace(":", "").ljust(6, "0")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    length = hours * 3600 + minutes * 60 + seconds
    return -length if text[0] == "-" else length


def read_as_of(as_of: Any, zone: Zone) -> int:
    """The moment to score at. Raises what `require_instant` raises."""
    return require_instant(as_of, lambda text: parse_as_of(text, zone))


def parse_as_of(text: str, zone: Zone) -> int | None:
    """The moment of a date and time, or the last one of a day."""
    day = parse_day(text)
    return parse_moment(text, zone) if day is None else zone.moment(day + DAY) - 1


def require_instant(given: Any, parse: Callable[[str], int | None], name: str = "as_of") -> int:
    """The moment that a caller gives; `name` is what the caller calls it.

    Raises TypeError for what cannot be one, ValueError for a text or number that is none, and for a number that counts
    seconds or milliseconds.
    """
    if isinstance(given, bool) or not isinstance(given, int | date | str):
        is_told = "missing" if given is None else f"of type {type(given).__name__}"
        raise TypeError(f"{name} is {is_told}, and must be {AS_OF_FORMS}")
    if not isinstance(given, int):
        moment = parse(given.strip() if isinstance(given, str) else given.isoformat())
    elif LEAST_SECONDS <= abs(given) < LEAST_NUMBER:
        unit, seconds = ("seconds", "") if abs(given) < LEAST_MILLISECONDS else ("milliseconds", " / 1000")
        is_told = f"which looks like {unit}: pass datetime.fromtimestamp({given}{seconds}, UTC)"
        raise ValueError(f"{name} is {given}, {is_told}")
    else:
        moment = given
    if moment is None or not FIRST_MOMENT - DAY <= moment <= LAST_MOMENT + DAY:
        raise ValueError(f"{name} is {given!r}, and must be {AS_OF_FORMS}")
    return moment


def write_moment(moment: int, zone: Zone) -> str:
    """ISO 8601 with the zone's offset."""
    moment = min(max(moment, FIRST_MOMENT + DAY), LAST_MOMENT - DAY)
    offset = zone.offset(moment)
    days, time = divmod(moment + offset * SECOND, DAY)
    seconds, micro = divmod(time, SECOND)
    fraction = f".{micro:06}" if micro else ""
    return (
        f"{day_at(days).isoformat()}T{clock(seconds, True)}{fraction}{'-' if offset < 0 else '+'}{clock(abs(offset))}"
    )


def clock(seconds: int, always_seconds: bool = False) -> str:
    """`HH:MM`, with seconds where there are some."""
    rest = f":{seconds % 60:02}" if seconds % 60 or always_seconds else ""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}{rest}"
