"""How much of the bound of a rule the points of an event take up, in lanes side by side."""

from __future__ import annotations

BITS = 16
FULL = 200
"""What a lane holds when the bound is reached."""
RUN_OVER = 1 << (BITS - 1)


def taken_up(number: int, points: int, up_to: int) -> int:
    """What points take up of the lane of a bounded rule, rounded up."""
    share = -(-abs(points) * FULL // up_to) if up_to > 0 else FULL + 1
    return min(share, FULL + 1) << (BITS * number)
