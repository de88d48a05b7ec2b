"""Which declared event the data means by a name."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.schema import EventType


class EventNames:
    """Declared events by what the data calls them: the name that the model says, or their own, to the letter."""

    def __init__(self, events: Sequence[EventType]) -> None:
        self._indexes = {event.name: index for index, event in enumerate(events)}
        self._indexes.update({event.source_name: index for index, event in enumerate(events) if event.source_name})
        self.declared = frozenset(self._indexes)

    def find(self, name: str) -> int | None:
        """The index of the declared event; None where none is meant."""
        return self._indexes.get(name.strip())
