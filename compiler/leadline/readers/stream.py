"""Contacts of files as a stream, whatever the size and the format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType

from leadline.readers.columns import Dates
from leadline.readers.formats import open_rows
from leadline.readers.joining import Inputs, Pass, Progress
from leadline.readers.looking_ahead import find_texts
from leadline.readers.problems import DataError, DataReport, ProblemSink, Tally, quoted
from leadline.readers.rows import ignore_row
from leadline.readers.sources import Source, open_within
from leadline_compiler.contacts import Contact
from leadline_compiler.schema import Schema
from leadline_compiler.zones import parse_as_of


def read_contacts(
    schema: Schema,
    contacts: str | Source,
    events: str | Source | None = None,
    *,
    as_of: int | None = None,
    default_as_of: int | None = None,
    dates: Dates | None = None,
    on_problem: ProblemSink | None = None,
    progress: Progress | None = None,
) -> ContactStream:
    """The contacts of a file with their events, from a second file or from inside the contacts.

    A path `-` is standard input; a source that is open already stays open. `as_of` is the instant of the run where
    the user names one; else the file's own `as of` counts, else `default_as_of`; all in microseconds. `dates` gives
    the order of columns that hold dates such as `03/04/2026`: heading to `dmy` or `mdy`. `on_problem` gets every bad
    value and bad row. Raises DataError for what cannot be read at all: here, as far as a look ahead can tell, else
    while iterating.
    """
    if contacts == "-" and events == "-":
        raise DataError("contacts and events cannot both come from standard input")
    with ExitStack() as stack:
        source = open_within(stack, contacts)
        rows = [open_rows(source)]
        if events is not None:
            rows.append(open_rows(open_within(stack, events)))
        if as_of is None:
            as_of = own_as_of(rows[0].as_of, rows[0].file, schema)
        inputs = Inputs(
            schema,
            rows[0],
            rows[1] if events is not None else None,
            dates or {},
            default_as_of if as_of is None else as_of,
        )
        Pass(inputs, Tally())  # matches the columns, so that nothing is read in vain
        _meet_faults(source, inputs)
        return ContactStream(inputs, stack.pop_all(), on_problem, progress)


def _meet_faults(source: Source, inputs: Inputs) -> None:
    """Raises DataError for what would stop the reading of the contacts later, when much may have been written.

    Events of a file of their own are all read before the first contact, so they need no look ahead.
    """
    texts = find_texts(source)
    if texts is None:
        return
    if texts.has_unclear_date:
        for _ in Pass(replace(inputs, events=None), Tally()).contacts():
            pass
    elif texts.has_quote and inputs.contacts.is_table:
        for _ in inputs.contacts.read(ignore_row):
            pass


def own_as_of(text: str | None, file: str, schema: Schema) -> int | None:
    """The instant that a file names as its `as of`; None where it names none. Raises DataError for a bad one."""
    if text is None:
        return None
    moment = parse_as_of(text.strip(), schema.zone)
    if moment is None:
        raise DataError(
            f"`as of` is {quoted(text)}, which is no date",
            file=file,
            help="write it as 2026-11-21 or 2026-11-21T09:00",
        )
    return moment


class ContactStream:
    """An iterable of contacts in the order of their file; each iteration reads the files anew.

    `report` is complete once an iteration is over. `as_of` is the instant that the user, the data or the default
    named, None where none did. Close it, or use it with `with`, to remove what was kept of standard input.
    """

    def __init__(
        self, inputs: Inputs, sources: ExitStack, on_problem: ProblemSink | None, progress: Progress | None
    ) -> None:
        self.report = DataReport()
        self.as_of = inputs.as_of
        self._inputs = inputs
        self._sources = sources
        self._on_problem = on_problem
        self._progress = progress

    def __iter__(self) -> Iterator[Contact]:
        reading = Pass(self._inputs, Tally(self._on_problem), self._progress)
        yield from reading.contacts()
        self.report = reading.report()

    def __enter__(self) -> ContactStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Removes temporary files."""
        self._sources.close()
