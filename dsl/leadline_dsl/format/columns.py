"""Columns: where a statement stands, and how the statements of a run line up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from leadline_dsl.format.parts import Part
from leadline_dsl.format.wrapping import joined, joined_width
from leadline_dsl.statements import UNKNOWN, Statement

MOST_PADDING = 28
"""Columns that a shorter name is padded by at most; a name that would need more of the others stands aside."""

_STEP = 2
_IN_BLOCKS = frozenset({"field_statement", "event_statement", "grade_row_statement", "group_statement"})
_IN_GROUPS = frozenset({"rule_statement", "points_statement"})


def indents_of(statements: Iterable[Statement]) -> list[int]:
    """Columns that each statement is indented by."""
    indents: list[int] = []
    in_group = False
    above = rules = 0
    for statement in statements:
        if statement.kind in ("score_statement", "group_statement"):
            in_group = statement.kind == "group_statement"
        if statement.kind in _IN_GROUPS:
            above = rules = 2 * _STEP if in_group else _STEP
        elif statement.kind == "row_statement":
            above = rules + _STEP
        elif statement.kind in _IN_BLOCKS:
            above = _STEP
        elif statement.kind != UNKNOWN:
            above = 0
        indents.append(above)
    return indents


_HEADS: dict[str, tuple[int, ...]] = {
    "field_statement": (2,),
    "grade_row_statement": (1,),
    "exit_statement": (1, 1),
    "stage_statement": (1, 1),
    "score_statement": (2,),
    "group_statement": (2,),
    "points_statement": (2,),
    "define_statement": (3,),
    "list_statement": (3,),
    "total_statement": (2,),
}
_LINED_UP = frozenset(
    ["rule_statement", "row_statement", "field_statement", "grade_row_statement", "exit_statement", "stage_statement"]
)


class Head(NamedTuple):
    """The beginning of a statement, cell by cell: what stands there, how wide it is, the spaces behind it."""

    texts: tuple[str, ...]
    widths: tuple[int, ...]
    gutters: tuple[int, ...]
    size: int


NO_HEAD = Head((), (), (), 0)


def head_of(kind: str, parts: Sequence[Part]) -> Head:
    """The cells that a statement begins with; none where a comment stands between them."""
    sizes = _HEADS.get(kind, (1,))
    if kind in ("rule_statement", "row_statement"):
        sign_and_number = 2 if parts[0].text in ("+", "-") else 1
        sizes = (sign_and_number, 1) if kind == "rule_statement" else (sign_and_number,)
    size = sum(sizes)
    if any(part.ends_line for part in parts[: size - 1]):
        return NO_HEAD
    ends = list(accumulate(sizes))
    cells = [parts[end - count : end] for end, count in zip(ends, sizes, strict=True)]
    behind = int(len(parts) > size and parts[size].is_spaced)
    gutters = (2 if kind == "rule_statement" else 1,) * (len(cells) - 1) + (behind,)
    return Head(tuple(map(joined, cells)), tuple(map(joined_width, cells)), gutters, size)


def padded(head: Head, columns: Sequence[int]) -> tuple[str, int]:
    """A head with its cells as wide as the columns and the spaces behind it, and how wide all is."""
    text, width = "", 0
    for cell, own, gutter, column in zip(head.texts, head.widths, head.gutters, columns, strict=True):
        space = max(column - own, 0) + gutter
        text, width = text + cell + " " * space, width + own + space
    return text, width


def columns_of(kind: str, heads: Sequence[Head]) -> list[tuple[int, ...]]:
    """The widths of the cells of each statement of a run of one kind."""
    if kind not in _LINED_UP:
        return [head.widths for head in heads]
    least = 3 if kind in ("rule_statement", "row_statement") else 0
    cells = zip(*(head.widths for head in heads if head.widths), strict=True)
    shared = tuple(max(common_width(widths), least if index == 0 else 0) for index, widths in enumerate(cells))
    return [shared if head.widths else () for head in heads]


def common_width(widths: Sequence[int]) -> int:
    """The width of the widest that is not too wide for the narrowest."""
    most = min(widths) + MOST_PADDING
    return max(width for width in widths if width <= most)
