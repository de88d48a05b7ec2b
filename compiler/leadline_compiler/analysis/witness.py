"""A contact with dated events out of a cube, at the edges of what the cube allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from leadline_compiler.analysis.events import Planned, plan_events
from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.sets import Choices, Constraint, Counts, Items, Ranges, Texts
from leadline_compiler.analysis.space import AT, EVENTS, Scope, Space
from leadline_compiler.analysis.spans import FAR, Spans
from leadline_compiler.analysis.tests import values_of
from leadline_compiler.analysis.texts import find_text
from leadline_compiler.analysis.windows import date_of
from leadline_compiler.conditions import Amount, FieldAmount
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.zones import DAY, EARLIEST, LATEST

NAME = "example"
"""The id of every contact that shows something."""

_MOST_VARIANTS = 48


def contacts_of(space: Space, cube: Cube) -> Iterator[Contact]:
    """Contacts that the cube describes, the likeliest first; more than one where it leaves something undecided."""
    plan = plan_events(space, counts) if isinstance(counts := cube.get(EVENTS), Counts) else ()
    if not isinstance(plan, tuple):
        return
    values: dict[str, Value] = {}
    for key, constraint in cube.items():
        if key.kind == "field":
            value = value_within(constraint, space.fields[str(key.name)])
            if value is not None:
                values[str(key.name)] = value
    events = tuple(_events(space, plan))
    for more in islice(_variants(space, cube, values), _MOST_VARIANTS):
        yield Contact(NAME, {**values, **{name: value for name, value in more.items() if value is not None}}, events)


def _variants(space: Space, cube: Cube, values: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """Values for dates that windows hang on: the cube says nothing of how they and the events go together."""
    names = sorted(_loose_dates(space, cube) - set(values))
    choices: tuple[Value, ...] = (space.as_of - 3650 * DAY, None, space.as_of, space.as_of + 3650 * DAY)
    for chosen in product(choices, repeat=len(names)):
        yield dict(zip(names, chosen, strict=True))


def _loose_dates(space: Space, cube: Cube) -> set[str]:
    counts = cube.get(EVENTS)
    numbers = [number for number, _, _ in counts.limits] if isinstance(counts, Counts) else []
    windows = [window for number in numbers for window in space.event_sets[number].loose]
    amounts: Iterable[Amount] = (date_of(window) for window in windows)
    return {amount.name for amount in amounts if isinstance(amount, FieldAmount)}


def value_within(constraint: Constraint, type_: ValueType) -> Value:
    """A value that a constraint allows; None (missing) where it may be, or where no value could be found."""
    match constraint:
        case Ranges(spans, missing):
            return None if missing or not spans else _number(spans, type_.kind is Kind.DATE)
        case Choices(mask):
            return None if mask & 1 else values_of(type_)[(mask & -mask).bit_length() - 2]
        case Texts(yes, no):
            found = find_text(yes, no) if yes else None
            return found if isinstance(found, str) else None
        case Items(yes, no, known):
            if yes:
                return tuple(sorted(yes))
            return (next(text for text in ("x", "y", "z", "-" * 40) if fold(text) not in no),) if known else None
        case _:
            return None


def _number(spans: Spans, is_date: bool) -> int:
    """An end of a span, where mistakes would show; the first span that has one."""
    low_end, high_end = (EARLIEST, LATEST) if is_date else (-FAR, FAR)
    for low, high in spans:
        if low > low_end and low > -(10**18):
            return low
        if high < high_end and high < 10**18:
            return high
    return 0


def _events(space: Space, plan: Iterable[Planned]) -> Iterator[Event]:
    for times, column in plan:
        scope = Scope(space, space.events[column.type])
        assert scope.event is not None
        types = {prop.name: prop.type for prop in scope.event.properties}
        at = _moment(column.cube[AT], space.as_of)
        values: dict[str, Value] = {}
        for key, constraint in column.cube.items():
            if key.kind == "property" and key.name in types:
                value = value_within(constraint, types[str(key.name)])
                if value is not None:
                    values[str(key.name)] = value
        for _ in range(times):
            yield Event(column.type, at, values)


def _moment(constraint: Constraint, as_of: int) -> int:
    """The oldest moment of the newest span that is a whole number of days old, else its very edge."""
    assert isinstance(constraint, Ranges)
    low, high = constraint.spans[-1]
    if low <= EARLIEST:
        return high - (high - as_of) % DAY if high < as_of else high
    oldest = as_of - (as_of - low) // DAY * DAY
    return oldest if low <= oldest <= high else low
