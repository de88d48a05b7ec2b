"""Events by contact, within a bounded memory: what is too much waits on disk, a range of contacts a part."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Sequence
from typing import IO, TypeAlias

from leadline.readers.event_rows import RawEvent

RANGE = 8192
"""Contacts of one part: their events are in memory together when their turn comes."""
HELD = 200_000
"""Events in memory before all parts are written out."""

_Part: TypeAlias = tuple[list[int], list[RawEvent]]
"""The numbers of contacts and, side by side, their events."""


class EventStore:
    """Takes events in any order of contacts and gives them back contact by contact, in the order they came.

    Contacts are numbered from 0 and must be asked for in that order. The temporary file has no name where the
    system allows it, so nothing of it can stay behind.
    """

    def __init__(self, held: int = HELD) -> None:
        self._held = held
        self._count = 0
        self._parts: dict[int, _Part] = {}
        self._written: dict[int, list[tuple[int, int]]] = {}
        self._file: IO[bytes] | None = None
        self._loaded = -1
        self._events: dict[int, list[RawEvent]] = {}

    def add(self, contact: int, event: RawEvent) -> None:
        part = self._parts.get(contact // RANGE)
        if part is None:
            part = self._parts[contact // RANGE] = ([], [])
        part[0].append(contact)
        part[1].append(event)
        self._count += 1
        if self._count >= self._held:
            self._write_out()

    def events_of(self, contact: int) -> Sequence[RawEvent]:
        """The events of a contact, which are forgotten with that."""
        part = contact // RANGE
        if part != self._loaded:
            self._load(part)
        return self._events.pop(contact, ())

    def close(self) -> None:
        """Gives the memory and the disk back."""
        self._parts.clear()
        self._events.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write_out(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="leadline-")  # noqa: SIM115 - closed in `close`
        for number, part in self._parts.items():
            start = self._file.tell()
            marshal.dump(part, self._file)
            self._written.setdefault(number, []).append((start, self._file.tell() - start))
        self._parts.clear()
        self._count = 0

    def _load(self, number: int) -> None:
        self._loaded = number
        self._events = {}
        for start, length in self._written.pop(number, ()):
            self._group(self._read(start, length))
        self._group(self._parts.pop(number, ([], [])))

    def _group(self, part: _Part) -> None:
        for contact, event in zip(*part, strict=True):
            events = self._events.get(contact)
            if events is None:
                self._events[contact] = [event]
            else:
                events.append(event)

    def _read(self, start: int, length: int) -> _Part:
        assert self._file is not None
        self._file.seek(start)
        part: _Part = marshal.loads(self._file.read(length))
        return part
