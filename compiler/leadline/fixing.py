"""Putting right what findings propose: one text after another, until nothing more is certain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from leadline.rules import Diagnostic, apply_edits, check_source
from leadline_dsl.source import Source

_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with what was put right in it; each finding as it was told when its turn came."""

    text: str
    findings: tuple[Diagnostic, ...]


def fix_text(name: str, text: str, as_of: int, names: Collection[str] | None = None) -> Fixed:
    """Carries out what the findings of a text propose, those of some names or all. Files that it includes are looked
    for beside the file `name`, and stay as they are.

    What is proved of all contacts (`LL3xx`) is not looked for. `as_of` is in microseconds.
    """
    done: list[Diagnostic] = []
    seen = {text}
    for _ in range(_MOST_ROUNDS):
        found = check_source(Source(name, text), as_of).diagnostics
        own = (item for item in found if item.file == name and item.edits)
        chosen = list(_apart(item for item in own if names is None or item.name in names))
        mended = apply_edits(text, tuple(edit for item in chosen for edit in item.edits))
        # What would go round in a circle is left as it is.
        if mended in seen:
            break
        seen.add(mended)
        done += chosen
        text = mended
    return Fixed(text, tuple(done))


def _apart(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings whose edits do not touch those of one before; the others get their turn in the next round."""
    taken: list[tuple[int, int]] = []
    for finding in findings:
        start, end = min(edit.span.start for edit in finding.edits), max(edit.span.end for edit in finding.edits)
        if all(end < other_start or other_end < start for other_start, other_end in taken):
            taken.append((start, end))
            yield finding
