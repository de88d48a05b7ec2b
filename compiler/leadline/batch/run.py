"""A run of the batch engine: first the ids of the contacts, then the events, then the scores."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType

from leadline.batch.counts import Teller
from leadline.batch.crew import Crew
from leadline.batch.scoring import Block
from leadline.batch.stages import Stages
from leadline.batch.work import Work
from leadline.readers.columns import Dates
from leadline.readers.formats import open_rows
from leadline.readers.joining import Inputs, Pass, Progress
from leadline.readers.problems import DataError, DataReport, ProblemSink, Tally
from leadline.readers.sources import Source, open_within
from leadline.readers.stream import own_as_of
from leadline.temporary import TemporaryFolder
from leadline_compiler.passes import optimise
from leadline_compiler.plan import Plan

_SMALL = 4 << 20
"""Bytes of data for which another process is not worth its start."""


class BatchRun:
    """The contacts of files with their results, a block after the other in the order of the file; to be iterated once.

    `report` is complete once the iteration is over; `as_of` is the instant that the user, the data or the default
    named. Use it with `with`, so that what was kept of standard input is removed.
    """

    def __init__(
        self,
        plan: Plan,
        contacts: str | Source,
        events: str | Source | None = None,
        *,
        as_of: int | None = None,
        default_as_of: int,
        dates: Dates | None = None,
        on_problem: ProblemSink | None = None,
        progress: Progress | None = None,
        tells_rules: bool = True,
        workers: int | None = None,
    ) -> None:
        """Raises DataError, here or while iterating, for what cannot be read at all."""
        if contacts == "-" and events == "-":
            raise DataError("contacts and events cannot both come from standard input")
        self.report = DataReport()
        self._stack = ExitStack()
        self._on_problem = on_problem
        self._progress = progress
        try:
            sources = [open_within(self._stack, path) for path in (contacts, events) if path is not None]
            rows = [open_rows(source) for source in sources]
            if as_of is None:
                as_of = own_as_of(rows[0].as_of, rows[0].file, plan.schema)
            self.as_of = default_as_of if as_of is None else as_of
            event_rows = rows[1] if events is not None else None
            self._inputs = Inputs(plan.schema, rows[0], event_rows, dates or {}, self.as_of)
            Pass(self._inputs, Tally())  # matches the columns, so that nothing is read in vain
            folder = self._stack.enter_context(TemporaryFolder())
        except BaseException:
            self._stack.close()
            raise
        self._size = workers or _workers_for(sources)
        self._work = Work(
            optimise(plan),
            self.as_of,
            _without_folder(sources[0]),
            _without_folder(sources[1]) if events is not None else None,
            dates or {},
            folder,
            secrets.randbits(128),
            tells_rules,
            on_problem is not None,
        )
        self._stages: Stages | None = None

    def __enter__(self) -> BatchRun:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def prepare(self) -> None:
        """Reads the ids of the contacts, and all else of them where they come row by row.

        Raises DataError for what keeps the contacts from being read.
        """
        if self._stages is None:
            crew = self._stack.enter_context(Crew(self._work, self._size, self._progress))
            self._stages = Stages(self._work, self._inputs, crew, Teller(self._on_problem))
            self._stages.read_contacts()

    def __iter__(self) -> Iterator[Block]:
        self.prepare()
        assert self._stages is not None
        yield from self._stages.blocks()
        self.report = self._stages.report()


def _workers_for(sources: Sequence[Source]) -> int:
    """As many processes as there are processors for this one, where the data are worth it."""
    if sum(source.size for source in sources) < _SMALL:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _without_folder(source: Source) -> Source:
    """A source as other processes may have it; what was kept of a pipe is removed by this one alone."""
    return replace(source, folder=None)
