"""Windows that hang on a moment of the contact's: on which side of it an event is, and what a field says of events.

An event is since the moment, or before it, or on neither side where the moment is missing. It is not looked at which
moments go with which values, but for what a constraint on the field says: nothing that is since a value is older than
the least value that there may be, and all that is not older than the latest one is since it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.analysis.amounts import values_with_event
from leadline_compiler.analysis.formulas import Cube, merge
from leadline_compiler.analysis.sets import MANY, Constraint, Counts, Key, Ranges, meet
from leadline_compiler.analysis.space import EVENTS, EventSet, Loose, Space

NO_SIDE, BEFORE, SINCE = 0b001, 0b010, 0b100
ANY_SIDE = 0b111
_MOST_ROUNDS = 4
"""Times that what is known of one field is taken over to events, and from there to another field."""


def side_of(space: Space, window: Loose) -> Key:
    """The attribute that tells on which side of a window's moment an event is."""
    return space.key_of("free", ("side", window.moment))


def loose_in(space: Space, constraint: Constraint | None) -> Iterator[Loose]:
    """The windows that hang on a moment of the contact's, of the sets of which something is counted."""
    for number, _, _ in constraint.limits if isinstance(constraint, Counts) else ():
        yield from space.event_sets[number].loose


def tightened(space: Space, cube: Cube) -> Cube | None:
    """The cube with what it says of fields taken over to the events that are counted since or before their values, and
    the other way round; None where it is empty."""
    for _ in range(_MOST_ROUNDS):
        counts = cube.get(EVENTS)
        if not isinstance(counts, Counts) or not any(loose_in(space, counts)):
            return cube
        tighter = _with_values(space, {**cube, EVENTS: _tightened_counts(space, cube, counts)})
        if tighter is None or tighter == cube:
            return tighter
        cube = tighter
    return cube


def _with_values(space: Space, cube: Cube) -> Cube | None:
    """The cube with the values of the fields that its events ask for."""
    counts = cube[EVENTS]
    assert isinstance(counts, Counts)
    for number, least, _ in counts.limits:
        for key, values in values_with_event(space.event_sets[number]) if least else ():
            merged = merge(cube, {key: values})
            if merged is None:
                return None
            cube = merged
    return cube


def _tightened_counts(space: Space, cube: Cube, counts: Counts) -> Counts:
    told = Counts(())
    for limit in counts.limits:
        for one in _limits(space, cube, limit):
            met = meet(told, Counts((one,)))
            assert isinstance(met, Counts)
            told = met
    return told


def _limits(space: Space, cube: Cube, limit: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    """A limit of a set as one of all that may lie in it, and its most as one of what lies in it for sure."""
    number, least, most = limit
    outer, inner = space.event_sets[number], space.event_sets[number]._replace(loose=())
    is_known = True
    for loose in space.event_sets[number].loose:
        values = cube.get(Key("field", loose.field or ""))
        if isinstance(values, Ranges) and values.spans:
            outer = _within(outer, loose, values.spans[0][0], values.spans[-1][1])
            inner = _within(inner, loose, values.spans[-1][1], values.spans[0][0])
            is_known = is_known and not values.missing
        else:
            is_known = False
    yield space.number_of(outer), least, most
    if is_known and outer.loose and most < MANY and inner.first <= inner.last:
        yield space.number_of(inner), 0, most


def _within(events: EventSet, loose: Loose, lowest: int, highest: int) -> EventSet:
    """The events that are since the one value, or before the other."""
    if loose.after:
        events = events._replace(first=max(events.first, lowest))
    else:
        events = events._replace(last=min(events.last, highest - 1))
    return events if events.first <= events.last else events._replace(first=events.last + 1)
