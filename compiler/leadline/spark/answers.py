"""What the executors answer, and how the driver puts it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from leadline.readers.problems import SHOWN, DataReport, MissingColumn, Problem

SCHEMA = "kind int, stage int, order long, place int, payload binary"
"""The rows that a bucket gives: what it is, of which stage, where in the data, and a pickled object."""


class Kind(IntEnum):
    """What a row of an answer holds."""

    BLOCK = 0
    REPORT = 1
    PROBLEM = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A row without results. Events are stage 0 and contacts stage 1, the order in which problems are told."""

    kind: Kind
    stage: int
    order: int
    place: int
    payload: Any


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Answers in the order of the data."""
    return sorted(answers, key=lambda answer: (answer.stage, answer.order, answer.place))


def merge_reports(
    reports: Sequence[DataReport], problems: Sequence[Problem], told: DataReport, *, by_row: bool
) -> DataReport:
    """One report of all buckets. `told` knows the columns of tables; with `by_row` each contact has keys of its own."""
    undeclared: Counter[str] = Counter()
    for report in reports:
        undeclared.update(report.undeclared_events)
    missing, unused = told.missing_columns, told.unused_columns
    if by_row:
        missing = (*_missing_in_all(reports), *(column for column in missing if column.event is not None))
        unused = tuple(dict.fromkeys(heading for report in reports for heading in report.unused_columns))
    return DataReport(
        contacts=sum(report.contacts for report in reports),
        events=sum(report.events for report in reports),
        bad_values=sum(report.bad_values for report in reports),
        bad_rows=sum(report.bad_rows for report in reports),
        repeated_events=sum(report.repeated_events for report in reports),
        undeclared_events=dict(sorted(undeclared.items(), key=lambda item: (-item[1], item[0]))),
        missing_columns=missing,
        unused_columns=unused,
        problems=tuple(problems[:SHOWN]),
    )


def _missing_in_all(reports: Sequence[DataReport]) -> list[MissingColumn]:
    """The fields that no contact of any bucket has a key for; a bucket without rows knows of none."""
    found = [report.missing_columns for report in reports if report.contacts or report.bad_rows]
    first = found[0] if found else ()
    return [column for column in first if column.event is None and all(column in columns for columns in found)]
