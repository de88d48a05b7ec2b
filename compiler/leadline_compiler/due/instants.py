"""The instants at which what moves with time may alter something about a contact: all of them, and some more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, datetime, timedelta

from leadline_compiler.contacts import Event
from leadline_compiler.decays import left_after
from leadline_compiler.due.moving import DayCount, Moments, Window
from leadline_compiler.model import Decay
from leadline_compiler.zones import DAY, HOUR, Duration, Unit, Zone

_MONTH = 32 * DAY
_SHORTEST_MONTH, _LONGER = 28, 3
"""The days of the shortest month, and how many more there are in the longest."""


def passings(item: Window, moments: Iterable[int], zone: Zone, after: int) -> Iterator[int]:
    """When events of some moments enter or leave a window, as far as that is after an instant; and some more."""
    for at in moments:
        if not item.is_months:
            yield at + item.length
        elif at + (item.length + 1) * _MONTH > after:
            yield from _months_later(at, item.length, zone)


def _months_later(moment: int, months: int, zone: Zone) -> Iterator[int]:
    """Where the moment so many months before an instant passes another one.

    It does so more than once at the end of a longer month, since its last days all count back to the last day of the
    shorter one, each from midnight on; and where clocks are set back, since the hour that they repeat counts back to
    the same hour.
    """
    duration = Duration(months, Unit.MONTHS)
    low, high = moment, moment + (months + 1) * _MONTH
    while high - low > 1:
        middle = (low + high) // 2
        if zone.back(middle, duration) >= moment:
            high = middle
        else:
            low = middle
    for passed in (high, *_on_last_days(moment, high, zone)):
        yield passed
        turn = _set_back(zone, passed - 2 * HOUR, passed + 2 * HOUR)
        if turn is not None:
            at, by = turn
            yield from (at, passed - by, passed + by)


def _on_last_days(moment: int, later: int, zone: Zone) -> Iterator[int]:
    """The same time as that of a moment at the end of a month, and midnight, on the days around a later one."""
    wall, day = zone.wall(moment), zone.day(later)
    if wall.day < _SHORTEST_MONTH or day.year == MAXYEAR:
        return
    for days in range(-_LONGER, _LONGER + 1):
        other = day + timedelta(days=days)
        yield zone.midnight(other)
        yield zone.moment(datetime.combine(other, wall.time()))


def _set_back(zone: Zone, low: int, high: int) -> tuple[int, int] | None:
    """When between two instants the offset changes, and by how much; None where it does not."""
    before, after = (zone.wall(instant).utcoffset() for instant in (low, high))
    if before is None or after is None or before == after:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if zone.wall(middle).utcoffset() == before else (low, middle)
    return high, abs(int((after - before).total_seconds())) * 1_000_000


# ---- decay


def next_loss(points: int, decay: Decay, step: int, at: int, instant: int) -> int | None:
    """The first instant after one at which less is left of points since a moment; None where there never is."""
    steps = (instant - at) // step
    left = left_after(points, decay, steps)
    if not left:
        return None
    # Between two steps at which as much is left, nothing changes.
    few, many = steps, steps + 1
    while left_after(points, decay, many) == left:
        few, many = many, many + 2 * (many - steps)
        if many > steps + _MOST_STEPS:
            break
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (middle, many) if left_after(points, decay, middle) == left else (few, middle)
    return at + many * step


_MOST_STEPS = 10**8


# ---- days


def day_steps(item: DayCount, fields: Sequence[object], events: Iterable[Event], instant: int) -> Iterator[int]:
    """When a count of days steps on after an instant; and some instants before it."""
    for source in item.of:
        for moment in _moments(source, fields, events):
            yield from _days_from(moment, item, instant)


def _days_from(moment: int, item: DayCount, instant: int) -> Iterator[int]:
    """The next instants at which the days since a moment, or until it, become a count that matters."""
    if item.until:
        count = (moment - instant) // DAY
        lower = [count - 1] if item.edges is None else [edge - 1 for edge in item.edges if edge - 1 < count]
        # One microsecond past a whole day before the moment there is a day less.
        yield from (moment - (edge + 1) * DAY + 1 for edge in lower)
        return
    count = (instant - moment) // DAY
    higher = [count + 1] if item.edges is None else [edge for edge in item.edges if edge > count]
    yield from (moment + edge * DAY for edge in higher)


def _moments(source: Moments, fields: Sequence[object], events: Iterable[Event]) -> Iterator[int]:
    if source.constant is not None:
        yield source.constant
    elif source.field is not None:
        value = fields[source.field]
        if isinstance(value, int):
            yield value
    else:
        for event in events:
            if event.type in source.kinds:
                value = event.at if source.property is None else event.values.get(source.property)
                if isinstance(value, int):
                    yield value
