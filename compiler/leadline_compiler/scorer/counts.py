"""The counts of one kind of events, and of the occurrences that mean several kinds."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.scorer.caps import MOST, Caps
from leadline_compiler.scorer.outcomes import Outcome
from leadline_compiler.scorer.tallies import Tallies
from leadline_compiler.scorer.worths import Counted


class Counts:
    """Lanes of features, and above them lanes of bounds."""

    def __init__(self, tallies: Tallies, caps: Caps) -> None:
        self._tallies = tallies
        self._caps = caps

    def find(self, counted: Sequence[Counted]) -> list[Outcome]:
        """What events change together; what each counts for is given."""
        tallies, caps = self._tallies, self._caps
        over = caps.over
        numbers = [lanes for lanes, _ in counted]
        if len(numbers) <= MOST:
            lanes = sum(numbers)
            over &= lanes + caps.lead
            lanes = tallies.limits.clamp(lanes & tallies.mask)
        else:
            lanes = tallies.limits.sum([number & tallies.mask for number in numbers])
        outcomes = tallies.find(lanes) if lanes else []
        if over:
            outcomes += caps.correct(over, [earned for _, earned in counted])
        return outcomes
