"""Whether 64 bits hold all points that a plan can give."""

from __future__ import annotations

from leadline_compiler.numbers import LARGEST, THOUSAND
from leadline_compiler.plan import plan as p

_MOST_EVENTS = 2**24
"""Events of one contact."""
_ROOM = 2**61


def fits(plan: p.Plan) -> bool:
    """Whether whatever contacts do, no sum of points leaves 64 bits."""
    points = sum(_farthest(rule) for rule in plan.rules)
    bounded = [(item.low, item.high) for item in plan.scores] + [(item.low, item.high) for item in plan.groups]
    bounds = [abs(bound or 0) for pair in bounded for bound in pair]
    weights = sum(max(THOUSAND, abs(term.weight)) for term in plan.terms)
    farthest = points + sum(bounds)
    return farthest * max(weights, THOUSAND) // THOUSAND < _ROOM


def _farthest(rule: p.PlanRule) -> int:
    """The most thousandths, up or down, that are reckoned with for a rule."""
    match rule.body:
        case p.WhenBody():
            return abs(rule.points)
        case p.TableBody(_, rows):
            return max((abs(row.points) for row in rows), default=0)
        case p.EveryBody(step, _, up_to):
            return abs(rule.points) * (LARGEST // step + 1) if up_to is None else up_to + abs(rule.points)
        case p.EachBody(up_to=up_to):
            return abs(rule.points) * _MOST_EVENTS + (up_to or 0)
