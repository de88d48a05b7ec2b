"""What a line would look like with the proposed edits in it."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.render.regions import line_bounds, without_line_end
from leadline_dsl.diagnostics import Edit
from leadline_dsl.source import Source, Span

_MOST_CHARACTERS = 1000
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines `first` to `last` of the file as they would be; `marks` are the places of the inserted text in `after`."""

    first: int
    last: int
    after: Source
    marks: tuple[Span, ...]


def proposal(source: Source, edits: tuple[Edit, ...]) -> Proposal | None:
    """The lines that the edits touch, with the edits in them; None if that is too much to show or contradictory."""
    if not edits:
        return None
    edits = tuple(sorted(edits, key=lambda edit: edit.span))
    first = source.position(edits[0].span.start)[0]
    last = source.position(max(without_line_end(source, edit.span).end for edit in edits))[0]
    start, end = line_bounds(source, first).start, line_bounds(source, last).end
    if last - first >= _MOST_LINES or end - start > _MOST_CHARACTERS:
        return None
    after, at, marks = "", start, []
    for edit in edits:
        if edit.span.start < at:
            return None
        after += source.text[at : edit.span.start]
        marks.append(Span(len(after), len(after) + len(edit.text)))
        after += edit.text
        at = edit.span.end
    after += source.text[at:end]
    if len(after) > _MOST_CHARACTERS or after.count("\n") > _MOST_LINES:
        return None
    return Proposal(first, last, Source(source.name, after), tuple(mark for mark in marks if mark.end > mark.start))


def marked_lines(proposed: Proposal) -> dict[int, list[Span]]:
    """The lines to show, from 1 within the proposal, with the marks on each: all lines if none is marked."""
    after = proposed.after
    lines: dict[int, list[Span]] = {}
    for line in range(1, len(after.line_starts) + 1):
        bounds = line_bounds(after, line)
        cut = [_on_line(after.text, mark, bounds) for mark in proposed.marks]
        marks = [mark for mark in cut if mark.end > mark.start]
        if marks or not proposed.marks:
            lines[line] = marks
    return lines


def _on_line(text: str, mark: Span, line: Span) -> Span:
    """What of a mark is on a line, without the blanks that a new line is indented by."""
    start, end = max(mark.start, line.start), min(mark.end, line.end)
    if start > mark.start:
        while start < end and text[start].isspace():
            start += 1
    return Span(start, end)
