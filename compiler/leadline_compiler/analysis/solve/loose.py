"""Windows that hang on a field: which values the field can have where there is an event of a column.

An event inside of `since FIELD` is no older than the field's value, and one outside is older, or the value is missing;
so a column that lies inside as a whole needs a value that is not later than its newest moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from leadline_compiler.analysis.amounts import DATES
from leadline_compiler.analysis.constants import plain
from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.solve.histories import Counted
from leadline_compiler.analysis.space import AT, Space
from leadline_compiler.analysis.spans import from_to
from leadline_compiler.conditions import FieldAmount, Since

_MOST_CUTS = 64
"""Values of one field that are told apart for its windows."""


class Loose(NamedTuple):
    """A window: the field, and whether it lets through what comes after its value, or before."""

    field: str
    after: bool


class Tie(NamedTuple):
    """Where there is an event of a column (by its place), the field is as the constraint says."""

    place: int
    field: Key
    constraint: Ranges


def loose_windows(space: Space) -> Mapping[Key, Loose]:
    """The windows that hang on a field, by the attribute that tells whether they let an event through."""
    found = {}
    for window in {window for events in space.event_sets for window in events.loose}:
        moment = window.moment if isinstance(window.moment, int) else plain(window.moment)
        if isinstance(moment, FieldAmount):
            found[space.key_of("free", window)] = Loose(moment.name, isinstance(window, Since))
    return found


def ties_of(columns: tuple[Counted, ...], windows: Mapping[Key, Loose]) -> list[Tie]:
    """What the columns say of the fields; nothing of a field of which they say too much."""
    found = [tie for key, loose in windows.items() for tie in _ties(columns, key, loose)]
    told: dict[Key, set[Ranges]] = {}
    for tie in found:
        told.setdefault(tie.field, set()).add(tie.constraint)
    return [tie for tie in found if len(told[tie.field]) <= _MOST_CUTS]


def _ties(columns: tuple[Counted, ...], key: Key, loose: Loose) -> Iterator[Tie]:
    for place, one in enumerate(columns):
        masks = {cube[key].mask if key in cube else 0b11 for cube in one.column.cubes}  # type: ignore[union-attr]
        if masks not in ({0b10}, {0b01}):
            continue
        spans = [span for cube in one.column.cubes if isinstance(at := cube[AT], Ranges) for span in at.spans]
        oldest, newest = min(low for low, _ in spans), max(high for _, high in spans)
        inside = masks == {0b10}
        values = from_to(DATES[0], newest) if inside is loose.after else from_to(oldest + 1, DATES[1])
        yield Tie(place, Key("field", loose.field), Ranges(values, not inside, DATES))
