"""When the offset of a time zone changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_FIRST = datetime(1840, 1, 1, tzinfo=UTC)
_LAST = datetime(2101, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=3)
"""The closest changes of the time zone database are almost four days apart."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A moment at which the offset changes; all in microseconds."""

    moment: int
    before: int
    after: int


@lru_cache(maxsize=64)
def changes_of(zone: str) -> tuple[Change, ...]:
    """The changes up to the year 2100, from old to new."""
    info = ZoneInfo(zone)
    found: list[Change] = []
    low, before = _FIRST, _offset(_FIRST, info)
    while low < _LAST:
        high = low + _STEP
        after = _offset(high, info)
        if after != before:
            moment = _change(low, high, info)
            found.append(Change((moment - _EPOCH) // _MICROSECOND, before // _MICROSECOND, after // _MICROSECOND))
        low, before = high, after
    return tuple(found)


def offset_before(zone: str) -> int:
    """The offset before all changes, in microseconds."""
    return _offset(_FIRST, ZoneInfo(zone)) // _MICROSECOND


def _offset(moment: datetime, info: ZoneInfo) -> timedelta:
    return moment.astimezone(info).utcoffset() or timedelta()


def _change(low: datetime, high: datetime, info: ZoneInfo) -> datetime:
    """The second at which the offset becomes that of `high`."""
    after = _offset(high, info)
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        if _offset(middle, info) == after:
            high = middle
        else:
            low = middle
    return high
