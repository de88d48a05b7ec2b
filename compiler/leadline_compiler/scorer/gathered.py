"""The events of one contact that some rules must look at one by one, by the occurrence that means them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, Protocol, TypeAlias

from leadline_compiler.contacts import Event, Value
from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.iso import HEAD
from leadline_compiler.texts import fold
from leadline_compiler.zones import HOUR, MINUTE, UTC_ZONE, Zone, parse_moment


class Form(Protocol):
    """How an event of the data is read."""

    def event(self, raw: Any, at: int) -> Event:
        """The event at a moment."""
        ...

    def key(self, raw: Any, name: str) -> Hashable:
        """A property, and what its value counts as for a limit per value."""
        ...

    @property
    def limits(self) -> Mapping[str, tuple[str, Mapping[str, Hashable]]]:
        """By property its key, and those of `key` that are known by now, by the raw text."""
        ...


KeyedGroup: TypeAlias = tuple[str | None, int, tuple[int, ...]]
"""A property, None for the day, and the rules that are limited by it: the lanes of the even ones, and the places of
those that are uneven."""
Notes: TypeAlias = tuple[tuple[int, ...], tuple[KeyedGroup, ...]]
"""The numbers of the lists that an event belongs to, and the keyed rules that count it."""
Item: TypeAlias = tuple[Notes, timedelta, Any, Form, str | None]
"""Why an event is looked at, its age, what the data has, how that is read, and, where it is known, its time in UTC,
such as `2026-11-21T09:05:30Z`."""

_age_of = itemgetter(1)
_QUARTER = 15 * MINUTE
_MOST_REMEMBERED = 50_000


class LocalDays:
    """The calendar days of a zone. `hours` has them by the hours in UTC that were met, such as `2026-11-21T09`.

    They are None for hours in which a day begins. For other moments it remembers quarters of an hour.
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self.hours: dict[str, date | None] = {}
        self._quarters: dict[int, date | None] = {}

    def find(self, time: str) -> date | None:
        """The day of all moments in the hour of a time such as `2026-11-21T09:05:30Z`, if it is one."""
        hour = time[:HEAD]
        begin = parse_moment(hour + ":00", UTC_ZONE)
        assert begin is not None, "it was read before"
        if len(self.hours) >= _MOST_REMEMBERED:
            self.hours.clear()
        day = self.hours[hour] = self._day_of(begin, HOUR)
        return day

    def of(self, moment: int) -> date:
        """The day of a moment."""
        quarter = moment // _QUARTER
        try:
            day = self._quarters[quarter]
        except KeyError:
            if len(self._quarters) >= _MOST_REMEMBERED:
                self._quarters.clear()
            day = self._quarters[quarter] = self._day_of(quarter * _QUARTER, _QUARTER)
        return self._zone.day(moment) if day is None else day

    def _day_of(self, begin: int, length: int) -> date | None:
        first = self._zone.day(begin)
        return first if first == self._zone.day(begin + length - 1) else None


class Gathered:
    """The events of a contact by list, newest first. Everything is worked out once, when it is first asked for."""

    __slots__ = ("_as_of", "_events", "_ordered", "lists", "local_days", "noted")

    def __init__(self, noted: Sequence[Item], as_of: int, local_days: LocalDays) -> None:
        self.noted = noted
        self.lists: dict[int, list[Item]] = {}
        for item in noted:
            for number in item[0][0]:
                self.lists.setdefault(number, []).append(item)
        self._as_of = as_of
        self.local_days = local_days
        self._ordered: dict[int, list[Item]] = {}
        self._events: dict[int, Event] = {}

    def ordered(self, number: int) -> list[Item]:
        """The items of a list, newest first."""
        found = self._ordered.get(number)
        if found is None:
            found = self._ordered[number] = sorted(self.lists.get(number, ()), key=_age_of)
        return found

    def events(self, number: int) -> list[Event]:
        """The events of a list, newest first."""
        return [self._event(item) for item in self.ordered(number)]

    def run(self, events: Mapping[int, Sequence[Event]], zone: Zone) -> Run:
        """A run in which occurrences mean these events."""
        return Run((), (), self._as_of, zone, memo=dict(events))

    def newest(self, number: int) -> timedelta | None:
        """The age of the newest event of a list."""
        return min(map(_age_of, self.lists.get(number, ())), default=None)

    def day(self, item: Item) -> date:
        """The calendar day of an item in the model's zone."""
        time = item[4]
        day = None if time is None else self.local_days.find(time)
        return self.local_days.of(self._as_of - microseconds(item[1])) if day is None else day

    def _event(self, item: Item) -> Event:
        event = self._events.get(id(item))
        if event is None:
            event = self._events[id(item)] = item[3].event(item[2], self._as_of - microseconds(item[1]))
        return event


def microseconds(length: timedelta) -> int:
    return (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds


def limit_key(value: Value) -> Hashable:
    """What a value counts as for a limit per value of a property."""
    if isinstance(value, tuple):
        return tuple(map(fold, value))
    return fold(value) if isinstance(value, str) else value
