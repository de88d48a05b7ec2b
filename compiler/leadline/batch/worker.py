"""One process of a run: it reads parts of the data, and scores chunks of contacts."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import numpy as np

from leadline.batch.contact_table import Chunk, ContactTable
from leadline.batch.counts import Counts
from leadline.batch.event_table import EventTable, Fault
from leadline.batch.id_index import IdIndex
from leadline.batch.keys import Keys
from leadline.batch.scoring import Block, Scoring
from leadline.batch.spool import Spool, Spooled
from leadline.batch.stored import StoredChunks
from leadline.batch.tables import Batch, Table
from leadline.batch.work import Opened, Work, open_table
from leadline.readers.problems import SHOWN, Problem
from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.classify import Classifier
from leadline_compiler.batch.columns import Places
from leadline_compiler.batch.operations import OPERATIONS
from leadline_compiler.batch.rows import Program

Told = Callable[[int], None]
"""Told how many rows have been read, or contacts scored."""


Scored: TypeAlias = tuple[list[Block], Counts]
"""The results of contacts, and what is to be told of them."""


@dataclass(frozen=True, slots=True)
class PlaceOfChunk:
    """Which chunk of which part of the contacts' table, its number among all, and who is refused in it."""

    part: int
    place: int
    number: int
    refused: Places


class Worker:
    """What a process needs, made when it is first needed."""

    def __init__(self, work: Work, told: Told) -> None:
        self.work = work
        self._told = told
        self._problems: list[Problem] = []
        self._opened: Opened | None = None
        self._contacts: tuple[Table, ContactTable] | None = None
        self._scoring: Scoring | None = None
        self._reading: tuple[int, int, Iterator[Batch]] = (-1, 0, iter(()))

    @property
    def opened(self) -> Opened:
        if self._opened is None:
            self._opened = Opened(self.work, self._problems.append)
        return self._opened

    @property
    def contacts(self) -> tuple[Table, ContactTable]:
        if self._contacts is None:
            headings = self.opened.contact_rows.headings
            assert headings is not None
            cells = self.opened.contact_reader().layout_of(headings)
            types = open_table(self.work.contacts).types
            contacts = ContactTable(self.work.plan, cells, types)
            self._contacts = open_table(self.work.contacts, contacts.plain), contacts
        return self._contacts

    # ---- first: the ids of contacts

    def read_ids(self, part: int) -> list[Keys]:
        """The keys of a part of the contacts, chunk by chunk."""
        table, contacts = self.contacts
        return contacts.keys(table, part, self.work.seed)

    # ---- second: the events

    def read_events(self, parts: Sequence[int], name: str, keeps_ids: bool) -> tuple[Spooled, list[Counts]]:
        """Lays the events of some parts where their contacts are."""
        work = self.work
        assert work.events is not None
        classifier = Classifier(work.plan, Program(work.plan, OPERATIONS), Cells(), work.as_of)
        spool = Spool(work.folder / f"{name}.events")
        layout = self.opened.event_layout()
        plain = [at for at in (layout.contact, layout.at, layout.id) if at is not None]
        table = open_table(work.events, plain)
        index = IdIndex.load(work.folder / "ids.npy")
        events = EventTable(
            work.plan.schema,
            layout,
            classifier,
            index,
            spool,
            types=table.types,
            seed=work.seed,
            keeps_ids=keeps_ids,
        )
        found = []
        for part in parts:
            counts = Counts()
            faults = events.read(table, part, counts)
            counts.problems = self._tell_events(table, part, faults)
            self._told(counts.rows)
            found.append(counts)
        return spool.close(classifier.cells.all), found

    def _tell_events(self, table: Table, part: int, faults: Sequence[Fault]) -> list[Problem]:
        rows = table.rows(part, [fault.place for fault in faults]) if faults else iter(())
        for (line, cells), fault in zip(rows, faults, strict=False):
            self.opened.pass_.tell_event((line, table.headings, cells), is_known=fault.is_known)
            if self._has_enough():
                break
        return self._take_problems()

    def _has_enough(self) -> bool:
        return not self.work.tells_all and len(self._problems) >= SHOWN

    def _take_problems(self) -> list[Problem]:
        found = self._problems[:]
        self._problems.clear()
        return found

    # ---- third: the scores

    def score_table(self, where: PlaceOfChunk) -> Scored:
        """The results of a chunk of a table of contacts."""
        table, contacts = self.contacts
        chunk = contacts.chunk(self._batch(where), where.refused)
        scored = self._score(chunk, where.number)
        counts = scored[1]
        refused = ~chunk.accepted
        self._told(len(refused))
        counts.bad_rows += len(where.refused)
        counts.bad_values += int(chunk.spoiled.sum())
        places = np.flatnonzero(refused | (chunk.spoiled > 0)).tolist()
        faults = [Fault(chunk.start + place, bool(chunk.accepted[place])) for place in places]
        counts.problems = self._tell_contacts(table, where.part, faults)
        return scored

    def _batch(self, where: PlaceOfChunk) -> Batch:
        """The rows of a chunk; it goes on from the one before, since a part can only be read from its start."""
        part, place, batches = self._reading
        if part != where.part or place > where.place:
            table, contacts = self.contacts
            place, batches = 0, contacts.batches(table, where.part)
        batch = next(islice(batches, where.place - place, None))
        self._reading = where.part, where.place + 1, batches
        return batch

    def _tell_contacts(self, table: Table, part: int, faults: Sequence[Fault]) -> list[Problem]:
        rows = table.rows(part, [fault.place for fault in faults]) if faults else iter(())
        for (line, cells), fault in zip(rows, faults, strict=False):
            self.opened.pass_.tell_contact((line, table.headings, cells), is_first=fault.is_known)
            if self._has_enough():
                break
        return self._take_problems()

    def score_stored(self, chunks: StoredChunks, number: int) -> Scored:
        """The results of a chunk that was put aside."""
        return self._score(chunks.read(number), number)

    def _score(self, chunk: Chunk, number: int) -> Scored:
        """The results of a chunk, slice by slice."""
        if self._scoring is None:
            with (self.work.folder / "spooled").open("rb") as file:
                spooled: list[Spooled] = pickle.load(file)
            self._scoring = Scoring(self.work, spooled)
        counts = Counts()
        return list(self._scoring.score(chunk, number, counts)), counts
