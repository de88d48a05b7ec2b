"""Bounds of rules whose points add up over events.

What an event gives is added as if there were no bound. Beside it stands, in a lane for each bounded rule, how much of
the bound it may take up; only where a lane runs full is the sum looked at, and what is too much taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Addition, Frame
from leadline_compiler.scorer.outcomes import bound

BITS = 16
_FULL = 200
"""What a lane holds when the bound is reached."""
_RUN_OVER = 1 << (BITS - 1)
MOST = 127
"""So many events fit into the lanes, whatever they take up."""


class Caps:
    """The bounds of rules, which have lanes from a bit on."""

    def __init__(self, frame: Frame, rules: Sequence[int], first_bit: int) -> None:
        self._rules = rules
        self._first_bit = first_bit
        bodies = [frame.plan.rules[rule].body for rule in rules]
        self._bounds = [body.up_to for body in bodies if isinstance(body, p.EachBody)]
        lanes = sum(1 << (first_bit + BITS * number) for number in range(len(rules)))
        self.lead = lanes * (_RUN_OVER - 1 - _FULL)
        """Added to the lanes, this carries what runs over its bound into a bit of `over`."""
        self.over = lanes * _RUN_OVER

    def correct(self, over: int, earned: Iterable[Sequence[Addition]]) -> list[Addition]:
        """What is too much in the sums of the rules whose lanes run over; `earned` are numbers of rules and points."""
        sums: dict[int, int] = {}
        left = over >> self._first_bit
        while left:
            number = (left.bit_length() - 1) // BITS
            sums[number] = 0
            left ^= _RUN_OVER << (BITS * number)
        for pairs in earned:
            for number, points in pairs:
                if number in sums:
                    sums[number] += points
        return [
            (self._rules[number], more)
            for number, points in sums.items()
            if (more := bound(points, self._bounds[number]) - points)
        ]


def taken_up(number: int, points: int, up_to: int) -> int:
    """What points take up of the lane of a bounded rule, rounded up."""
    share = -(-abs(points) * _FULL // up_to) if up_to > 0 else _FULL + 1
    return min(share, _FULL + 1) << (BITS * number)
