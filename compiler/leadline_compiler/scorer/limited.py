"""Rules that must look at all their events at once: several limits, the first few left out, very long decays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from leadline_compiler.scorer.frame import Entry, Frame
from leadline_compiler.scorer.gathered import Gathered

Limited: TypeAlias = Callable[[Gathered], Entry | None]
"""A rule's entry for the events of a contact."""


def build_limited(frame: Frame, index: int, occurrence: int, number: int) -> Limited:
    """A rule as a function of the events in the list with this number."""
    judge, zone = frame.judge(index), frame.plan.schema.zone

    def judge_events(gathered: Gathered) -> Entry | None:
        judged = judge(gathered.run({occurrence: gathered.events(number)}, zone))
        return None if judged is None else (index, *judged)

    return judge_events
