"""What parts of the data amount to, each counted by itself and then put together in the order of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from leadline.readers.problems import BAD_VALUE, SHOWN, DataReport, MissingColumn, Problem, ProblemSink, Tally


@dataclass(slots=True)
class Counts:
    """Rows read, and what they amount to. `undeclared` has, by name, where it came first and how often it did."""

    rows: int = 0
    contacts: int = 0
    events: int = 0
    repeated: int = 0
    bad_values: int = 0
    bad_rows: int = 0
    undeclared: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Adds what comes later in the data; of the problems as many as a report keeps."""
        self.rows += other.rows
        self.contacts += other.contacts
        self.events += other.events
        self.repeated += other.repeated
        self.bad_values += other.bad_values
        self.bad_rows += other.bad_rows
        for name, (first, times) in other.undeclared.items():
            self.note_undeclared(name, first, times)
        self.problems += other.problems[: SHOWN - len(self.problems)]

    def note_undeclared(self, name: str, first: int, times: int) -> None:
        """Counts events that the model does not declare."""
        before = self.undeclared.get(name, (first, 0))
        self.undeclared[name] = min(first, before[0]), times + before[1]

    def note(self, problem: Problem) -> None:
        """Counts a problem, and keeps it if it is among the first."""
        if problem.name == BAD_VALUE:
            self.bad_values += 1
        else:
            self.bad_rows += 1
        if len(self.problems) < SHOWN:
            self.problems.append(problem)


class Teller:
    """Hands problems on in the order of the data, also where what comes first in it is found out last."""

    def __init__(self, sink: ProblemSink | None) -> None:
        self._sink = sink
        self._waiting: list[Problem] = []

    @property
    def wants_all(self) -> bool:
        return self._sink is not None

    def wait(self, problems: Iterable[Problem]) -> None:
        """Keeps problems until they are released."""
        if self._sink is not None:
            self._waiting += problems

    def release(self) -> None:
        waiting, self._waiting = self._waiting, []
        self.tell(waiting)

    def tell(self, problems: Iterable[Problem]) -> None:
        if self._sink is not None:
            for problem in problems:
                self._sink(problem)


def report_of(counts: Counts, missing: tuple[MissingColumn, ...], unused: tuple[str, ...]) -> DataReport:
    """The report of a run."""
    tally = Tally()
    for name, times in _in_order(counts):
        tally.undeclared(name, times)
    return DataReport(
        contacts=counts.contacts,
        events=counts.events,
        bad_values=counts.bad_values,
        bad_rows=counts.bad_rows,
        repeated_events=counts.repeated,
        undeclared_events=tally.report().undeclared_events,
        missing_columns=missing,
        unused_columns=unused,
        problems=tuple(counts.problems),
    )


def _in_order(counts: Counts) -> Iterator[tuple[str, int]]:
    for name, (_, times) in sorted(counts.undeclared.items(), key=lambda item: item[1][0]):
        yield name, times
