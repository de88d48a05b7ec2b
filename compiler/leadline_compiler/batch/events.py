"""The events of some contacts, and which of them an occurrence means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Column, Flags, Places, Whole
from leadline_compiler.batch.groups import Runs, runs_of

Key = tuple[str, bool]
"""A property by its name, and whether its values are coded."""

Span = tuple[Whole, Whole, Flags]
"""The first and the last moment of each contact, and whether it has any; one element may stand for all contacts."""


class Counted(Protocol):
    """Tells how often occurrences occurred that depend on no field."""

    def counts(self, occurrence: int) -> Whole | None:
        """How often, by contact; None where this is not known beforehand."""
        ...

    def among(self, occurrence: int) -> tuple[Places, Places] | None:
        """The places and cells, in ascending order, of the events among which all that it may mean are."""
        ...


class Occurring(Protocol):
    """Something that knows which events occurrences mean."""

    def meant(self, occurrence: int, spans: Sequence[Span]) -> Meant:
        """The events that an occurrence means, within spans where it has windows that go by fields."""
        ...


@dataclass(slots=True)
class Events:
    """Events that are not later than as-of and not ignored, sorted by contact.

    `whose` numbers the contact, one of `contacts`; `at` is the moment; `cell` tells which occurrences may mean it.
    """

    contacts: int
    whose: Places
    at: Whole
    cell: Places
    cells: Cells
    columns: Mapping[Key, Column]
    counted: Counted | None = field(default=None, compare=False)

    def take(self, places: Places) -> Events:
        """Some of the events, in ascending order of their places."""
        columns = {key: column.take(places) for key, column in self.columns.items()}
        return Events(self.contacts, self.whose[places], self.at[places], self.cell[places], self.cells, columns)

    def meant(self, occurrence: int, spans: Sequence[Span]) -> Meant:
        return Meant(self, occurrence, spans)


class Meant:
    """The events that an occurrence means; what is asked of them is found out then."""

    def __init__(
        self,
        events: Events,
        occurrence: int,
        spans: Sequence[Span],
        counts: Whole | None = None,
        places: Places | None = None,
    ) -> None:
        self.events = events
        self._occurrence = occurrence
        self._spans = spans
        self._places = places
        self._whose: Places | None = None
        self._counts = counts

    @property
    def places(self) -> Places:
        """Their places among all events, in ascending order."""
        if self._places is None:
            self._places = self._find()
        return self._places

    @property
    def whose(self) -> Places:
        if self._whose is None:
            self._whose = self.events.whose[self.places]
        return self._whose

    @property
    def at(self) -> Whole:
        return self.events.at[self.places]

    @property
    def counts(self) -> Whole:
        """How many there are, by contact."""
        if self._counts is None:
            counted = self.events.counted
            found = None if counted is None or self._spans else counted.counts(self._occurrence)
            self._counts = np.bincount(self.whose, minlength=self.events.contacts) if found is None else found
        return self._counts

    @property
    def runs(self) -> Runs:
        return runs_of(self.whose, self.events.contacts)

    def column(self, name: str, is_coded: bool) -> Column | None:
        """The values of a property; None where there is none."""
        column = self.events.columns.get((name, is_coded))
        return None if column is None else column.take(self.places)

    def _find(self) -> Places:
        events = self.events
        flags = events.cells.flags(self._occurrence)
        among = None if events.counted is None else events.counted.among(self._occurrence)
        places = np.flatnonzero(flags[events.cell]) if among is None else among[0][flags[among[1]]]
        for first, last, known in self._spans:
            whose, at = events.whose[places], events.at[places]
            firsts: Whole = np.broadcast_to(first, events.contacts)[whose]
            lasts: Whole = np.broadcast_to(last, events.contacts)[whose]
            knowns = np.broadcast_to(known, events.contacts)[whose]
            places = places[knowns & (at >= firsts) & (at <= lasts)]
        return places
