"""The events of a contact, and which of them an occurrence means."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from leadline_compiler.emit.runtime.python.dates import read_date
from leadline_compiler.emit.runtime.python.keys import MOST_LAYOUTS, Keys, alike, match_keys, unwrapped
from leadline_compiler.emit.runtime.python.moments import DAY, FIRST_MOMENT, LAST_MOMENT, Zone, months_back
from leadline_compiler.emit.runtime.python.numbers import MILLION
from leadline_compiler.emit.runtime.python.values import Value, read_number, write_raw

Reader: TypeAlias = Callable[[Any], Value]
Values: TypeAlias = Mapping[str, Value]
Window: TypeAlias = tuple[int, int]

EARLIEST = -(10**20)
LATEST = 10**20
NEVER = (0, -1)
EVENT_NAMES = ("event", "event_type", "event_name")
TIMES = ("at", "timestamp", "time", "date", "datetime", "occurred_at", "event_time", "event_timestamp", "event_date")
NO_NAMES = frozenset({*TIMES, "days_ago", "id"})
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


class EventLayout(NamedTuple):
    """Where events with the same keys have what; None where they have no such key."""

    event: int | None
    at: int | None
    days_ago: int | None
    own_id: int | None
    cells: Mapping[str, Sequence[tuple[str, int | None, Reader]]]
    """For each kind the properties that are read, where they stand, and how they are read."""


class EventKeys:
    """How events are read; those with the same keys are looked at once.

    `kinds` are the events by what the data calls them, `properties` those of each kind with their readers, None for
    one that nothing asks for.
    """

    def __init__(self, kinds: Mapping[str, str], properties: Mapping[str, Mapping[str, Reader | None]]) -> None:
        self.kinds = kinds
        self.properties = properties
        self.names = frozenset(chain.from_iterable(properties.values()))
        self.layouts: dict[Keys, EventLayout] = {}

    def of(self, keys: Keys) -> EventLayout:
        layout = self.layouts.get(keys)
        if layout is None:
            if len(self.layouts) >= MOST_LAYOUTS:
                self.layouts.clear()
            layout = self.layouts[keys] = EventLayout(
                self.find("event", EVENT_NAMES, keys),
                self.find("at", TIMES, keys),
                self.find("days_ago", (), keys),
                self.find("id", (), keys),
                {kind: cells_of(readers, keys) for kind, readers in self.properties.items()},
            )
        return layout

    def kind_of(self, name: Any) -> str | None:
        """The declared kind that the data means by a name."""
        if type(name) is str and name in self.kinds:
            return self.kinds[name]
        return self.kinds.get((write_raw(name) or "").strip())

    def find(self, name: str, others: Collection[str], keys: Keys) -> int | None:
        """Where that stands which every event needs: under its name, else under the only other one that is there."""
        if name in keys:
            return keys.index(name)
        normal = [alike(key) for key in keys]
        wanted = (name,) if name in normal else others
        found = [
            place
            for place, (key, like) in enumerate(zip(keys, normal, strict=True))
            if like in wanted and (like == name or key not in self.names)
        ]
        return found[0] if len(found) == 1 else None


def cells_of(readers: Mapping[str, Reader | None], keys: Keys) -> list[tuple[str, int | None, Reader]]:
    found = match_keys([(name, None) for name in readers], keys)
    return [(name, found.get(name), read) for name, read in readers.items() if read is not None]


def read_events(raw_events: Any, keys: EventKeys, as_of: int, zone: Zone) -> Events:
    """The declared events up to as-of by kind, newest first; of those with one id the first."""
    events: Events = {kind: [] for kind in keys.properties}
    seen: set[str] = set()
    for raw in raw_events if isinstance(raw_events, list | tuple) else ():
        found = read_event(raw, keys, as_of, zone) if isinstance(raw, Mapping) else None
        if found is None:
            continue
        own_id, event = found
        if own_id and own_id in seen:
            continue
        seen.add(own_id)
        if event.at <= as_of:
            events[event.kind].append(event)
    for some in events.values():
        some.sort(key=moment_of, reverse=True)
    return events


def read_event(raw: Mapping[Any, Any], keys: EventKeys, as_of: int, zone: Zone) -> tuple[str, Event] | None:
    """The own id of an event, or an empty one, and the event; None where it is not declared or has no moment."""
    flat = unwrapped(raw if isinstance(raw.get("event"), str) else unfolded(raw, keys.kinds))
    layout = keys.of(tuple(map(str, flat)))
    cells = list(flat.values())
    kind = None if layout.event is None else keys.kind_of(cells[layout.event])
    at = None if kind is None else read_at(cells, layout, as_of, zone)
    if kind is None or at is None:
        return None
    values = {name: None if place is None else read(cells[place]) for name, place, read in layout.cells[kind]}
    return "" if layout.own_id is None else read_id(cells[layout.own_id]), Event(kind, at, values)


def read_at(cells: Sequence[Any], layout: EventLayout, as_of: int, zone: Zone) -> int | None:
    """The moment of an event: as it says, or so many days before as-of; none where it says both."""
    at = None if layout.at is None else cells[layout.at]
    ago = None if layout.days_ago is None else cells[layout.days_ago]
    if ago is None or ago == "":
        return read_date(at, zone)
    days = read_number(ago) if at is None or at == "" else None
    moment = None if days is None else as_of - days * (DAY // MILLION)
    return moment if moment is not None and FIRST_MOMENT <= moment <= LAST_MOMENT else None


def unfolded(record: Mapping[Any, Any], kinds: Container[str]) -> Mapping[Any, Any]:
    """An event with its name under `event`, also where it came as `{page_view: {path: …}, at: …}`."""
    normal = {key: alike(key) for key in record if isinstance(key, str)}
    holding = [key for key in normal if holds_properties(record[key])]
    if any(like in EVENT_NAMES and key not in holding for key, like in normal.items()):
        return record
    known = [key for key in holding if key.strip() in kinds]
    names = known or [key for key in holding if normal[key] not in NO_NAMES]
    if len(names) != 1:
        return record
    inner = record[names[0]]
    outer = {key: value for key, value in record.items() if key != names[0]}
    return {**(inner if isinstance(inner, Mapping) else {}), "event": names[0], **outer}


def holds_properties(value: Any) -> bool:
    return value is None or value == "" or isinstance(value, Mapping)


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
