"""Source files and places in them.

Offsets count characters (not bytes) from 0. Spans inside a statement count from the statement's first
character, so that a statement which only moved stays equal to itself; `Place` adds the offset.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` up to, but not including, `end`. A tuple, since a model holds many thousands."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True)
class Source:
    """A rules file: the name that messages show, and its text."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of every line. A line ends with `\\n` (or `\\r\\n`) and nothing else."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\n").removesuffix("\r")


class Place(NamedTuple):
    """A span in a named file; `span` counts from the start of that file."""

    file: str
    span: Span
