"""Finding text in lines. A search without capitals takes both; one with a capital takes it as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

MOST_FOUND = 10_000
Place: TypeAlias = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters `start` up to, but not including, `end` of a row."""

    row: int
    start: int
    end: int


def find_all(lines: Sequence[str], wanted: str) -> tuple[Hit, ...]:
    """All places of a text, at most 10,000."""
    if not wanted:
        return ()
    pattern = _pattern(wanted)
    found: list[Hit] = []
    for row, line in enumerate(lines):
        found += (Hit(row, match.start(), match.end()) for match in pattern.finditer(line))
        if len(found) >= MOST_FOUND:
            break
    return tuple(found[:MOST_FOUND])


def next_hit(hits: Sequence[Hit], place: Place, forward: bool = True) -> int | None:
    """The index of the first hit at or behind a place, or of the last before it; past the end it goes on at the
    other end."""
    if not hits:
        return None
    if forward:
        return next((index for index, hit in enumerate(hits) if (hit.row, hit.start) >= place), 0)
    before = [index for index, hit in enumerate(hits) if (hit.row, hit.start) < place]
    return before[-1] if before else len(hits) - 1


def replace_in(line: str, wanted: str, by: str) -> str:
    """The line with every place of a text replaced."""
    return _pattern(wanted).sub(lambda match: by, line) if wanted else line


def _pattern(wanted: str) -> re.Pattern[str]:
    exact = any(character.isupper() for character in wanted)
    return re.compile(re.escape(wanted), 0 if exact else re.IGNORECASE)
