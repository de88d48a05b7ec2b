"""Putting right what findings say: their edits, as the smallest replacement of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadline.rules import Diagnostic


def mend(text: str, finding: Diagnostic) -> str:
    """The text with the edits of a finding, which were made for just this text."""
    from leadline.rules import apply_edits

    return apply_edits(text, finding.edits)


def next_finding(
    findings: list[tuple[int, int, Diagnostic]], place: tuple[int, int], forward: bool
) -> tuple[int, int, Diagnostic] | None:
    """The finding behind a place, or before it; past the end it goes on at the other end."""
    ordered = sorted(findings, key=lambda item: item[:2])
    if not ordered:
        return None
    if forward:
        return next((item for item in ordered if item[:2] > place), ordered[0])
    return next((item for item in reversed(ordered) if item[:2] < place), ordered[-1])
