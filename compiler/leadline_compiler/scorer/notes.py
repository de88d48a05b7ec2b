"""Why an event must be looked at by itself, and what that takes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import timedelta
from typing import Any, Protocol, TypeAlias

from leadline_compiler.contacts import Event, Value
from leadline_compiler.scorer.reading import Reader
from leadline_compiler.texts import fold


class Form(Protocol):
    """How an event of the data is read."""

    @property
    def read_at(self) -> Reader:
        """Reads its time."""
        ...

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


Even: TypeAlias = tuple[str | None, int]
"""A property, None for the day, and the lanes of the even rules that are limited by it."""
Uneven: TypeAlias = tuple[str | None, tuple[int, ...]]
"""A property, None for the day, and the places of the uneven rules that are limited by it."""
Notes: TypeAlias = tuple[tuple[int, ...], tuple[Uneven, ...]]
"""The numbers of the lists that an event belongs to, and the uneven rules that count it."""
Item: TypeAlias = tuple[Notes, timedelta | None, Any, Form, str | None]
"""Why an event is looked at, its age, what the data has, how that is read, and its time, of which the hours are known.
There is an age or a time."""


def limit_key(value: Value) -> Hashable:
    """What a value counts as for a limit per value of a property."""
    if isinstance(value, tuple):
        return tuple(map(fold, value))
    return fold(value) if isinstance(value, str) else value
