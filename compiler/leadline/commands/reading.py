"""Reading contacts for a command: progress, bad rows, and what is said of them."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

import click

from leadline.commands.options import make_console, now, open_output, read_as_of
from leadline.commands.talk import say
from leadline.near_columns import propose_column
from leadline.readers import ContactStream, DataReport, Problem, read_contacts
from leadline.readers.problems import ProblemSink
from leadline.render.printable import as_typed
from leadline_compiler.contacts import Contact
from leadline_compiler.plan import Plan
from leadline_compiler.resolve.scope import closest
from leadline_compiler.schema import Schema

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from leadline.batch.run import BatchRun
    from leadline.batch.scoring import Block
    from leadline.spark.run import SparkRun

_SHOWN = 5
_PATIENCE = 1.0
"""Seconds after which a run on a terminal shows how far it is."""


class Reading:
    """The data of a run, read once for each model; used with `with`, so that the bad rows are kept in a file."""

    def __init__(
        self,
        contacts: str,
        events: str | None,
        dates: Mapping[str, str],
        bad_rows: str | None,
        color: str,
        spark_master: str | None = None,
    ) -> None:
        self.contacts, self.events, self.dates, self.color = contacts, events, dates, color
        self.bad_rows = bad_rows
        self.spark_master = spark_master
        self.now = now()
        self.shows_results = False
        """Whether results are printed where the bar is: they tell how far the run is, and the first takes it away."""
        self.reports: list[DataReport] = []
        self.declared_events: set[str] = set()
        self._stack = ExitStack()
        self._keep: ProblemSink | None = None
        self._bar: ProgressBar | None = None

    def __enter__(self) -> Reading:
        if self.bad_rows is not None:
            opened = self._stack.enter_context(open_output(self.bad_rows, option="--bad-rows"))
            self._keep = _problem_writer(opened, self.bad_rows)
        if sys.stderr.isatty() and self.color != "never":
            self._bar = ProgressBar(self.color)
            self._stack.callback(self._bar.stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def keep_standard_input(self) -> None:
        """Copies standard input where it is named, for several models that read it one after another."""
        self.contacts = self._copied(self.contacts)
        self.events = self.events and self._copied(self.events)

    def _copied(self, path: str) -> str:
        if path != "-":
            return path
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="leadline-"))
        copy = Path(folder) / "standard-input"
        with copy.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        return str(copy)

    def open(self, schema: Schema, as_of: str | None) -> ContactStream:
        """The contacts as a model sees them. What keeps them from being read is met here, as far as it can be known."""
        self._note_events(schema)
        stream = read_contacts(
            schema,
            self.contacts,
            self.events,
            as_of=read_as_of(as_of, schema.zone),
            default_as_of=self.now,
            dates=self.dates,
            on_problem=self._keep,
            progress=self._bar.tell if self._bar is not None else None,
        )
        return self._stack.enter_context(stream)

    def contacts_of(self, stream: ContactStream) -> Iterator[tuple[Contact, int]]:
        """The contacts, and the instant of the run: the user's, the data's or the clock's."""
        assert stream.as_of is not None, "the clock is the default"
        for contact in stream:
            self._meet_results()
            yield contact, stream.as_of
        self.reports.append(stream.report)

    def open_run(self, plan: Plan, as_of: str | None, engine: str, *, tells_rules: bool) -> BatchRun | SparkRun:
        """The same for an engine that goes by columns, which scores the contacts as it reads them."""
        self._note_events(plan.schema)
        options: dict[str, Any] = {
            "as_of": read_as_of(as_of, plan.schema.zone),
            "default_as_of": self.now,
            "dates": self.dates,
            "on_problem": self._keep,
            "tells_rules": tells_rules,
        }
        if engine == "spark":
            from leadline.spark.run import SparkRun

            spark_run = SparkRun(plan, self.contacts, self.events, master=self.spark_master, **options)
            return self._stack.enter_context(spark_run)
        from leadline.batch.run import BatchRun

        progress = self._bar.tell if self._bar is not None else None
        run = BatchRun(plan, self.contacts, self.events, progress=progress, **options)
        self._stack.enter_context(run).prepare()
        return run

    def blocks_of(self, run: BatchRun | SparkRun) -> Iterator[tuple[Block, int]]:
        """The results of such an engine, block by block, and the instant of the run."""
        for block in run:
            self._meet_results()
            yield block, run.as_of
        self.reports.append(run.report)

    def read(self, schema: Schema, as_of: str | None) -> Iterator[tuple[Contact, int]]:
        """The contacts as a model sees them, and the instant of the run."""
        return self.contacts_of(self.open(schema, as_of))

    def _note_events(self, schema: Schema) -> None:
        self.declared_events.update(name for event in schema.events for name in (event.name, event.source_name) if name)

    def _meet_results(self) -> None:
        if self.shows_results:
            self.stop_bar()

    def stop_bar(self) -> None:
        """Takes the progress bar away, before anything else is shown where it is."""
        if self._bar is not None:
            self._bar.stop()


_KEPT = 5000
"""Ids that are kept while looking, to propose the nearest."""


def read_contact(reading: Reading, schema: Schema, as_of: str | None, id_: str) -> tuple[Contact, int]:
    """The contact of a run that has an id, as it was typed, and the instant. Raises a usage error where none has."""
    with reading:
        return _find_contact(reading.read(schema, as_of), as_typed(id_).strip(), reading.contacts)


def _find_contact(contacts: Iterable[tuple[Contact, int]], wanted: str, file: str) -> tuple[Contact, int]:
    """The contact with an id, and the instant of the run. Raises a usage error where there is none."""
    seen: list[str] = []
    for contact, instant in contacts:
        if contact.id == wanted:
            return contact, instant
        if len(seen) < _KEPT:
            seen.append(contact.id)
    close = closest(wanted, seen)
    hint = f"; did you mean {close}?" if close else f"; the first one is {seen[0]}" if seen else "; it has no contacts"
    raise click.BadParameter(f"{file} has no contact {wanted}{hint}", param_hint="--id")


def change_contact(contact: Contact, as_of: int, changes: Sequence[str], schema: Schema) -> tuple[Contact, int]:
    """The contact and the instant after what `--what-if` asks for. Raises a usage error for what cannot be done."""
    if not changes:
        return contact, as_of
    from leadline.what_if import ChangeError, case_of, change_case

    case = case_of(contact, as_of)
    for change in map(as_typed, changes):
        try:
            case = change_case(case, change, schema)
        except ChangeError as error:
            raise click.BadParameter(f"{change!r}: {error.message}", param_hint="--what-if") from None
    return case.contact, case.as_of


def _problem_writer(file: IO[str], path: str) -> ProblemSink:
    columns = ("name", "file", "line", "column", "contact", "raw", "message")
    if path.endswith(".csv"):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        return lambda problem: writer.writerow([getattr(problem, column) for column in columns])
    return lambda problem: _write_line(file, asdict(problem))


def _write_line(file: IO[str], record: Mapping[str, Any]) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")


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


def tell_problems(reading: Reading, reports: Sequence[DataReport] | None = None) -> None:
    """Says on standard error what of the data could not be read, and what was passed over, for all reports or some.

    What is the same for several models is said once.
    """
    told = reading.reports if reports is None else reports
    for line in dict.fromkeys(line for report in told for line in _said_of(report, reading)):
        say(line)


def _said_of(report: DataReport, reading: Reading) -> Iterator[str]:
    if not report.contacts:
        yield "warning: there was no contact to score"
    if report.bad_values or report.bad_rows:
        kept = f"all of them are in {reading.bad_rows}" if reading.bad_rows else "--bad-rows FILE keeps all of them"
        values = f"{_count(report.bad_values, 'bad value')} (counted as missing)" if report.bad_values else ""
        rows = f"{_count(report.bad_rows, 'bad row')} (left out)" if report.bad_rows else ""
        yield f"warning: {' and '.join(filter(None, (values, rows)))}; {kept}"
        for problem in report.problems[:_SHOWN]:
            yield f"  {describe_problem(problem)}"
    if report.undeclared_events:
        named = _some_counts(report, reading.declared_events)
        yield f"note: events that no line of the model declares: {named}"
    for note in _notes_of_missing(report):
        yield f"note: {note}"


def _notes_of_missing(report: DataReport) -> Iterator[str]:
    """One note for the contacts and one for each event, however many of their columns are missing."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for missing in report.missing_columns:
        heading = f'"{missing.heading}"' if missing.heading != missing.field else ""
        near = propose_column(missing, report.unused_columns)
        aside = ", ".join(filter(None, (heading, near and f'perhaps "{near}"')))
        named = f"`{missing.field}` ({aside})" if aside else f"`{missing.field}`"
        found.setdefault((missing.file, missing.event), []).append(named)
    for (file, event), fields in found.items():
        yield f"{file} has no column for {', '.join(fields)}{f' of `{event}`' if event else ''}"


def describe_problem(problem: Problem) -> str:
    """A problem on one line: where, what, whose."""
    line = f":{problem.line}" if problem.line else ""
    column = f" {problem.column}" if problem.column else ""
    return f"{problem.file}{line}{column}: {problem.said}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _some_counts(report: DataReport, declared: Collection[str]) -> str:
    counts = list(report.undeclared_events.items())
    near = {name: closest(name, declared) for name, _ in counts[:_SHOWN]}
    hints = {name: f"; did you mean `{close}`?" if close else "" for name, close in near.items()}
    shown = ", ".join(f"{name} ({number:,}{hints[name]})" for name, number in counts[:_SHOWN])
    return shown + (f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else "")
