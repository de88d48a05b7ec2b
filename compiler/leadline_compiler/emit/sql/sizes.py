"""How large points can grow: what may leave 64 bits is reckoned with in wider numbers."""

from __future__ import annotations

from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND, round_half_away
from leadline_compiler.plan import Plan
from leadline_compiler.plan.plan import EachBody, EveryBody, PlanRule, TableBody

MOST_EVENTS = 10**6
"""Events of one contact; beyond so many nothing is promised."""
MOST_DAYS = 4_000_000
"""Days between the first and the last moment of the calendar, and some more."""


def most_points(plan: Plan, rule: PlanRule) -> int:
    """The largest size of a rule's points, in thousandths."""
    match rule.body:
        case EachBody(up_to=up_to, times=limits):
            events = min([MOST_EVENTS, *(limit.times for limit in limits if limit.per == "all")])
            return up_to if up_to is not None else abs(rule.points) * events
        case EveryBody(step=step, amount=amount, up_to=up_to):
            return up_to if up_to is not None else abs(rule.points) * (_most_of_amount(plan, amount) // step)
        case TableBody(rows=rows):
            return max((abs(row.points) for row in rows), default=0)
        case _:
            return abs(rule.points)


def _most_of_amount(plan: Plan, index: int) -> int:
    """The largest size of an amount, in millionths."""
    op = plan.nodes[index][0]
    if op in ("count", "different"):
        return MOST_EVENTS * MILLION
    return MOST_DAYS * MILLION if op.startswith("days_") else LARGEST


def most_of_group(plan: Plan, index: int) -> int:
    rules = sum(most_points(plan, rule) for rule in plan.rules if rule.group == index)
    return _clamped(rules, plan.groups[index].low, plan.groups[index].high)


def most_of_sum(plan: Plan, score: int) -> int:
    """The largest size of a score before its decay and its bounds."""
    return sum(most_of_group(plan, index) for index, group in enumerate(plan.groups) if group.score == score)


def most_of_score(plan: Plan, score: int) -> int:
    return _clamped(most_of_sum(plan, score), plan.scores[score].low, plan.scores[score].high)


def most_of_total(plan: Plan) -> int:
    """The largest size of the total before its bounds."""
    terms = (abs(term.weight) * most_of_score(plan, term.score) for term in plan.terms)
    return sum(round_half_away(term, THOUSAND) for term in terms)


def _clamped(most: int, low: int | None, high: int | None) -> int:
    ends = [abs(end) for end in (low, high) if end is not None]
    return max(ends) if len(ends) == 2 else max([most, *ends])
