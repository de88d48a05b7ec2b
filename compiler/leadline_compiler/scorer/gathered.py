"""The events of one contact that some rules must look at one by one, by the occurrence that means them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from leadline_compiler.contacts import Event
from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.instants import Instant
from leadline_compiler.scorer.iso import QUARTER
from leadline_compiler.scorer.notes import Item
from leadline_compiler.zones import HOUR, Zone

_MOST_REMEMBERED = 50_000
_QUARTERS = HOUR // QUARTER


class LocalDays(dict[int, int]):
    """The calendar days of a zone, by the quarters of an hour from 1970 to where an hour begins; 0 for an hour in which
    a day does. Days are counted as `date.toordinal` does."""

    __slots__ = ("_zone",)

    def __init__(self, zone: Zone) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, began: int) -> int:
        begin = began * QUARTER
        day = self.exact(begin)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[began] = day if day == self.exact(begin + HOUR - 1) else 0
        return found

    def of(self, moment: int) -> int:
        """The day of a moment."""
        return self[moment // HOUR * _QUARTERS] or self.exact(moment)

    def exact(self, moment: int) -> int:
        """The day of a moment, worked out anew."""
        return self._zone.day(moment).toordinal()


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

    def day(self, item: Item) -> int:
        """The calendar day of an item in the model's zone."""
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
