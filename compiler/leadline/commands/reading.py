"""Reading contacts for a command: progress, bad rows, and what is said of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any

from leadline.commands.bad_rows import BadRows
from leadline.commands.data_sources import DataSources, called, naming_model
from leadline.commands.data_told import tell_data
from leadline.commands.options import make_console, now, open_output, read_as_of
from leadline.readers import ContactStream, DataReport, read_contacts
from leadline.readers.event_names import EventNames
from leadline.readers.problems import KEEP_ALL_BAD, ProblemSink
from leadline_compiler.contacts import Contact
from leadline_compiler.plan import Plan
from leadline_compiler.schema import Schema

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from leadline.batch.run import BatchRun
    from leadline.batch.scoring import Block
    from leadline.spark.run import SparkRun

_PATIENCE = 1.0
"""Seconds after which a run on a terminal shows how far it is."""


class Reading:
    """The data of a run, read once for each model; used with `with`, so that the bad rows are kept in a file.

    `models` are the rules files as they were typed. `all_bad` says where all that is bad is to be found.
    """

    def __init__(
        self,
        models: Sequence[str],
        contacts: str,
        events: str | None,
        dates: Mapping[str, str],
        color: str,
        *,
        bad_rows: str | None = None,
        all_bad: str = KEEP_ALL_BAD,
        spark_master: str | None = None,
    ) -> None:
        self.models, self.contacts, self.events, self.dates, self.color = models, contacts, events, dates, color
        self.bad_rows, self.all_bad = bad_rows, all_bad
        self.spark_master = spark_master
        self.now = now()
        self.shows_results = False
        """Whether results are printed where the bar is: they tell how far the run is, and the first takes it away."""
        self.reports: dict[str, DataReport] = {}
        self.declared_events: set[str] = set()
        self._stack = ExitStack()
        self._sources = DataSources(contacts, events)
        self._kept: BadRows | None = None
        self._bar: ProgressBar | None = None

    def __enter__(self) -> Reading:
        self._stack.enter_context(self._sources)
        if self.bad_rows is not None:
            opened = self._stack.enter_context(open_output(self.bad_rows, option="--bad-rows"))
            self._kept = BadRows(opened, self.bad_rows)
        if sys.stderr.isatty() and self.color != "never":
            self._bar = ProgressBar(self.color)
            self._stack.callback(self._bar.stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def size(self) -> int:
        """Bytes of the data. Raises DataError where there is nothing to read."""
        return sum(source.size for source in self._sources.open() if source is not None)

    def open(
        self, model: str, schema: Schema, as_of: str | None, on_problem: ProblemSink | None = None
    ) -> ContactStream:
        """The contacts as a model sees them. What keeps them from being read is met here, as far as it can be known.

        `on_problem` gets every bad value and bad row, beside the file for them.
        """
        self.declared_events |= EventNames(schema.events).declared
        contacts, events = self._sources.open()
        with naming_model(model, self.models):
            stream = read_contacts(
                schema,
                contacts,
                events,
                as_of=read_as_of(as_of, schema.zone),
                default_as_of=self.now,
                dates=self.dates,
                on_problem=on_problem or self._keep(),
                progress=self._bar.tell if self._bar is not None else None,
            )
        return self._stack.enter_context(stream)

    def contacts_of(self, model: str, stream: ContactStream) -> Iterator[tuple[Contact, int]]:
        """The contacts, and the instant of the run: the user's, the data's or the clock's."""
        assert stream.as_of is not None, "the clock is the default"
        for contact in stream:
            self._meet_results()
            yield contact, stream.as_of
        self.reports[called(model)] = stream.report

    def open_run(
        self, model: str, plan: Plan, as_of: str | None, engine: str, *, tells_rules: bool
    ) -> BatchRun | SparkRun:
        """The same for an engine that goes by columns, which scores the contacts as it reads them."""
        self.declared_events |= EventNames(plan.schema.events).declared
        options: dict[str, Any] = {
            "as_of": read_as_of(as_of, plan.schema.zone),
            "default_as_of": self.now,
            "dates": self.dates,
            "on_problem": self._keep(),
            "tells_rules": tells_rules,
        }
        with naming_model(model, self.models):
            if engine == "spark":
                from leadline.spark.run import SparkRun

                spark_run = SparkRun(plan, self.contacts, self.events, master=self.spark_master, **options)
                return self._stack.enter_context(spark_run)
            from leadline.batch.run import BatchRun

            progress = self._bar.tell if self._bar is not None else None
            run = BatchRun(plan, *self._sources.open(), progress=progress, **options)
            self._stack.enter_context(run).prepare()
            return run

    def blocks_of(self, model: str, run: BatchRun | SparkRun) -> Iterator[tuple[Block, int]]:
        """The results of such an engine, block by block, and the instant of the run."""
        for block in run:
            self._meet_results()
            yield block, run.as_of
        self.reports[called(model)] = run.report

    def tell(self, narrow: Callable[[DataReport], DataReport] = lambda report: report) -> None:
        """Says on standard error what could not be read, and what was passed over; of all, or of what is narrowed."""
        reports = {model: narrow(report) for model, report in self.reports.items()}
        tell_data(reports, self.declared_events, self.all_bad)

    def _keep(self) -> ProblemSink | None:
        """What takes the problems of the next model for the file of bad rows."""
        if self._kept is None:
            return None
        return self._kept.of_model() if len(self.models) > 1 else self._kept.write

    def _meet_results(self) -> None:
        if self.shows_results:
            self.stop_bar()

    def stop_bar(self) -> None:
        """Takes the progress bar away, before anything else is shown where it is."""
        if self._bar is not None:
            self._bar.stop()


class ProgressBar:
    """Shows on a terminal how many rows have been read, once that takes longer than a second."""

    def __init__(self, color: str) -> None:
        self._color = color
        self._started = time.monotonic()
        self._bar: Bar | None = None
        self._is_over = False

    def tell(self, rows: int) -> None:
        """Takes note of the rows that have been read so far."""
        if self._is_over or time.monotonic() - self._started < _PATIENCE:
            return
        if self._bar is None:
            self._bar = _open_bar(self._color)
        self._bar.update(self._bar.task_ids[0], completed=rows)

    def stop(self) -> None:
        """Takes the bar away; it does not come back."""
        self._is_over = True
        if self._bar is not None:
            self._bar.stop()


def _open_bar(color: str) -> Bar:
    from rich.progress import Progress as RichBar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} rows read"), TimeElapsedColumn())
    bar = RichBar(*columns, console=make_console(color, sys.stderr), transient=True, redirect_stdout=False)
    bar.add_task("", total=None)
    bar.start()
    return bar
