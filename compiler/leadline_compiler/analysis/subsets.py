"""Whether one set of events lies in another: the question behind most pairs of rules, answered without columns."""

from __future__ import annotations

from leadline_compiler.analysis.events import cubes_of_set, formula_of_set, plan_events, visible
from leadline_compiler.analysis.formulas import Cube, TooManyError, cubes_of, negate, products
from leadline_compiler.analysis.sets import MANY, Counts, meet
from leadline_compiler.analysis.space import EventSet, Space


def clash_of_counts(space: Space, left: Counts, right: Counts) -> bool:
    """Whether provably no history keeps both, each of which can be kept alone."""
    if len(left.limits) > 1 or len(right.limits) > 1:
        if _share_no_type(space, left, right):
            return False
        both = meet(left, right)
        assert isinstance(both, Counts)
        return plan_events(space, both) is None
    [(one, least, most)], [(other, other_least, other_most)] = left.limits, right.limits
    if one == other:
        return max(least, other_least) > min(most, other_most)
    # Least and most of one set alone; two lower ends or two upper ends never clash.
    return (other_most < MANY and least > other_most and lies_within(space, one, other)) or (
        most < MANY and other_least > most and lies_within(space, other, one)
    )


def _share_no_type(space: Space, left: Counts, right: Counts) -> bool:
    types = {name for number, _, _ in left.limits for name in space.event_sets[number].types}
    return not any(name in types for number, _, _ in right.limits for name in space.event_sets[number].types)


def lies_within(space: Space, inner: int, outer: int) -> bool:
    """Whether provably every event of a set, which must not be empty, lies in the other; both by number."""
    one, other = space.event_sets[inner], space.event_sets[outer]
    if not (other.first <= one.first and one.last <= other.last):
        return False
    if other.loose and not set(other.loose) <= set(one.loose):
        return False
    if not all(type_ in other.types or _is_unseen(space, type_, inner) for type_ in one.types):
        return False
    key = ("within", *_shape(space, inner), *_shape(space, outer))
    if key not in space.memo:
        space.memo[key] = _passes_within(space, one, other)
    found: bool = space.memo[key]
    return found


def _is_unseen(space: Space, type_: str, number: int) -> bool:
    """Whether provably every event of a type that a set holds is ignored."""
    key = ("unseen", type_, number)
    if key not in space.memo:
        try:
            space.memo[key] = not products(visible(space, type_), cubes_of_set(space, type_, number)[0])
        except TooManyError:
            space.memo[key] = False
    found: bool = space.memo[key]
    return found


def _shape(space: Space, number: int) -> tuple[object, ...]:
    """All of a set but its moments, in numbers."""
    key = ("shape", number)
    if key not in space.memo:
        events = space.event_sets[number]
        what = (events.types, events.where, events.known)
        space.memo[key] = (space.key_of("where", what).name,)
    shape: tuple[object, ...] = space.memo[key]
    return shape


def _passes_within(space: Space, one: EventSet, other: EventSet) -> bool:
    try:
        return not any(
            products(_shaped(space, type_, one)[0], _shaped(space, type_, other)[1])
            for type_ in one.types
            if type_ in other.types
        )
    except TooManyError:
        return False


def _shaped(space: Space, type_: str, events: EventSet) -> tuple[tuple[Cube, ...], tuple[Cube, ...]]:
    """The seen events of a type that a set holds, whenever they are, and all events that it does not hold."""
    key = ("shaped", type_, *_shape(space, space.number_of(events)))
    found: tuple[tuple[Cube, ...], tuple[Cube, ...]] | None = space.memo.get(key)
    if found is None:
        timeless = events._replace(first=space.moments[0], last=space.moments[1], loose=())
        formula = formula_of_set(space, type_, timeless)
        found = space.memo[key] = products(visible(space, type_), cubes_of(formula)), cubes_of(negate(formula))
    return found
