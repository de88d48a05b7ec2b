"""The instants at which what moves with time may alter something about a contact: all of them, and some more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leadline_compiler.contacts import Contact, Event
from leadline_compiler.decays import left_after
from leadline_compiler.due.moving import DayCount, Moments, Moving, Shrinking, Window
from leadline_compiler.execute.rules import read_decay
from leadline_compiler.plan import plan as p
from leadline_compiler.zones import DAY, HOUR, Duration, Unit, Zone

_LARGEST = 10**18
"""Thousandths that no score reaches: what is left of them is left of any."""
_MONTH = 32 * DAY


@dataclass(frozen=True, slots=True)
class Seen:
    """A contact as a plan sees it: its fields by index, its declared events."""

    fields: Sequence[object]
    events: Sequence[Event]
    zone: Zone


def see(plan: p.Plan, contact: Contact) -> Seen:
    """The contact as a plan sees it."""
    declared = {event.name for event in plan.schema.events}
    fields = [contact.values.get(item.name) for item in plan.schema.fields]
    return Seen(fields, [event for event in contact.events if event.type in declared], plan.schema.zone)


def first_after(moving: Sequence[Moving], seen: Seen, instant: int) -> int | None:
    """The first instant after one at which something about the contact may change; None where nothing ever may."""
    later = [event.at for event in seen.events if event.at > instant]
    found = min(later, default=None)
    for item in moving:
        for candidate in _INSTANTS[type(item)](item, seen, instant):
            if candidate > instant and (found is None or candidate < found):
                found = candidate
    return found


def _of(seen: Seen, kinds: frozenset[str], instant: int) -> Iterator[int]:
    return (event.at for event in seen.events if event.type in kinds and event.at <= instant)


# ---- windows


def _window(item: Window, seen: Seen, instant: int) -> Iterator[int]:
    for at in _of(seen, item.kinds, instant):
        if item.is_months:
            if at + (item.length + 1) * _MONTH > instant:
                yield from _months_later(at, item.length, seen.zone)
        else:
            yield at + item.length


def _months_later(moment: int, months: int, zone: Zone) -> Iterator[int]:
    """Where the moment so many months before an instant passes another one.

    It does so twice where clocks are set back, since the hour that they repeat counts back to the same hour.
    """
    duration = Duration(months, Unit.MONTHS)
    low, high = moment, moment + (months + 1) * _MONTH
    while high - low > 1:
        middle = (low + high) // 2
        if zone.back(middle, duration) >= moment:
            high = middle
        else:
            low = middle
    yield high
    turn = _set_back(zone, high - 2 * HOUR, high + 2 * HOUR)
    if turn is not None:
        at, by = turn
        yield from (at, high - by, high + by)


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


def _shrinking(item: Shrinking, seen: Seen, instant: int) -> Iterator[int]:
    decay, step = read_decay(item.decay), item.decay.step
    points = _LARGEST if item.points is None else item.points
    for at in _of(seen, item.kinds, instant):
        steps = (instant - at) // step
        left = left_after(points, decay, steps)
        if not left:
            continue
        # Between two steps at which as much is left, nothing changes.
        few, many = steps, steps + 1
        while left_after(points, decay, many) == left:
            few, many = many, many + 2 * (many - steps)
            if many > steps + _MOST_STEPS:
                break
        while many - few > 1:
            middle = (few + many) // 2
            few, many = (middle, many) if left_after(points, decay, middle) == left else (few, middle)
        yield at + many * step


_MOST_STEPS = 10**8


# ---- days


def _day_count(item: DayCount, seen: Seen, instant: int) -> Iterator[int]:
    for source in item.of:
        for moment in _moments(source, seen):
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


def _moments(source: Moments, seen: Seen) -> Iterator[int]:
    if source.constant is not None:
        yield source.constant
    elif source.field is not None:
        value = seen.fields[source.field]
        if isinstance(value, int):
            yield value
    else:
        for event in seen.events:
            if event.type in source.kinds:
                value = event.at if source.property is None else event.values.get(source.property)
                if isinstance(value, int):
                    yield value


_INSTANTS: dict[type, Callable[[Any, Seen, int], Iterator[int]]] = {
    Window: _window,
    Shrinking: _shrinking,
    DayCount: _day_count,
}
