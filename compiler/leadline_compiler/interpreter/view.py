"""What is seen of one contact at one instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.zones import Zone


@dataclass(slots=True)
class View:
    """A contact as of an instant, or one event of it where `event` is given.

    `events` are those not later than as-of, newest first; `scores`, `total` and `grades` are there once they
    have been worked out. `memo` keeps what a define is worth, and the events of an occurrence.
    """

    values: Mapping[str, Value]
    events: tuple[Event, ...]
    as_of: int
    zone: Zone
    scores: Mapping[str, int] = field(default_factory=dict)
    total: int | None = None
    grades: Mapping[str | None, str | None] = field(default_factory=dict)
    event: Event | None = None
    memo: dict[Any, Any] = field(default_factory=dict)

    def at_event(self, event: Event) -> View:
        """The view that a `where` has: the event's properties are all its values."""
        return View(event.values, (), self.as_of, self.zone, event=event)


def view_contact(contact: Contact, events: Iterable[Event], as_of: int, zone: Zone) -> View:
    """The view of a contact with these of its events; those later than as-of are not seen."""
    seen = sorted((event for event in events if event.at <= as_of), key=lambda event: -event.at)
    return View(contact.values, tuple(seen), as_of, zone)
