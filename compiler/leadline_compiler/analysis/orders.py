"""Two amounts compared with each other: how much the one is above the other, and what is known of that."""

from __future__ import annotations

from leadline_compiler.analysis.constants import plain
from leadline_compiler.analysis.formulas import FALSE, Cube, Formula, Lit
from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.space import Scope, Space
from leadline_compiler.analysis.spans import FAR, Spans, common
from leadline_compiler.conditions import Amount, DaysSinceEventAmount, FieldAmount, MeasureAmount, ScoreAmount
from leadline_dsl.nodes import node
from leadline_dsl.walk import walk

_AMONG = ("lowest", "highest", "latest", "earliest")


@node
class Gap:
    """How much the one is above the other.

    Where either is missing, it is taken to be 0; but of scores, which are missing only beyond all amounts, it is
    missing too.
    """

    one: Amount
    other: Amount

    @property
    def fields(self) -> tuple[Key, ...]:
        """The fields that are compared as they are."""
        return tuple(Key("field", one.name) for one in (self.one, self.other) if isinstance(one, FieldAmount))


def gap_of(space: Space, key: Key) -> Gap | None:
    """The gap that an attribute is; None for any other."""
    what = space.what(key) if key.kind == "free" else None
    return what if isinstance(what, Gap) else None


def gap_in(one: Amount, other: Amount, spans: Spans, scope: Scope) -> Formula:
    """The one is as much above the other as the spans say, or the gap is taken to be 0, which is among them.

    All comparisons of two amounts speak of one attribute, whichever stands first.
    """
    one, other = plain(one), plain(other)
    if repr(other) < repr(one):
        one, other, spans = other, one, tuple((-high, -low) for low, high in reversed(spans))
    low, high = (0, 0) if one == other else (-FAR, FAR)
    if is_never_above(one, other):
        high = 0
    if is_never_above(other, one):
        low = 0
    spans = common(spans, ((low, high),))
    if not spans:
        return FALSE
    asks_for_scores = any(isinstance(part, ScoreAmount) for amount in (one, other) for part, _ in walk(amount))
    has_none = not asks_for_scores and bool(common(spans, ((0, 0),)))
    return Lit(scope.space.key_of("free", Gap(one, other)), Ranges(spans, has_none, (low, high)))


def is_in_order(space: Space, cube: Cube) -> bool:
    """Whether there may be numbers that are as far apart as a cube says; fields are looked at with their values too.

    Each end says that one amount is at most so much above another, or above 0. They contradict each other where a
    round trip of amounts adds up to less than 0 (Bellman and Ford's test of difference constraints).
    """
    ends: dict[tuple[Amount | None, Amount | None], int] = {}
    for key, constraint in cube.items():
        gap = gap_of(space, key)
        if gap is not None and isinstance(constraint, Ranges):
            known = not constraint.missing or all(_is_known(cube, one) for one in (gap.one, gap.other))
            if known and constraint.spans:
                _note(ends, gap.one, gap.other, constraint.spans)
    if not ends:
        return True
    for amount in {one for pair in ends for one in pair if isinstance(one, FieldAmount)}:
        within = cube.get(Key("field", amount.name))
        if isinstance(within, Ranges) and within.spans:
            _note(ends, amount, None, within.spans)
    amounts = {one for pair in ends for one in pair}
    furthest = dict.fromkeys(amounts, 0)
    for _ in amounts:
        changed = False
        for (one, other), end in ends.items():
            if furthest[other] + end < furthest[one]:
                furthest[one], changed = furthest[other] + end, True
        if not changed:
            return True
    return False


def _note(ends: dict[tuple[Amount | None, Amount | None], int], one: Amount, other: Amount | None, to: Spans) -> None:
    """Takes down how far the one is above the other at most, and the other above the one."""
    if to[-1][1] < FAR:
        ends[one, other] = to[-1][1]
    if to[0][0] > -FAR:
        ends[other, one] = -to[0][0]


def _is_known(cube: Cube, amount: Amount) -> bool:
    within = cube.get(Key("field", amount.name)) if isinstance(amount, FieldAmount) else None
    return isinstance(within, Ranges) and not within.missing


def is_never_above(one: Amount, other: Amount) -> bool:
    """Whether the one is provably no more than the other, unless one of them is missing."""
    match plain(one), plain(other):
        case MeasureAmount() as low, MeasureAmount() as high:
            if low.occurrence != high.occurrence or low.property != high.property:
                return False
            return (low.kind == "lowest" and high.kind in _AMONG) or (high.kind == "highest" and low.kind in _AMONG)
        case DaysSinceEventAmount(which="last") as low, DaysSinceEventAmount(which="first") as high:
            return low.occurrence == high.occurrence
    return False
