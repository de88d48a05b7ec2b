"""ISO times at speed: when the hours begin that they name, and which texts the standard library reads as meant.

A time such as `2026-11-21T09:05:30Z` is not read at all: what stands before and what stands after the hour's end are
two look-ups, and the quarters of an hour that have passed since the hour began tell how old an event is, unless a
boundary is near.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from leadline_compiler.zones import HOUR, MINUTE, SECOND, Zone, parse_moment

HEAD = len("2026-11-21T09")
DAY_HEAD = len("2026-11-21")
UNIVERSAL = len("2026-11-21T09:05:30Z")
"""How long times in UTC are that the hours are known of, and no other such times."""
QUARTER = 15 * MINUTE
_TAIL = re.compile(r":[0-5]\d(?::[0-5]\d(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_MOST_REMEMBERED = 50_000
_MOST_TAILS = 30_000

Quarters: TypeAlias = dict[str, int]
"""By an hour such as `2026-11-21T09` the quarters of an hour from 1970 to its beginning."""
_NO_HOURS: Quarters = {}


class Hours:
    """The hours of times without offset, which are in a zone, and of others, as far as they were met.

    `tails` has, by what follows an hour, the hours with the same offset. Hours within which a clock changes, or that
    begin between two quarters, are never in them.
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self.tails: dict[str, Quarters] = {}
        self._by_offset: dict[str, Quarters] = {}

    def moment(self, text: str) -> int | None:
        """The moment of a time whose hour is known; learns of the hour if need be. None for times in other forms."""
        began = self.tails.get(text[HEAD:], _NO_HOURS).get(text[:HEAD])
        if began is None:
            began = self._learn(text)
        if began is None:
            return None
        seconds = text[17:19] if text[16:17] == ":" else ""
        return began * QUARTER + int(text[14:16]) * MINUTE + int(seconds or 0) * SECOND

    def _learn(self, text: str) -> int | None:
        """Learns of the hour of a time, if it is written in one of the usual forms: when it begins."""
        tail = _TAIL.fullmatch(text, HEAD)
        if tail is None:
            return None
        offset = tail.group(1) or ""
        begin = self._moment(text[:HEAD] + ":00:00" + offset)
        if begin is None or begin % QUARTER:
            return None
        if not offset and self._moment(text[:HEAD] + ":59:59.999999") != begin + HOUR - 1:
            return None
        if len(self.tails) >= _MOST_TAILS:
            self.tails.clear()
            self._by_offset.clear()
        hours = self._by_offset.setdefault(offset, {})
        if len(hours) >= _MOST_REMEMBERED:
            hours.clear()
        hours[text[:HEAD]] = began = begin // QUARTER
        self.tails[tail.group()] = hours
        return began

    def _moment(self, text: str) -> int | None:
        try:
            return parse_moment(text, self._zone)
        except OverflowError:
            return None


@lru_cache(maxsize=8)
def hours_of(zone: Zone) -> Hours:
    """The hours of a zone."""
    return Hours(zone)


_FORMS = {
    "-T::Z": UNIVERSAL,
    "-T::+:": len("2026-11-21T09:05:30+01:00"),
    "-T::-:": len("2026-11-21T09:05:30-01:00"),
    **{f"-T::.{digit}": len("2026-11-21T09:05:30.123Z") for digit in "0123456789"},
}
"""What every third character is, from the seventh on, in texts with an offset that are so long."""


def _parser() -> Callable[[str], datetime]:
    try:
        datetime.fromisoformat("2000-01-01T24:00:00")
    except ValueError:
        return datetime.fromisoformat

    def parse(text: str) -> datetime:
        if text[11:13] == "24":
            raise ValueError("there is no hour 24")
        return datetime.fromisoformat(text)

    return parse


_parse = _parser()


def read_iso(text: str) -> datetime | None:
    """The moment of a text in one of the usual forms with an offset; None for any other text."""
    if _FORMS.get(text[7::3]) != len(text):
        return None
    try:
        found = _parse(text)
    except ValueError:
        return None
    return None if found.tzinfo is None else found
