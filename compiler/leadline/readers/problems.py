"""What can go wrong with data: single values, single rows, whole files, and the count of it all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

SHOWN = 20
"""How many problems a report keeps; the caller's sink gets all of them."""
_NAMES_KEPT = 10_000
BAD_VALUE = "bad-value"
BAD_ROW = "bad-row"
KEEP_ALL_BAD = "`leadline score … --bad-rows FILE` keeps all of them"
"""What is said where only the first problems are shown."""


class DataError(Exception):
    """Data that cannot be read at all: no such file, broken beyond repair, an extra that is not installed.

    `message` is one sentence in the user's words; `file` and `line` say where, `help` what to do about it.
    """

    def __init__(self, message: str, *, file: str = "", line: int | None = None, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.help = help

    def __reduce__(self) -> Any:
        return _data_error, (self.message, self.file, self.line, self.help)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.message}" + (f" ({self.help})" if self.help else "")


class ColumnError(DataError):
    """Columns in which a model does not find what it needs, or finds it twice. Another model may."""

    def of_model(self, model: str) -> DataError:
        """The same with the model's name, for a run of several."""
        return DataError(f"for {model}: {self.message}", file=self.file, line=self.line, help=self.help)


def repeated_column(among: Sequence[str], file: str) -> ColumnError | None:
    """What is said where one heading stands over several columns: no name tells those apart."""
    twice = next((heading for heading in among if list(among).count(heading) > 1), None)
    if twice is None:
        return None
    often = "twice" if list(among).count(twice) == 2 else f"{list(among).count(twice)} times"
    return ColumnError(
        f"the column {quoted(twice)} stands there {often}",
        file=file,
        line=1,
        help="rename or remove all but the one that is meant",
    )


def _data_error(message: str, file: str, line: int | None, help: str) -> DataError:
    """A DataError that comes from another process."""
    return DataError(message, file=file, line=line, help=help)


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that counts as missing (`bad-value`) or a row that is left out (`bad-row`).

    `line` counts from 1 in text files and is the row's number in Excel and Parquet; it is None for an object
    that comes from no file. `column` is the heading or key as the data has it. `raw` is the value as the data
    has it, or the whole row as JSON. `message` is one clause, such as `"forty" is not a number`.
    """

    name: str
    file: str
    line: int | None
    column: str
    contact: str
    raw: str
    message: str

    @property
    def is_nobodys(self) -> bool:
        """Whether it is a row that could not be given to any contact."""
        return self.name == BAD_ROW and (not self.contact or self.message == no_contact(self.contact))

    @property
    def said(self) -> str:
        """The message with the contact that it is about, unless it names it itself; all of a JSON file may stand on
        one line, which says little."""
        is_named = not self.contact or quoted(self.contact) in self.message
        return self.message if is_named else f"{self.message} (contact {shown(self.contact)})"


def no_contact(contact: str) -> str:
    """What is said of an event whose contact there is not."""
    return f"there is no contact {quoted(contact)}"


ProblemSink: TypeAlias = Callable[[Problem], None]
"""Gets every problem as it is found."""


@dataclass(frozen=True, slots=True)
class MissingColumn:
    """A declared field, or a property of an event, that the data has no column or key for."""

    file: str
    field: str
    event: str | None
    heading: str


@dataclass(frozen=True, slots=True)
class DataReport:
    """What a run has read. `events` are those of known contacts and declared kinds, each copy of an `id` once."""

    contacts: int = 0
    events: int = 0
    bad_values: int = 0
    bad_rows: int = 0
    repeated_events: int = 0
    undeclared_events: Mapping[str, int] = field(default_factory=dict)
    missing_columns: tuple[MissingColumn, ...] = ()
    unused_columns: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether every value and row could be read."""
        return not self.bad_values and not self.bad_rows


class Tally:
    """Counts while reading; keeps the first problems and hands all of them to the sink."""

    def __init__(self, sink: ProblemSink | None = None) -> None:
        self.sink = sink
        self.contacts = 0
        self.events = 0
        self.repeated_events = 0
        self._counts = {BAD_VALUE: 0, BAD_ROW: 0}
        self._undeclared: Counter[str] = Counter()
        self._problems: list[Problem] = []

    def bad_value(self, file: str, line: int | None, column: str, raw: Any, message: str, contact: str = "") -> None:
        self._note(BAD_VALUE, file, line, column, raw, message, contact)

    def bad_row(self, file: str, line: int | None, raw: Any, message: str, column: str = "", contact: str = "") -> None:
        self._note(BAD_ROW, file, line, column, raw, message, contact)

    def undeclared(self, name: str, times: int = 1) -> None:
        """Counts events that the model does not declare; beyond 10,000 names the rest are counted as `…`."""
        known = name in self._undeclared or len(self._undeclared) < _NAMES_KEPT
        self._undeclared[name if known else "…"] += times

    @property
    def undeclared_counts(self) -> Mapping[str, int]:
        """How often each undeclared event came, in the order in which they came first."""
        return self._undeclared

    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def report(self, missing: tuple[MissingColumn, ...] = (), unused: tuple[str, ...] = ()) -> DataReport:
        return DataReport(
            contacts=self.contacts,
            events=self.events,
            bad_values=self._counts[BAD_VALUE],
            bad_rows=self._counts[BAD_ROW],
            repeated_events=self.repeated_events,
            undeclared_events=dict(self._undeclared.most_common()),
            missing_columns=missing,
            unused_columns=unused,
            problems=self.problems(),
        )

    def _note(self, name: str, file: str, line: int | None, column: str, raw: Any, message: str, contact: str) -> None:
        self._counts[name] += 1
        shown = len(self._problems) < SHOWN
        if not shown and self.sink is None:
            return
        problem = Problem(name, file, line, column, contact, write_any(raw), message)
        if shown:
            self._problems.append(problem)
        if self.sink is not None:
            self.sink(problem)


def write_any(raw: Any) -> str:
    """Any value of the data as a text that can be written: what JSON has as JSON, but for texts, all else as it is."""
    is_json = raw is None or isinstance(raw, dict | list | tuple | int | float)
    try:
        text = json.dumps(raw, ensure_ascii=False, default=str) if is_json else str(raw)
    except (RecursionError, TypeError, ValueError):
        text = f"<{type(raw).__name__}>"
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def shown(contact: str, longest: int = 60) -> str:
    """An id on one line, cut where it is long."""
    text = " ".join(write_any(contact).split())
    return text if len(text) <= longest else text[:longest] + "…"


def quoted(raw: Any, longest: int = 60) -> str:
    """A value in quotation marks for a message, cut where it is long."""
    text = " ".join(write_any(raw).split())
    return f'"{text}"' if len(text) <= longest else f'"{text[:longest]}…"'
