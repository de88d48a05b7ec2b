"""The calendar days on which moments fall in a zone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from leadline_compiler.batch.columns import Whole
from leadline_compiler.zones import DAY, HOUR, SECOND, Zone

_EPOCH_DAY = 719_163
"""The ordinal of 1970-01-01 in the calendar."""
_UNEVEN = 2**62


def days_of(at: Whole, zone: Zone) -> Whole:
    """The days as days since 1970."""
    if zone.name == "UTC" or not len(at):
        return at // DAY
    shift = _shifts(at // DAY, DAY, zone)
    uneven = np.flatnonzero(shift == _UNEVEN)
    if len(uneven):
        shift[uneven] = _shifts(at[uneven] // HOUR, HOUR, zone)
    found = np.where(shift == _UNEVEN, 0, at + shift) // DAY
    for row in uneven[shift[uneven] == _UNEVEN].tolist():
        found[row] = zone.day(int(at[row])).toordinal() - _EPOCH_DAY
    return found


def _shifts(numbers: Whole, step: int, zone: Zone) -> Whole:
    """How far the clock is ahead in the days or hours with some numbers."""
    first, last = int(numbers.min()), int(numbers.max())
    if last - first >= 4 * len(numbers) + 10_000:
        return np.array([_shift(number, step, zone) for number in numbers.tolist()], np.int64)
    shifts = np.full(last - first + 1, _UNEVEN)
    for number in np.flatnonzero(np.bincount(numbers - first)).tolist():
        shifts[number] = _shift(first + number, step, zone)
    return shifts[numbers - first]


@lru_cache(maxsize=100_000)
def _shift(number: int, step: int, zone: Zone) -> int:
    """How far the zone's clock is ahead all through a day or an hour of UTC; _UNEVEN where that changes."""
    looks = range(0, step + 1, HOUR) if step == DAY else (0, HOUR // 2, HOUR - 1)
    found = {_ahead(number * step + look, zone) for look in looks}
    return found.pop() if len(found) == 1 else _UNEVEN


def _ahead(moment: int, zone: Zone) -> int:
    wall = zone.wall(moment)
    passed = wall.toordinal() - _EPOCH_DAY
    clock = ((wall.hour * 60 + wall.minute) * 60 + wall.second) * SECOND + wall.microsecond
    return passed * DAY + clock - moment
