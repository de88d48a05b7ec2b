"""The events of a contact, and which of them an occurrence means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, TypeAlias

from leadline_compiler.emit.runtime.python.moments import Zone, months_back
from leadline_compiler.emit.runtime.python.values import Value, read_date, write_raw

Reader: TypeAlias = Callable[[Any], Value]
Values: TypeAlias = Mapping[str, Value]
Window: TypeAlias = tuple[int, int]

EARLIEST = -(10**20)
LATEST = 10**20
NEVER = (0, -1)
WHOLE = re.compile(r"[+-]?\d+\.0+", re.ASCII)


class Event:
    """An event that counts: its kind, its moment, its properties (None where they are missing)."""

    __slots__ = ("at", "kind", "values")

    def __init__(self, kind: str, at: int, values: Values) -> None:
        self.kind = kind
        self.at = at
        self.values = values


Events: TypeAlias = dict[str, list[Event]]


def read_id(raw: Any) -> str:
    """An id: trimmed, whole numbers without `.0`; empty where there is none."""
    if isinstance(raw, str):
        text = raw.strip()
        return text.partition(".")[0] if WHOLE.fullmatch(text) else text
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return ""
    return write_raw(raw) or ""


def read_events(
    raw_events: Any, kinds: Mapping[str, str], properties: Mapping[str, Mapping[str, Reader]], as_of: int, zone: Zone
) -> Events:
    """The declared events up to as-of by kind, newest first; of those with one id the first.

    `kinds` are the events by what the data calls them, `properties` the readers of each kind.
    """
    events: Events = {kind: [] for kind in properties}
    seen: set[str] = set()
    for raw in raw_events if isinstance(raw_events, list | tuple) else ():
        kind = kinds.get((write_raw(raw.get("event")) or "").strip()) if isinstance(raw, Mapping) else None
        at = None if kind is None else read_date(raw.get("at"), zone)
        if kind is None or at is None:
            continue
        own_id = read_id(raw.get("id"))
        if own_id and own_id in seen:
            continue
        seen.add(own_id)
        if at <= as_of:
            values = {name: read(raw.get(name)) for name, read in properties[kind].items()}
            events[kind].append(Event(kind, at, values))
    for found in events.values():
        found.sort(key=moment_of, reverse=True)
    return events


def moment_of(event: Event) -> int:
    return event.at


def without(events: Events, ignored: Iterable[Sequence[Event]]) -> Events:
    """The events that are not to be ignored."""
    gone = {id(event) for event in chain.from_iterable(ignored)}
    return {kind: [event for event in found if id(event) not in gone] for kind, found in events.items()}


def matching(
    events: Events,
    kinds: Sequence[str],
    where: Callable[[Values], bool] | None = None,
    windows: Iterable[Window] = (),
) -> list[Event]:
    """The events of these kinds that pass, newest first."""
    first, last = EARLIEST, LATEST
    for low, high in windows:
        first, last = max(first, low), min(last, high)
    if len(kinds) == 1:
        found: Sequence[Event] = events[kinds[0]]
    else:
        found = sorted(chain.from_iterable(events[kind] for kind in kinds), key=moment_of, reverse=True)
    return [event for event in found if first <= event.at <= last and (where is None or where(event.values))]


def in_the_last(length: int, as_of: int) -> Window:
    return as_of - length + 1, LATEST


def more_than_ago(length: int, as_of: int) -> Window:
    return EARLIEST, as_of - length


def in_the_last_months(months: int, as_of: int, zone: Zone) -> Window:
    return months_back(as_of, months, zone) + 1, LATEST


def more_than_months_ago(months: int, as_of: int, zone: Zone) -> Window:
    return EARLIEST, months_back(as_of, months, zone)


def since(moment: int | None) -> Window:
    return NEVER if moment is None else (moment, LATEST)


def before(moment: int | None) -> Window:
    return NEVER if moment is None else (EARLIEST, moment - 1)
