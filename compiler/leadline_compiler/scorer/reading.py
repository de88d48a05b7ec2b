"""How a scorer learns to read raw contacts; the readers of data in the public package tell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from leadline_compiler.contacts import Contact, Value
from leadline_compiler.values import Bad

Reader: TypeAlias = Callable[[Any], Value | Bad]
"""Turns a raw value into one of a field's type, None where it is missing, BAD where the type does not admit it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the data and how its values are read; None in its place where the data has no such key."""

    key: str
    read: Reader


@dataclass(frozen=True, slots=True)
class ContactLayout:
    """Under which keys a contact has its id, its events, and each field of the schema."""

    id: str | None
    events: str | None
    fields: tuple[Key | None, ...]


@dataclass(frozen=True, slots=True)
class EventLayout:
    """Under which keys an event has its kind, its moment, its own id, and the properties of every declared kind."""

    event: str
    at: Key | None
    id: str | None
    properties: Sequence[tuple[Key | None, ...]]


RawEvent: TypeAlias = tuple[int, int, str, tuple[Value, ...]]
"""Index of the declared kind, moment, its own id (or empty), the values of its properties as declared."""


class Reading(Protocol):
    """What is known of the data's keys and values. All of it may be asked for by several threads at once."""

    @property
    def usual_layout(self) -> ContactLayout:
        """The layout of contacts that have a key of the usual name for everything. Such keys go before all others."""
        ...

    def contact_layout(self, keys: tuple[Any, ...], *, is_flat: bool) -> ContactLayout | None:
        """The layout of contacts with these keys; None where they may need another shape first and are not flat."""
        ...

    def event_layout(self, keys: tuple[Any, ...]) -> EventLayout | None:
        """The layout of events with these keys; None where `read_event` must look at each."""
        ...

    def kind(self, name: str) -> int | None:
        """The index of the declared kind that the data means by a name."""
        ...

    def reshape(self, raw: Mapping[Any, Any]) -> dict[str, Any] | None:
        """A contact without the wrappers of known sources; None where that cannot be told from its keys alone."""
        ...

    def read_event(self, raw: Any, as_of: int) -> RawEvent | None:
        """An event of any shape; None for one that is left out."""
        ...

    def read_id(self, raw: Any) -> str:
        """An id as it is compared; empty where there is none."""
        ...

    def convert(self, raw: Mapping[str, Any], as_of: int) -> Contact:
        """The whole contact."""
        ...
