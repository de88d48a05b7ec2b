"""Windows that hang on a field: which values the field can have where there is an event of a column.

An event that is since the field's value is no older than it, and one that is before it is older; so a column all of
whose events are since it needs a value that is not later than its newest moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from leadline_compiler.analysis.amounts import DATES
from leadline_compiler.analysis.loose import ANY_SIDE, BEFORE, NO_SIDE, SINCE, side_of
from leadline_compiler.analysis.sets import Choices, Key, Ranges
from leadline_compiler.analysis.solve.histories import Counted
from leadline_compiler.analysis.space import AT, Column, Space
from leadline_compiler.analysis.spans import from_to, join

_MOST_CUTS = 64
"""Values of one field that are told apart for its windows."""


class Tie(NamedTuple):
    """Where there is an event of a column (by its place), the field is as the constraint says."""

    place: int
    field: Key
    constraint: Ranges


def loose_fields(space: Space) -> Mapping[Key, str | None]:
    """The fields that windows hang on, None for another moment, by the attribute that tells an event's side of it."""
    windows = (loose for events in space.event_sets for loose in events.loose)
    return {side_of(space, loose): loose.field for loose in windows}


def ties_of(columns: tuple[Counted, ...], fields: Mapping[Key, str | None]) -> list[Tie]:
    """What the columns say of the fields; nothing of a field of which they say too much."""
    found = [tie for key, field in fields.items() if field for tie in _ties(columns, key, Key("field", field))]
    told: dict[Key, set[Ranges]] = {}
    for tie in found:
        told.setdefault(tie.field, set()).add(tie.constraint)
    return [tie for tie in found if len(told[tie.field]) <= _MOST_CUTS]


def _ties(columns: tuple[Counted, ...], side: Key, field: Key) -> Iterator[Tie]:
    for place, one in enumerate(columns):
        sides = reduce(or_, (_mask(cube.get(side)) for cube in one.column.cubes), 0)
        if sides != ANY_SIDE:
            yield Tie(place, field, _values(one.column, sides))


def _mask(constraint: object) -> int:
    return constraint.mask if isinstance(constraint, Choices) else ANY_SIDE


def _values(column: Column, sides: int) -> Ranges:
    """The values that a field may have where events of a column are on these sides of it."""
    spans = [span for cube in column.cubes if isinstance(at := cube[AT], Ranges) for span in at.spans]
    oldest, newest = min(low for low, _ in spans), max(high for _, high in spans)
    since = from_to(DATES[0], newest) if sides & SINCE else ()
    before = from_to(oldest + 1, DATES[1]) if sides & BEFORE else ()
    return Ranges(join((*since, *before)), bool(sides & NO_SIDE), DATES)
