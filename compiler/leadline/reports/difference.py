"""What `leadline diff` found, as data: the changes in words, and what they do to contacts."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.reports.moments import Now
from leadline.reports.standings import Comparison
from leadline_compiler.alike import Likeness
from leadline_compiler.changes import Change, compare_models
from leadline_compiler.model import Model


@dataclass(frozen=True, slots=True)
class Difference:
    """`comparison` is None where no contacts were given, and `likeness` where some were.

    `as_of` is the instant of the scores, in the zone of the new rules.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    comparison: Comparison | None = None
    as_of: Now | None = None
    likeness: Likeness | None = None


def compare_rules(old: str, new: str, before: Model, after: Model) -> Difference:
    """The change from one model to another in words, without contacts; `old` and `new` are what the two are called."""
    return Difference(old, new, compare_models(before, after))
