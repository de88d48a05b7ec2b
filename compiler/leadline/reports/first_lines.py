"""The beginning of an explanation: whoever reads eight lines knows what came out and the three largest reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from leadline.reports.columns import Columns, Fragments, Row, count_lines, lay_out

FIRST_LINES = 8
FIRST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """A row, and how to say the same in fewer words, for where there is no room for all of it."""

    row: Row
    shorten: Callable[[], Row]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Rows laid out, and those of them that had to be shortened and so still have to be shown in full.

    `is_cut`: not even their fewest words had room.
    """

    fragments: Fragments
    shortened: tuple[Row, ...]
    is_cut: bool


def lay_first(reasons: Sequence[Reason], columns: Columns, room: int) -> Beginning:
    """Rows in at most `room` lines, each in one at least; in as many words as there is room for, the first ones first.

    A narrow console, where what is said stands below the name, gets them in full.
    """
    full = [lay_out(reason.row, columns) for reason in reasons]
    heights = [count_lines(fragments) for fragments in full]
    if columns.stacked or sum(heights) <= room:
        return Beginning([fragment for fragments in full for fragment in fragments], (), is_cut=False)
    brief = [_brief(reason, height, columns) for reason, height in zip(reasons, heights, strict=True)]
    needed = [count_lines(lay_out(row, columns)) for row in brief]
    given, spare = [1] * len(reasons), max(0, room - len(reasons))
    for index, lines in enumerate(needed):
        more = min(lines - 1, spare)
        given[index], spare = given[index] + more, spare - more
    for index, lines in enumerate(heights):
        if 0 < lines - given[index] <= spare:
            given[index], spare = lines, spare - (lines - given[index])
    fragments: Fragments = []
    shortened = []
    for index, reason in enumerate(reasons):
        if given[index] >= heights[index]:
            fragments += full[index]
        else:
            fragments += lay_out(brief[index], columns, given[index])
            shortened.append(reason.row)
    is_cut = any(lines < fewest for lines, fewest in zip(given, needed, strict=True))
    return Beginning(fragments, tuple(shortened), is_cut)


def _brief(reason: Reason, height: int, columns: Columns) -> Row:
    """The row in fewer words; with its tag where that costs no line."""
    if height == 1:
        return reason.row
    brief = reason.shorten()
    bare = replace(brief, tag="")
    return brief if count_lines(lay_out(brief, columns)) == count_lines(lay_out(bare, columns)) else bare
