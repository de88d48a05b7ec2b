"""Spans as lines and columns, and the order in which findings are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.source import Source, Span


class Region(NamedTuple):
    """Lines and columns from 1, in characters; the end column is one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def region_of(source: Source | None, span: Span) -> Region:
    """Where a span stands; the very start of the file if its text is not at hand."""
    if source is None:
        return Region(1, 1, 1, 1)
    start = _inside(source.text, span.start)
    return Region(*source.position(start), *source.position(max(start, _inside(source.text, span.end))))


def without_line_end(source: Source, span: Span) -> Span:
    """The span without the line ends that it closes with, so that it ends on a line that has something of it."""
    start, end = _inside(source.text, span.start), _inside(source.text, span.end)
    while end > start and source.text[end - 1] in "\r\n":
        end -= 1
    return Span(start, max(start, end))


def line_bounds(source: Source, line: int) -> Span:
    """The characters of a line (from 1) without its end; found without copying the line."""
    start = source.line_starts[line - 1]
    if line == len(source.line_starts):
        return Span(start, len(source.text))
    end = source.line_starts[line] - 1
    return Span(start, end - 1 if end > start and source.text[end - 1] == "\r" else end)


def in_file_order(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> list[Diagnostic]:
    """The findings file by file as `sources` has them, from top to bottom; of unknown files last."""
    rank = {name: at for at, name in enumerate(sources)}
    return sorted(diagnostics, key=lambda found: (rank.get(found.file, len(rank)), found.span))


def _inside(text: str, offset: int) -> int:
    """An offset inside the text and not between the two halves of a line end, where no line has a column."""
    offset = min(max(offset, 0), len(text))
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset
