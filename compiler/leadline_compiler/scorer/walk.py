"""The events of a contact, one after the other: how old each is, and what it is worth."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from leadline_compiler.contacts import Event
from leadline_compiler.scorer.faces import DAYS, Plain
from leadline_compiler.scorer.gathered import Form, Item, microseconds
from leadline_compiler.scorer.instants import Instant, Names
from leadline_compiler.scorer.iso import UNIVERSAL, parse_iso
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.worths import NOTHING, Row, Worth


class _Unusual(Exception):
    """An event that is not in the plainest shape of its kind."""


_UNUSUAL = (_Unusual, KeyError, TypeError, ValueError)


class _HasIds(Exception):
    """An event has an id of its own, so that all events count whose id it might be."""


_Ids: TypeAlias = set[str] | None
"""The ids that were met; None where no event is expected to have one."""

_Found: TypeAlias = tuple[Row, timedelta, Any, Form, Plain]
"""Row, age, what the data has, how that is read, and the kind as seen from the instant."""


class Walker:
    """Walks over raw events. The plainest take the short way, all others one that minds every detail."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._expects_ids = False

    def walk(self, events: Sequence[Any], instant: Instant) -> tuple[list[Worth], list[Item]]:
        """What each event is worth that is not later than the instant, and those to be looked at one by one."""
        if not self._expects_ids:
            try:
                return self._walk(events, instant, instant.names, None)
            except _HasIds:
                self._expects_ids = True
        return self._walk(events, instant, instant.all_names, set())

    def _walk(self, events: Sequence[Any], instant: Instant, names: Names, ids: _Ids) -> tuple[list[Worth], list[Item]]:
        now = instant.now
        worths: list[Worth] = []
        noted: list[Item] = []
        for event in events:
            try:
                plain = names[event["event"]]
                if plain is None:
                    continue
                size, spares, touched, id_, at, first, second, usual, classes, rows, days, edges, form, face = plain
                event[touched]
                if len(event) != size or not (spares is None or event.keys() >= spares):
                    raise _Unusual
                time = event[at]
                text = None
                if type(time) is str and time[7::3] == UNIVERSAL:
                    age = now - parse_iso(time)
                    text = time
                elif type(time) is datetime and time.tzinfo is UTC:
                    age = now - time
                else:
                    read = instant.age(time, form.read_at)
                    if read is None:
                        continue
                    age = read
                if second is None:
                    row = rows[event[first]]
                else:
                    value = event[second]
                    if type(value) not in usual:
                        raise _Unusual
                    row = rows[event[first]][classes[value]]
                if id_ is not None and _is_copy(self._reading.read_id(event[id_]), ids):
                    continue
            except _UNUSUAL:
                found = self._look(event, instant, names, ids)
                if found is None:
                    continue
                text = None
                row, age, event, form, (_, _, _, _, _, _, _, _, _, _, days, edges, _, face) = found
            day = age.days
            if day < 0 or not days:
                continue
            band = days[day] if day < DAYS else -1
            if band < 0:
                band = bisect_right(edges, age)
            worth = row.worths[band] or face.bands.fill(row, band)
            if worth is not NOTHING:
                worths.append(worth)
                if worth[4] is not None:
                    noted.append((worth[4], age, event, form, text))
        return worths, noted

    def all_events(self, events: Sequence[Any], instant: Instant) -> list[Event]:
        """The declared events that are not later than the instant and not ignored, newest first."""
        ids: set[str] = set()
        seen: list[Event] = []
        for event in events:
            found = self._look(event, instant, instant.all_names, ids)
            if found is not None and found[1].days >= 0:
                row, age, raw, form, plain = found
                if not plain[-1].bands.is_ignored(row, bisect_right(plain[11], age)):
                    seen.append(form.event(raw, instant.as_of - microseconds(age)))
        return sorted(seen, key=lambda event: -event.at)

    def _look(self, event: Any, instant: Instant, names: Names, ids: _Ids) -> _Found | None:
        """What is known of any event; None for one that is undeclared, cannot be read, or was there before."""
        if type(event) is not dict or type(event.get("event")) is not str:
            return self._read(event, instant, ids)
        name = event["event"]
        if name not in names:
            instant.learn(name)
        plain = names[name]
        if plain is None:
            return None
        keys, face = tuple(event), plain[-1]
        shape = face.shape_of(keys)
        if shape is None:
            return self._read(event, instant, ids)
        if keys != face.usual:
            instant.note(face, keys)
        at, id_ = shape.layout.at, shape.layout.id
        age = None if at is None else instant.age(event[at.key], at.read)
        if age is None or (id_ is not None and _is_copy(self._reading.read_id(event[id_]), ids)):
            return None
        return shape.row(event), age, event, shape, plain

    def _read(self, event: Any, instant: Instant, ids: _Ids) -> _Found | None:
        read = self._reading.read_event(event, instant.as_of)
        if read is None:
            return None
        number, at, id_, given = read
        if _is_copy(id_, ids):
            return None
        plain = instant.plain(number)
        face = plain[-1]
        names = [prop.name for prop in face.kind.declared.properties]
        values = {name: value for name, value in zip(names, given, strict=True) if value is not None}
        shape = face.read_shape
        return shape.row(values), timedelta(microseconds=instant.as_of - at), values, shape, plain


def _is_copy(id_: str, ids: _Ids) -> bool:
    """Whether an event with this id of its own was there before; remembers it."""
    if not id_:
        return False
    if ids is None:
        raise _HasIds
    if id_ in ids:
        return True
    ids.add(id_)
    return False
