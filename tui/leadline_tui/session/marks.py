"""Findings as marks in lines, and where the marks go while one types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from leadline.rules import Diagnostic


Gravity: TypeAlias = Literal["error", "warning", "info"]
_GRAVITIES: tuple[Gravity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding in one line: characters `start` up to, but not including, `end`, both from 0."""

    start: int
    end: int
    gravity: Gravity
    finding: Diagnostic = field(compare=False)


Marks: TypeAlias = Mapping[int, tuple[Mark, ...]]
"""Marks by row (from 0), the gravest first."""


def make_marks(findings: Iterable[Diagnostic], lines: Sequence[str], step: int) -> dict[int, tuple[Mark, ...]]:
    """The marks of findings in a text; `step` is how many characters end a line."""
    found: dict[int, list[Mark]] = {}
    starts = _line_starts(lines, step)
    row = 0
    for finding in sorted(findings, key=lambda item: item.span):
        while row + 1 < len(starts) and starts[row + 1] <= finding.span.start:
            row += 1
        for at, mark in _rows_of(finding, row, lines, starts):
            found.setdefault(at, []).append(mark)
    return {at: tuple(sorted(marks, key=lambda mark: _GRAVITIES.index(mark.gravity))) for at, marks in found.items()}


def _line_starts(lines: Sequence[str], step: int) -> list[int]:
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + step)
    return starts


def _rows_of(finding: Diagnostic, row: int, lines: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, Mark]]:
    """A mark for each line that a finding is about; an empty place is one character wide."""
    gravity = gravity_of(finding)
    first = row
    while row < len(lines) and (row == first or starts[row] < finding.span.end):
        start = max(0, finding.span.start - starts[row])
        end = min(len(lines[row]), finding.span.end - starts[row])
        if row > first:
            start = len(lines[row]) - len(lines[row].lstrip())
        if end > start or row == first:
            yield row, Mark(start, max(end, start + 1), gravity, finding)
        row += 1


def gravity_of(finding: Diagnostic) -> Gravity:
    return "error" if finding.severity == "error" else "warning" if finding.severity == "warning" else "info"


def follow(marks: Marks, before: Sequence[str], after: Sequence[str]) -> dict[int, tuple[Mark, ...]]:
    """The marks of a text that has been changed since: those of other lines go with their lines, those behind a
    change in a line with their text, and those that the change touches go out."""
    if not marks or before == after:
        return dict(marks)
    top = _same_at_start(before, after)
    below = _same_at_end(before, after, top)
    shift = len(after) - len(before)
    moved: dict[int, tuple[Mark, ...]] = {}
    for row, found in marks.items():
        if row < top:
            moved[row] = found
        elif row >= len(before) - below:
            moved[row + shift] = found
        elif shift == 0 and row < len(before):
            left = tuple(_follow_in_line(found, before[row], after[row]))
            if left:
                moved[row] = left
    return moved


def _same_at_start(before: Sequence[str], after: Sequence[str]) -> int:
    top = 0
    for old, new in zip(before, after, strict=False):
        if old is not new and old != new:
            break
        top += 1
    return top


def _same_at_end(before: Sequence[str], after: Sequence[str], top: int) -> int:
    most = min(len(before), len(after)) - top
    below = 0
    while below < most:
        old, new = before[-below - 1], after[-below - 1]
        if old is not new and old != new:
            break
        below += 1
    return below


def _follow_in_line(marks: Iterable[Mark], old: str, new: str) -> Iterator[Mark]:
    start = _same_at_start(old, new)
    end = len(old) - _same_at_end(old, new, start)
    shift = len(new) - len(old)
    for mark in marks:
        if mark.end <= start or old == new:
            yield mark
        elif mark.start >= end:
            yield replace(mark, start=mark.start + shift, end=mark.end + shift)
