"""What `leadline diff` found, as data: the changes in words, and what they do to contacts."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.reports.standings import Comparison
from leadline_compiler.changes import Change


@dataclass(frozen=True, slots=True)
class Difference:
    """`comparison` is None where no contacts were given; `as_of` is how the instant of the scores is written."""

    old: str
    new: str
    changes: tuple[Change, ...]
    comparison: Comparison | None = None
    as_of: str | None = None
