"""Lines from parts: filled up to the width, broken at the best ranks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from leadline_dsl.format.parts import NEVER, REASON, Part

WIDTH = 100
"""Columns of a line, its comment aside."""


class Line(NamedTuple):
    """A line of the file without its end; `comment` stands behind the text, or alone behind an indentation."""

    text: str
    comment: str = ""


def joined(parts: Sequence[Part]) -> str:
    """The parts on one line."""
    return "".join(" " + part.text if part.is_spaced and index else part.text for index, part in enumerate(parts))


def joined_width(parts: Sequence[Part]) -> int:
    """Columns of the parts on one line."""
    return sum(part.width + part.is_spaced for part in parts) - (bool(parts) and parts[0].is_spaced)


def wrap(parts: Sequence[Part], head: str, column: int, hang: int) -> Iterator[Line]:
    """The lines of a statement: the first is `head`, which ends at `column`, the others are indented by `hang`."""
    if not parts:
        yield Line(head.rstrip())
    lead = head
    for group in _cut(parts, [index for index, part in enumerate(parts) if part.is_forced]):
        lines = _lines_of_group(group, column, hang)
        for line in lines[:-1]:
            yield Line(lead + joined(line))
            lead = " " * hang
        yield Line(lead + joined(lines[-1]), group[-1].comment)
        lead, column = " " * hang, hang
        yield from (Line(lead, note) for note in group[-1].notes)


def _cut(parts: Sequence[Part], places: Sequence[int]) -> Iterator[Sequence[Part]]:
    """The parts between these places; nothing comes before the first part of all."""
    yield from (parts[start:end] for start, end in pairwise(sorted({0, *places, len(parts)})))


def _lines_of_group(parts: Sequence[Part], column: int, hang: int) -> list[list[Part]]:
    if column + joined_width(parts) <= WIDTH:
        return [list(parts)]
    reason = next((index for index, part in enumerate(parts) if index and part.rank == REASON), len(parts))
    lines = _fill(parts[:reason], column, hang)
    return lines + _fill(parts[reason:], hang, hang) if parts[reason:] else lines


def _fill(parts: Sequence[Part], column: int, hang: int) -> list[list[Part]]:
    lines: list[list[Part]] = [[]]
    ranks = sorted({part.rank for part in parts} - {NEVER})

    def room() -> int:
        line = lines[-1]
        used = joined_width(line) + 1 if line else 0
        return WIDTH - used - (column if len(lines) == 1 else hang)

    def place(segment: Sequence[Part], level: int) -> None:
        width = joined_width(segment)
        if width > room() and lines[-1] and segment[0].rank != NEVER:
            lines.append([])
        if width <= room() or level == len(ranks):
            lines[-1].extend(segment)
            return
        rank = ranks[level]
        for piece in _cut(segment, [index for index, part in enumerate(segment) if part.rank == rank]):
            place(piece, level + 1)

    place(parts, 0)
    return lines
