"""The events of some contacts, and which of them an occurrence means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Column, Flags, Places, Whole
from leadline_compiler.batch.groups import Runs, runs_of

Key = tuple[str, bool]
"""A property by its name, and whether its values are coded."""


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

    def take(self, places: Places) -> Events:
        """Some of the events, in ascending order of their places."""
        columns = {key: column.take(places) for key, column in self.columns.items()}
        return Events(self.contacts, self.whose[places], self.at[places], self.cell[places], self.cells, columns)

    def meant(self, occurrence: int, spans: list[tuple[Whole, Whole, Flags]]) -> Meant:
        """The events that an occurrence means; `spans` are first moment, last moment and whether there are any.

        A span has one element for all contacts, or one for each.
        """
        flags = self.cells.flags(occurrence)[self.cell]
        for first, last, known in spans:
            firsts: Whole = np.broadcast_to(first, self.contacts)[self.whose]
            lasts: Whole = np.broadcast_to(last, self.contacts)[self.whose]
            flags &= np.broadcast_to(known, self.contacts)[self.whose] & (self.at >= firsts) & (self.at <= lasts)
        return Meant(self, np.flatnonzero(flags))


@dataclass(slots=True)
class Meant:
    """Some of the events, by their places, in ascending order."""

    events: Events
    places: Places
    _whose: Places | None = None
    _counts: Whole | None = None

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
            self._counts = np.bincount(self.whose, minlength=self.events.contacts)
        return self._counts

    @property
    def runs(self) -> Runs:
        return runs_of(self.whose, self.events.contacts)

    def column(self, name: str, is_coded: bool) -> Column | None:
        """The values of a property; None where there is none."""
        column = self.events.columns.get((name, is_coded))
        return None if column is None else column.take(self.places)
