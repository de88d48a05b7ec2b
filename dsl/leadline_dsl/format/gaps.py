"""What stands between statements: blank lines and comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leadline_dsl.format.wrapping import Line
from leadline_dsl.source import Source
from leadline_dsl.statements import Statement


class Gap(NamedTuple):
    """The comment on the last line of a statement, and the lines below it; "" is a blank line, never two in a row."""

    comment: str
    lines: tuple[str, ...]


def read_gaps(source: Source, statements: Sequence[Statement]) -> list[Gap]:
    """The gaps before the first statement, between all, and after the last."""
    text = source.text
    starts = [statement.start for statement in statements] + [len(text)]
    ends = [0] + [statement.start + len(statement.text) for statement in statements]
    gaps = []
    for index, (end, start) in enumerate(zip(ends, starts, strict=True)):
        first, *others = ("\n" + text[end:start] if index == 0 else text[end:start]).split("\n")
        # The last piece is the indentation of the statement that follows, or what stands behind the last line end.
        lines = _without_repeated_blanks([line.strip() for line in others])
        gaps.append(Gap(first.strip(), lines))
    return gaps


def _without_repeated_blanks(lines: list[str]) -> tuple[str, ...]:
    """The lines of a gap; a last piece that is blank is no line of its own."""
    if lines and not lines[-1]:
        lines = lines[:-1]
    return tuple(line for index, line in enumerate(lines) if line or index == 0 or lines[index - 1])


def lay_gap(lines: tuple[str, ...], above: int | None, below: int | None, wants_blank: bool) -> list[Line]:
    """The lines of a gap between statements indented by `above` and `below` (None: the file ends there).

    Comments right below a statement, with a blank line after them, belong to it; all others to the next one.
    """
    if above is None and lines[:1] == ("",):
        lines = lines[1:]
    if below is None and lines[-1:] == ("",):
        lines = lines[:-1]
    if wants_blank and "" not in lines:
        lines = ("", *lines)
    belong_above = 0
    if above is not None and ("" in lines or below is None):
        belong_above = lines.index("") if "" in lines else len(lines)
    deeper = " " * max(above or 0, below or 0)
    indents = [deeper] * belong_above + [" " * (below or 0)] * (len(lines) - belong_above)
    return [Line(indent, line) if line else Line("") for indent, line in zip(indents, lines, strict=True)]
