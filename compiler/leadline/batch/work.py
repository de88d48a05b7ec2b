"""What a run has to do, in a form that can be handed to other processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leadline.batch.tables import ParquetTable, Table
from leadline.readers.columns import Dates
from leadline.readers.contact_rows import ContactReader
from leadline.readers.event_layout import EventLayout, EventOrigin
from leadline.readers.event_rows import EventReader
from leadline.readers.formats import open_rows
from leadline.readers.joining import Inputs, Pass
from leadline.readers.problems import ProblemSink, Tally
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline.readers.sources import Format, Source, find_format
from leadline_compiler.plan import Plan


@dataclass(frozen=True, slots=True)
class Work:
    """A run: the plan, its instant, and where the data are. `folder` is for what is put aside meanwhile.

    With `tells_rules` the results tell the rules that fired, with `tells_all` every problem is kept.
    """

    plan: Plan
    as_of: int
    contacts: Source
    events: Source | None
    dates: Dates
    folder: Path
    seed: int
    tells_rules: bool
    tells_all: bool


def is_table(source: Source | None) -> bool:
    """Whether a file can be read by columns."""
    return source is not None and find_format(source) is Format.PARQUET


def open_table(source: Source, plain: Sequence[int] = ()) -> Table:
    """A file that can be read by columns; the texts at some positions come without a dictionary."""
    return ParquetTable(source, plain)


@dataclass(slots=True)
class Opened:
    """The files of a run as tables, as far as they are, and the readers of rows that tell what is wrong in them."""

    work: Work
    sink: ProblemSink
    pass_: Pass = field(init=False)
    contact_rows: Rows = field(init=False)
    event_rows: Rows | None = field(init=False)

    def __post_init__(self) -> None:
        work = self.work
        self.contact_rows = open_rows(work.contacts) if is_table(work.contacts) else Rows(work.contacts.name, _no_rows)
        self.event_rows = open_rows(work.events) if work.events is not None and is_table(work.events) else None
        inputs = Inputs(work.plan.schema, self.contact_rows, self.event_rows, work.dates, work.as_of)
        self.pass_ = Pass(inputs, Tally(self.sink))

    def contact_reader(self) -> ContactReader:
        """A reader of contacts, whose readers of cells are used."""
        return ContactReader(self.work.plan.schema, self.contact_rows, Tally(), self.work.dates)

    def event_layout(self) -> EventLayout:
        """Where the table of events has what."""
        assert self.event_rows is not None
        assert self.event_rows.headings is not None
        origin = EventOrigin(self.work.plan.schema, self.event_rows, self.work.dates, nested=False)
        return EventReader(origin, Tally(), self.work.as_of).layout_of(self.event_rows.headings)


def _no_rows(refuse: RefuseRow) -> Iterator[Row]:
    return iter(())
