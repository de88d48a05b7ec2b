"""The events of a contact, one after the other: how old each is, and what it is worth."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from leadline_compiler.contacts import Event
from leadline_compiler.scorer.faces import Extra, More, View
from leadline_compiler.scorer.gathered import LocalDays, microseconds
from leadline_compiler.scorer.instants import Instant, Names
from leadline_compiler.scorer.iso import HEAD
from leadline_compiler.scorer.keyed import ByKey
from leadline_compiler.scorer.notes import Form, Item
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.worths import NOTHING, Row, Worth

_HEAD, _TAIL = slice(HEAD), slice(HEAD, None)


class _Unusual(Exception):
    """An event that is not in the plainest shape of its kind."""


_UNUSUAL = (_Unusual, LookupError, TypeError)


class _HasIds(Exception):
    """An event has an id of its own, so that all events count whose id it might be."""


_Ids: TypeAlias = set[str] | None
"""The ids that were met; None where no event is expected to have one."""

Walked: TypeAlias = tuple[int, int, list[Worth], ByKey, list[Item]]
"""What events are worth: the sum of their numbers in empty lanes of points, what they mark, each by itself but for
those that are worth nothing, what limited rules count, and the events to be looked at one by one."""

_Found: TypeAlias = tuple[Row, timedelta, Any, Form, View]
"""Row, age, what the data has, how that is read, and the kind as seen from the instant."""


class Walker:
    """Walks over raw events. The plainest take the short way, all others one that minds every detail."""

    def __init__(self, reading: Reading, local_days: LocalDays, empty: int, standing: int) -> None:
        """`empty` are lanes of points in which nothing stands, `standing` the marks that every contact has."""
        self._reading = reading
        # Points may be below zero, which would take something from the lanes above them.
        self._empty = empty
        self._standing = standing
        self._days = local_days
        self._expects_ids = False
        self._is_parsed = False
        """Whether times are expected that are no texts."""

    def walk(self, events: Sequence[Any], instant: Instant) -> Walked:
        """What the events are worth that are not later than the instant."""
        if not self._expects_ids:
            try:
                return self._walk(events, instant, instant.names, None)
            except _HasIds:
                self._expects_ids = True
        return self._walk(events, instant, instant.all_names, set())

    def _walk(self, events: Sequence[Any], instant: Instant, names: Names, ids: _Ids) -> Walked:
        now, quarter, tails, nothing, days_of = instant.now, instant.quarter, instant.tails, NOTHING, self._days
        head, tail, is_parsed, age = _HEAD, _TAIL, self._is_parsed, None
        total, marked = self._empty, self._standing
        worths: list[Worth] = []
        by_key: dict[Hashable, int] = {}
        again: list[tuple[Hashable, int]] = []
        noted: list[Item] = []
        for event in events:
            try:
                plain = names[event["event"]]
                if plain is None:
                    continue
                size, touched, at, first, second, classes, rows, bands, span, more = plain
                if touched is not None:
                    event[touched]
                    if more[1] is not None:
                        self._check(event, more[1], ids)
                if len(event) != size:
                    raise _Unusual
                time = event[at]
                row = rows[event[first]]
                if second is not None:
                    value = event[second]
                    row = row[classes[type(value)][value]]
                if row is None:
                    continue
                if is_parsed and type(time) is datetime and time.tzinfo is UTC and now is not None:
                    age, time = now - time, None
                    worth = row[more[2][age.days] if age.days >= 0 else -1]
                else:
                    began = tails[time[tail]][time[head]]
                    since = quarter - began
                    worth = row[-1 if since < 0 else bands[since] if since < span else bands[-1]]
                if worth is nothing and ids is None:
                    continue
                number, marks, particulars, _ = worth
                if ids is not None and more[1] is not None and self._is_out(event, more[1], ids):
                    continue
            except _UNUSUAL:
                found = self._find(event, instant, names, ids)
                if found is None:
                    continue
                worth, age, event, more = found
                number, marks, particulars, _ = worth
                time = None
            worths.append(worth)
            total += number
            marked |= marks
            if particulars is None:
                continue
            (keyed, notes), form = particulars, more[0]
            for name, lanes in keyed:
                try:
                    if name is None:
                        key = (time is not None and days_of[began]) or self._day(instant, age, time, form)
                    else:
                        place, memory = form.limits[name]
                        key = memory[event[place]]
                except (KeyError, TypeError):
                    key = form.key(event, name)
                if key in by_key:
                    again.append((key, lanes))
                else:
                    by_key[key] = lanes
            if notes is not None:
                noted.append((notes, None if time is not None else age, event, form, time))
        return total, marked, worths, (by_key, again), noted

    def _find(self, event: Any, instant: Instant, names: Names, ids: _Ids) -> tuple[Worth, timedelta, Any, More] | None:
        """What any event is worth, its age, what the data has, and how that is read; None where it is nothing."""
        found = self._look(event, instant, names, ids)
        if found is None or found[1].days < 0:
            return None
        row, age, raw, form, view = found
        band = bisect_right(view.edges, age)
        worth = row.worths[band] or view.face.bands.fill(row, band)
        return None if worth is NOTHING else (worth, age, raw, (form, None, (), view))

    def _day(self, instant: Instant, age: timedelta | None, time: str | None, form: Form) -> int:
        """The calendar day of an event with a time of which the hour is known, or else with an age."""
        if time is not None:
            age = instant.age(time, form.read_at)
        assert age is not None, "the hour is known"
        return self._days.of(instant.as_of - microseconds(age))

    def _check(self, event: Any, extra: Extra, ids: _Ids) -> None:
        """Raises _Unusual where a plain event has not all keys, and _HasIds where it has an id that is not expected."""
        spares, id_ = extra
        if not event.keys() >= spares:
            raise _Unusual
        if ids is None and id_ is not None and self._reading.read_id(event[id_]):
            raise _HasIds

    def _is_out(self, event: Any, extra: Extra, ids: set[str]) -> bool:
        """Whether a plain event was there before; remembers its id."""
        return extra[1] is not None and _is_copy(self._reading.read_id(event[extra[1]]), ids)

    def all_events(self, events: Sequence[Any], instant: Instant) -> list[Event]:
        """The declared events that are not later than the instant and not ignored, newest first."""
        ids: set[str] = set()
        seen: list[Event] = []
        for event in events:
            found = self._look(event, instant, instant.all_names, ids)
            if found is not None and found[1].days >= 0:
                row, age, raw, form, view = found
                if not view.face.bands.is_ignored(row, bisect_right(view.edges, age)):
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
        view = plain[-1][-1]
        keys, face = tuple(event), view.face
        shape = face.shape_of(keys)
        if shape is None:
            return self._read(event, instant, ids)
        if keys != face.usual:
            instant.note(face, keys)
        at, id_ = shape.layout.at, shape.layout.id
        if at is not None and type(event[at.key]) is datetime:
            self._is_parsed = True
        age = None if at is None else instant.age(event[at.key], at.read)
        if age is None or (id_ is not None and _is_copy(self._reading.read_id(event[id_]), ids)):
            return None
        return shape.row(event), age, event, shape, view

    def _read(self, event: Any, instant: Instant, ids: _Ids) -> _Found | None:
        read = self._reading.read_event(event, instant.as_of)
        if read is None:
            return None
        number, at, id_, given = read
        if _is_copy(id_, ids):
            return None
        view = instant.view(number)
        face = view.face
        names = [prop.name for prop in face.kind.declared.properties]
        values = {name: value for name, value in zip(names, given, strict=True) if value is not None}
        shape = face.read_shape
        return shape.row(values), timedelta(microseconds=instant.as_of - at), values, shape, view


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
