"""The stages of a run: first the ids of the contacts, then the events, then the scores."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from leadline.batch.counts import Counts, Teller, report_of
from leadline.batch.crew import Crew
from leadline.batch.event_table import FIRST_ORDER
from leadline.batch.id_index import UNKNOWN, IdIndex, first_of_each
from leadline.batch.keys import Keys, keys_of_list
from leadline.batch.row_contacts import read_row_contacts
from leadline.batch.row_events import RowEvents
from leadline.batch.scoring import Block
from leadline.batch.spool import CHUNK, Spool, Spooled
from leadline.batch.stored import StoredChunks
from leadline.batch.work import Work, is_table, open_table
from leadline.batch.worker import PlaceOfChunk
from leadline.readers.joining import Inputs, Pass
from leadline.readers.problems import DataReport, Problem, Tally
from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.classify import Classifier
from leadline_compiler.batch.operations import OPERATIONS
from leadline_compiler.batch.rows import Program


class Stages:
    """The state of a run while it goes on. What is read row by row is read in this process, tables by the crew."""

    def __init__(self, work: Work, inputs: Inputs, crew: Crew, teller: Teller) -> None:
        self._work = work
        self._crew = crew
        self._teller = teller
        self._of_contacts, self._of_events = Counts(), Counts()
        # Problems of events are told first, though contacts may have been read before them.
        self._contact_tally = Tally(self._noting(self._of_contacts, teller.wait))
        self._event_tally = Tally(self._noting(self._of_events, teller.tell))
        self._contact_pass = Pass(replace(inputs, events=None), self._contact_tally, crew.counting())
        self._event_pass = Pass(inputs, self._event_tally, crew.counting())
        self._stored = StoredChunks(work.folder / "contacts.chunks")
        self._chunks: list[PlaceOfChunk] = []
        self._rows = RowEvents(work.plan.schema, self._classifier(), Spool(work.folder / "rows.events"), work.seed)

    def read_contacts(self) -> None:
        """Reads which contacts there are; what keeps them from being read is met here."""
        IdIndex.build(*self._index_contacts()).save(self._work.folder / "ids.npy")

    def blocks(self) -> Iterator[Block]:
        """The results; the contacts have been read."""
        spooled = [*self._read_events(), self._rows.close()]
        with (self._work.folder / "spooled").open("wb") as file:
            pickle.dump(spooled, file)
        self._teller.release()
        yield from self._score()

    def report(self) -> DataReport:
        """What has been read."""
        counts = Counts()
        counts.add(_with_undeclared(self._of_events, self._event_tally, 0))
        counts.add(_with_undeclared(self._of_contacts, self._contact_tally, 1 << 62))
        if self._chunks:
            self._contact_pass.lay_out_contacts()
        seen = self._contact_pass.report()
        missing = (*seen.missing_columns, *self._event_pass.missing_event_columns())
        return report_of(counts, missing, seen.unused_columns)

    # ---- contacts

    def _index_contacts(self) -> tuple[Keys, Any]:
        """The keys of all contacts that are scored, and their addresses."""
        if not is_table(self._work.contacts):
            return read_row_contacts(
                self._work.plan.schema, self._contact_pass, self._stored, self._rows, self._work.seed
            )
        parts = range(open_table(self._work.contacts).parts)
        found: list[Keys] = []
        for part, chunks in zip(parts, self._crew.do("read_ids", [(part,) for part in parts]), strict=True):
            for place, keys in enumerate(chunks):
                self._chunks.append(PlaceOfChunk(part, place, len(found), np.zeros(0, np.int64)))
                found.append(keys)
        keys = np.concatenate([np.zeros((0, 2), np.uint64), *found])
        accepted = first_of_each(keys)
        addresses = [number * CHUNK + np.arange(len(chunk)) for number, chunk in enumerate(found)]
        self._note_refused(accepted, found)
        return keys[accepted], np.concatenate([np.zeros(0, np.int64), *addresses])[accepted]

    def _note_refused(self, accepted: Any, chunks: Sequence[Keys]) -> None:
        if accepted.all():
            return
        starts = np.cumsum([0, *map(len, chunks)])
        for number, where in enumerate(self._chunks):
            refused = np.flatnonzero(~accepted[starts[number] : starts[number + 1]])
            self._chunks[number] = replace(where, refused=refused)

    # ---- events

    def _read_events(self) -> list[Spooled]:
        events = self._work.events
        if events is None:
            return []
        if not is_table(events):
            self._read_row_events(IdIndex.load(self._work.folder / "ids.npy"))
            return []
        parts, size = open_table(events).parts, self._crew.size
        shares = [list(range(number, parts, size)) for number in range(min(size, parts))]
        tasks = [(share, f"table-{number}", self._keeps_ids()) for number, share in enumerate(shares)]
        answers = list(self._crew.do("read_events", tasks))
        for part in range(parts):
            counts = answers[part % size][1][part // size]
            self._of_events.add(counts)
            self._teller.tell(counts.problems)
        return [spooled for spooled, _ in answers]

    def _keeps_ids(self) -> bool:
        """Whether events may have ids of their own."""
        return not is_table(self._work.contacts) or self._event_pass.has_event_ids()

    def _read_row_events(self, index: IdIndex) -> None:
        def find(ids: Sequence[str]) -> list[int | None]:
            found = index.find(keys_of_list(ids, self._work.seed)).tolist()
            return [None if address == UNKNOWN else address for address in found]

        for order, (address, event) in enumerate(self._event_pass.raw_events(find), start=FIRST_ORDER):
            self._rows.add(address, event, order)

    def _classifier(self) -> Classifier:
        plan = self._work.plan
        return Classifier(plan, Program(plan, OPERATIONS), Cells(), self._work.as_of)

    # ---- scores

    def _score(self) -> Iterator[Block]:
        if is_table(self._work.contacts):
            answers = self._crew.do("score_table", [(where,) for where in self._chunks])
        else:
            answers = self._crew.do("score_stored", [(self._stored, number) for number in range(len(self._stored))])
        for blocks, counts in answers:
            self._of_contacts.add(counts)
            self._teller.tell(counts.problems)
            yield from blocks

    def _noting(self, counts: Counts, tell: Any) -> Any:
        def note(problem: Problem) -> None:
            counts.note(problem)
            tell([problem])

        return note


def _with_undeclared(counts: Counts, tally: Tally, first: int) -> Counts:
    """Counts with the undeclared events that were met row by row, in the order in which they were met."""
    for place, (name, times) in enumerate(tally.undeclared_counts.items(), start=first):
        counts.note_undeclared(name, place, times)
    return counts
