"""A time zone as a table, for code that runs where no time zone database is."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_FROM = datetime(1800, 1, 1, tzinfo=UTC)
"""No zone of the database changes its offset before."""
_FIRST_REGULAR = 1901
_CENTURY = 2100
_CYCLE = 28
"""Years in which every kind of year comes by, where no century without a leap day lies between."""
_LAST_REGULAR = 2101
_LAST_YEAR = _LAST_REGULAR + _CYCLE - 1
_TO = datetime(_LAST_YEAR + 1, 1, 1, tzinfo=UTC)
"""Every change that follows no yearly rule lies long before."""
_STEP = timedelta(days=3)
"""The closest changes of the database are almost four days apart."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """When the offset from UTC changes, in seconds since 1970, and the seconds that it is from then on.

    `first` is the offset before all changes. From the year `regular` on, years that begin on the same day of the
    week and are as long change their clocks alike; the table ends with the 28th of these, so that every kind of
    year is in it.
    """

    first: int
    changes: tuple[int, ...]
    offsets: tuple[int, ...]
    regular: int


@lru_cache(maxsize=64)
def zone_table(name: str) -> ZoneTable:
    """The table of a zone by its IANA name, which must exist."""
    zone = ZoneInfo(name)
    changes: list[tuple[int, int]] = []
    first = current = _offset(_FROM, zone)
    moment = _FROM
    while moment < _TO:
        following = min(moment + _STEP, _TO)
        offset = _offset(following, zone)
        if offset != current:
            changes.append(((_change(moment, following, zone) - _EPOCH) // _SECOND, offset))
            current = offset
        moment = following
    regular = _regular_from(changes, first)
    end = _new_year(regular + _CYCLE)
    kept = [(change, offset) for change, offset in changes if change < end]
    return ZoneTable(first, tuple(change for change, _ in kept), tuple(offset for _, offset in kept), regular)


def _regular_from(changes: list[tuple[int, int]], first: int) -> int:
    """The first year from which on the changes follow one yearly rule. Between two centuries all kinds come by."""
    by_year: dict[int, list[tuple[int, int]]] = {}
    waiting = iter([*changes, (_new_year(_LAST_YEAR + 1), 0)])
    current, (change, offset) = first, next(waiting)
    for year in range(_FROM.year, _LAST_YEAR + 1):
        by_year[year] = [(0, current)]
        while change < _new_year(year + 1):
            by_year[year].append((change - _new_year(year), offset))
            current, (change, offset) = offset, next(waiting)
    kinds: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    year = _LAST_YEAR
    while year >= _FIRST_REGULAR and kinds.setdefault(_kind(year), by_year[year]) == by_year[year]:
        year -= 1
    return year + 1 if year + 1 + _CYCLE <= _CENTURY else _LAST_REGULAR


def _kind(year: int) -> tuple[int, bool]:
    return date(year, 1, 1).weekday(), isleap(year)


def _new_year(year: int) -> int:
    return (datetime(year, 1, 1, tzinfo=UTC) - _EPOCH) // _SECOND


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    return (moment.astimezone(zone).utcoffset() or timedelta(0)) // _SECOND


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which the offset becomes that of `after`."""
    wanted = _offset(after, zone)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _offset(middle, zone) == wanted:
            after = middle
        else:
            before = middle
    return after
