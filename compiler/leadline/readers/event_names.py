"""Which declared event the data means by a name."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.readers.headings import normalise_heading
from leadline_compiler.schema import EventType

_REMEMBERED = 20_000


class EventNames:
    """Declared events by what the data calls them: exactly, else in the normalised form."""

    def __init__(self, events: Sequence[EventType]) -> None:
        self._exact = {event.name: index for index, event in enumerate(events)}
        self._exact.update({event.source_name: index for index, event in enumerate(events) if event.source_name})
        self._loose: dict[str, int | None] = {}
        for name, index in self._exact.items():
            alias = normalise_heading(name)
            # Two events of one normalised name: neither is guessed.
            self._loose[alias] = index if self._loose.get(alias, index) == index else None
        self._seen: dict[str, int | None] = {}
        self.normalised = frozenset(self._loose)

    def find(self, name: str) -> int | None:
        """The index of the declared event; None where none is meant."""
        if name in self._seen:
            return self._seen[name]
        exact = self._exact.get(name.strip())
        index = self._loose.get(normalise_heading(name)) if exact is None else exact
        if len(self._seen) < _REMEMBERED:
            self._seen[name] = index
        return index
