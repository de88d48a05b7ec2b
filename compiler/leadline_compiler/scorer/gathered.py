"""The events of one contact that some rules must look at one by one, by the occurrence that means them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from leadline_compiler.contacts import Event
from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.instants import Instant
from leadline_compiler.scorer.iso import DAY_HEAD, HEAD, QUARTER, UNIVERSAL
from leadline_compiler.scorer.notes import Item
from leadline_compiler.zones import HOUR, UTC_ZONE, Zone, parse_day, parse_moment

_MOST_REMEMBERED = 50_000


class LocalDays:
    """The calendar days of a zone.

    `hours` has them by the hours in UTC that were met, such as `2026-11-21T09`, None for hours in which a day begins,
    and by the days of wall times, such as `2026-11-21`. For other moments it remembers quarters of an hour.
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self.hours: dict[str, date | None] = {}
        self._quarters: dict[int, date | None] = {}

    def learn(self, time: str) -> None:
        """Learns of the hour or the day of a time of which the hours are known."""
        if len(self.hours) >= _MOST_REMEMBERED:
            self.hours.clear()
        if len(time) == UNIVERSAL:
            begin = parse_moment(time[:HEAD] + ":00", UTC_ZONE)
            assert begin is not None, "the hour is known"
            self.hours[time[:HEAD]] = self._day_of(begin, HOUR)
        elif len(time) < UNIVERSAL:
            self.hours[time[:DAY_HEAD]] = parse_day(time[:DAY_HEAD])

    def of(self, moment: int) -> date:
        """The day of a moment."""
        quarter = moment // QUARTER
        try:
            day = self._quarters[quarter]
        except KeyError:
            if len(self._quarters) >= _MOST_REMEMBERED:
                self._quarters.clear()
            day = self._quarters[quarter] = self._day_of(quarter * QUARTER, QUARTER)
        return self._zone.day(moment) if day is None else day

    def _day_of(self, begin: int, length: int) -> date | None:
        first = self._zone.day(begin)
        return first if first == self._zone.day(begin + length - 1) else None


class Gathered:
    """The events of a contact by list. Everything is worked out once, when it is first asked for."""

    __slots__ = ("_events", "_instant", "_ordered", "lists", "local_days", "noted")

    def __init__(self, noted: Sequence[Item], instant: Instant, local_days: LocalDays) -> None:
        self.noted = noted
        self.lists: dict[int, list[Item]] = {}
        for item in noted:
            for number in item[0][0]:
                self.lists.setdefault(number, []).append(item)
        self.local_days = local_days
        self._instant = instant
        self._ordered: dict[int, list[Item]] = {}
        self._events: dict[int, Event] = {}

    def age(self, item: Item) -> timedelta:
        """How long ago an event was."""
        age = item[1]
        if age is None:
            age = self._instant.age(item[4], item[3].read_at)
            assert age is not None, "its hour is known"
        return age

    def ordered(self, number: int) -> list[Item]:
        """The items of a list, newest first."""
        found = self._ordered.get(number)
        if found is None:
            found = self._ordered[number] = sorted(self.lists.get(number, ()), key=self.age)
        return found

    def events(self, number: int) -> list[Event]:
        """The events of a list, newest first."""
        return [self._event(item) for item in self.ordered(number)]

    def run(self, events: Mapping[int, Sequence[Event]], zone: Zone) -> Run:
        """A run in which occurrences mean these events."""
        return Run((), (), self._instant.as_of, zone, memo=dict(events))

    def newest(self, number: int) -> timedelta | None:
        """The age of the newest event of a list."""
        return min(map(self.age, self.lists.get(number, ())), default=None)

    def day(self, item: Item) -> date:
        """The calendar day of an item in the model's zone."""
        if item[4] is not None:
            self.local_days.learn(item[4])
        return self.local_days.of(self._moment(item))

    def _moment(self, item: Item) -> int:
        return self._instant.as_of - microseconds(self.age(item))

    def _event(self, item: Item) -> Event:
        event = self._events.get(id(item))
        if event is None:
            event = self._events[id(item)] = item[3].event(item[2], self._moment(item))
        return event


def microseconds(length: timedelta) -> int:
    return (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds
