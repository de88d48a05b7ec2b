"""ISO dates and times at speed, by remembering: there are few hours, and few minutes and seconds within one."""

from __future__ import annotations

from functools import lru_cache

from leadline_compiler.zones import HOUR, UTC_ZONE, Zone, parse_day, parse_moment

_HEAD = len("2026-11-21T09")
_REMEMBERED = 50_000
_SOME_HOUR = "2000-01-01T00"


class IsoTimes:
    """Reads what `parse_moment` reads, only faster, or leaves it to that."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._hours: dict[str, int | None] = {}
        self._universal_hours: dict[str, int | None] = {}
        self._rests: dict[str, tuple[int, bool] | None] = {}
        self._days: dict[str, int] = {}

    def read(self, text: str) -> int | None:
        """The moment of a text such as `2026-11-21T09:05:30Z` or `2026-11-21`; None where this shortcut does not do."""
        tail = text[_HEAD:]
        if not tail:
            return self._days.get(text) or self._remember_day(text)
        try:
            rest = self._rests[tail]
        except KeyError:
            rest = self._remember_rest(tail)
        if rest is None:
            return None
        passed, is_universal = rest
        head = text[:_HEAD]
        hours = self._universal_hours if is_universal else self._hours
        try:
            hour = hours[head]
        except KeyError:
            hour = self._remember_hour(hours, head, UTC_ZONE if is_universal else self._zone)
        return None if hour is None else hour + passed

    def _remember_day(self, text: str) -> int | None:
        day = parse_day(text)
        if day is None:
            return None
        if len(self._days) >= _REMEMBERED:
            self._days.clear()
        try:
            midnight = self._days[text] = self._zone.midnight(day)
        except OverflowError:
            return None
        return midnight

    def _remember_rest(self, tail: str) -> tuple[int, bool] | None:
        """How long after the hour a moment is, its offset taken off, and whether it has an offset."""
        start = parse_moment(_SOME_HOUR + ":00", UTC_ZONE)
        moment = parse_moment(_SOME_HOUR + tail, UTC_ZONE) if tail.startswith(":") else None
        rest = None
        if moment is not None and start is not None:
            rest = moment - start, tail[-1] in "ZzC" or "+" in tail or "-" in tail
        if len(self._rests) >= _REMEMBERED:
            self._rests.clear()
        self._rests[tail] = rest
        return rest

    def _remember_hour(self, hours: dict[str, int | None], head: str, zone: Zone) -> int | None:
        """The moment at which an hour begins; None where the zone's clock changes within it."""
        try:
            begin, end = parse_moment(head + ":00", zone), parse_moment(head + ":59:59.999999", zone)
        except OverflowError:
            begin = end = None
        hour = begin if begin is not None and end == begin + HOUR - 1 else None
        if len(hours) >= _REMEMBERED:
            hours.clear()
        hours[head] = hour
        return hour


@lru_cache(maxsize=8)
def iso_times(zone: Zone) -> IsoTimes:
    """The memory of a zone."""
    return IsoTimes(zone)
