"""What an executor does with a bucket: it lays the rows down as files, and has the batch engine score them."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from leadline.batch.run import BatchRun
from leadline.readers.columns import Dates
from leadline.readers.problems import DataError, DataReport, Problem
from leadline.readers.rows import Evidence
from leadline.readers.sources import Source
from leadline.spark.answers import Answer, Kind
from leadline.spark.forms import Form
from leadline.temporary import TemporaryFolder
from leadline_compiler.plan import Plan

_GROUP = 125_000


@dataclass(frozen=True, slots=True)
class Laid:
    """How the rows of one side are laid down; `columns` are the positions of those that they come with."""

    form: Form
    columns: tuple[int, ...]
    evidence: Evidence

    def lay(self, table: Any, path: Path) -> tuple[Source, Sequence[int]]:
        """Writes rows in the order of the data; answers the file, and the order of each of its lines from 1."""
        import pyarrow.compute as pc

        table = table.take(pc.sort_indices(table.column("order")))
        orders = table.column("order").to_numpy()
        if self.columns:
            self._write_table(table, path)
            lines = orders
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(f"{line}\n" for line in (*self.form.prefix, *table.column("line").to_pylist()))
            lines = [*range(1, len(self.form.prefix) + 1), *orders.tolist()]
        return Source(self.form.name, path, path.stat().st_size, "utf-8-sig", evidence=self.evidence), lines

    def _write_table(self, table: Any, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        assert self.form.headings is not None
        columns = [table.column(f"c{position}") for position in self.columns]
        named = pa.table(columns, names=[self.form.headings[position] for position in self.columns])
        pq.write_table(named, path, row_group_size=_GROUP, compression="none")


@dataclass(frozen=True, slots=True)
class BucketWork:
    """What there is to do with each bucket, in a form that is sent to the executors."""

    plan: Plan
    as_of: int
    contacts: Laid
    events: Laid | None
    dates: Dates
    tells_rules: bool
    tells_all: bool

    def answer(self, contacts: Any, events: Any) -> Any:
        """What a bucket's rows amount to, as a table of answers."""
        import pyarrow as pa

        answers = list(self._answers(contacts, events))
        return pa.table(
            {
                "kind": pa.array([answer.kind for answer in answers], pa.int32()),
                "stage": pa.array([answer.stage for answer in answers], pa.int32()),
                "order": pa.array([answer.order for answer in answers], pa.int64()),
                "place": pa.array([answer.place for answer in answers], pa.int32()),
                "payload": pa.array([pickle.dumps(answer.payload) for answer in answers], pa.binary()),
            }
        )

    def _answers(self, contacts: Any, events: Any) -> Iterator[Answer]:
        with _folder() as folder:
            source, lines = self.contacts.lay(contacts, folder / "contacts")
            of_contacts = _Told(self.contacts.form, 1, lines)
            told, event_source = [of_contacts], None
            if self.events is not None:
                event_source, lines = self.events.lay(events, folder / "events")
                told.insert(0, _Told(self.events.form, 0, lines))
            try:
                yield from self._run(source, event_source, told)
            except DataError as error:
                yield Answer(Kind.ERROR, 0, error.line or 0, 0, error)

    def _run(self, contacts: Source, events: Source | None, told: Sequence[_Told]) -> Iterator[Answer]:
        problems: list[Problem] = []
        run = BatchRun(
            self.plan,
            contacts,
            events,
            as_of=self.as_of,
            default_as_of=self.as_of,
            dates=self.dates,
            on_problem=problems.append if self.tells_all else None,
            tells_rules=self.tells_rules,
            workers=1,
        )
        with run:
            for number, block in enumerate(run):
                yield Answer(Kind.BLOCK, 0, 0, number, block)
        report: DataReport = run.report
        yield Answer(Kind.REPORT, 0, 0, 0, replace(report, problems=()))
        for number, problem in enumerate(problems if self.tells_all else report.problems):
            yield next(side for side in told if side.form.name == problem.file).tell(problem, number)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for a bucket, and for all that is put aside meanwhile."""
    # Spark names a folder that is large enough, and that is removed even where this process is ended from outside.
    place = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or None
    usual = tempfile.tempdir
    with TemporaryFolder(place) as folder:
        tempfile.tempdir = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = usual


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells of problems where they stand in the data, rather than in what was laid down of it."""

    form: Form
    stage: int
    lines: Sequence[int]

    def tell(self, problem: Problem, number: int) -> Answer:
        if problem.line is None:
            return Answer(Kind.PROBLEM, self.stage, 0, number, problem)
        order = int(self.lines[problem.line - 1])
        file, line = self.form.place_of(order)
        return Answer(Kind.PROBLEM, self.stage, order, number, replace(problem, file=file, line=line))
