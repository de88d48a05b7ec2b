"""What bounds and weights take of a change or give back: what lies between the points of rules and the total."""

from __future__ import annotations

from collections.abc import Iterator

from leadline.reports.cause import Cause, Noun
from leadline.reports.ledger import say_bound
from leadline_compiler.model import Bounds, Term
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import Outcome


def find_cuts_moved(before: Outcome, after: Outcome) -> Iterator[Cause]:
    """Each bound that cuts more or less than before, and each weight whose part is another one: groups, scores, total.

    Together with the points of rules and what decay leaves of scores they add up to the change of the total.
    """
    for old, new in zip(before.scores, after.scores, strict=True):
        for was, now in zip(old.groups, new.groups, strict=True):
            yield from _bound(
                "group", now.group.name or "", now.group.bounds, (was.sum, was.points, now.sum, now.points)
            )
        name = new.score.name
        yield from _bound("score", name, new.score.bounds, (old.after_decay, old.points, new.after_decay, new.points))
    yield from _weights(before, after)
    yield from _bound("total", "total", after.model.total.bounds, (before.sum, before.total, after.sum, after.total))


def _bound(noun: Noun, name: str, bounds: Bounds, points: tuple[int, int, int, int]) -> Iterator[Cause]:
    """`points` are those without the bounds and with them, before and after."""
    was, was_left, now, left = points
    old, new = was_left - was, left - now
    if old == new:
        return
    if new:
        said = say_bound(bounds, now, left)
    else:
        said = f"{say_bound(bounds, was, was_left).partition(':')[0]}: {write_points(now)} stays"
    yield Cause("cap" if old < 0 or new < 0 else "floor", noun, name, None, was_left, left, new - old, said)


def _weights(before: Outcome, after: Outcome) -> Iterator[Cause]:
    shares, was_shares = _shares(after), _shares(before)
    for old, new in zip(before.scores, after.scores, strict=True):
        name = new.score.name
        was, now = was_shares.get(name, 0), shares.get(name, 0)
        points = (now - was) - (new.points - old.points)
        if points:
            said = _say_weight(tuple(term for term in after.model.total.terms if term.score == name), new.points, now)
            yield Cause("weight", "score", name, None, was, now, points, said)


def _shares(outcome: Outcome) -> dict[str, int]:
    """What each score gives to the total: a total may name one more than once."""
    found: dict[str, int] = {}
    for term in outcome.terms:
        found[term.term.score] = found.get(term.term.score, 0) + term.points
    return found


def _say_weight(terms: tuple[Term, ...], points: int, share: int) -> str:
    """`0.4 × fit 14 is 5.6`"""
    if not terms:
        return "it does not count towards the total"
    weight = write_points(sum(term.weight for term in terms))
    return f"{weight} × {terms[0].score} {write_points(points)} is {write_points(share)}"
