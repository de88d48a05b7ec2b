"""How long a decay goes on: the number of steps after which nothing is left of some points."""

from __future__ import annotations

import math

from leadline_compiler.plan.plan import DecayTable

_MOST = 400
"""A decay with more steps than this is worked out for each event instead of being laid out in bands of age."""
_WHOLE = 100 * 10**6


def most_steps(decay: DecayTable, points: int) -> int | None:
    """A number of steps beyond which points (thousandths) are worth nothing; None where there are too many."""
    steps = _steps(decay, abs(points))
    return steps if steps <= _MOST else None


def _steps(decay: DecayTable, points: int) -> int:
    if points == 0:
        return 0
    match decay.kind:
        case "halving":
            return (2 * points).bit_length() + 1
        case "losing of rest":
            if decay.percent >= _WHOLE:
                return 1
            return math.ceil(math.log(2 * points + 1) / -math.log1p(-decay.percent / _WHOLE)) + 2
        case "losing of original":
            return -(-_WHOLE // decay.percent)
        case "fading":
            return decay.days
