"""A contact with dated events out of a cube, at the edges of what the cube allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product

from leadline_compiler.analysis.amounts import values_between
from leadline_compiler.analysis.events import Planned, plan_events
from leadline_compiler.analysis.fits import admits
from leadline_compiler.analysis.formulas import Cube, merge
from leadline_compiler.analysis.loose import loose_in, tightened
from leadline_compiler.analysis.sets import MANY, Choices, Constraint, Counts, Items, Key, Ranges, Texts
from leadline_compiler.analysis.space import AT, EVENTS, Scope, Space
from leadline_compiler.analysis.spans import FAR, Spans, common
from leadline_compiler.analysis.tests import values_of
from leadline_compiler.analysis.texts import answers, find_text
from leadline_compiler.conditions import FieldAmount, MeasureAmount, NumberAmount, Occurrence
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.zones import DAY, EARLIEST, LATEST
from leadline_dsl.walk import walk

NAME = "example"
"""The id of every contact that shows something."""

_MOST_EVENTS = 1_000
"""Events of a contact that is worked out; what takes more is not shown."""
_FEW_NUMBERS = 64
"""Numbers of a property that are taken one after the other."""
_SOME_NUMBERS = Ranges(((0, LATEST),), False, (0, LATEST))
_MOST_BESIDE = 4
"""Events at whose moments a field is tried."""
_MOST_VARIANTS = 200
"""Contacts that are tried for one cube."""


def contacts_of(space: Space, cube: Cube, *, newest: bool = False) -> Iterator[Contact]:
    """Contacts that the cube describes, the likeliest first; more than one where it leaves something undecided.

    Events stand at the old edge of what is allowed, where mistakes would show; with `newest` at the new one, where
    they earn the most.
    """
    tight = tightened(space, _with_measured(space, cube))
    if tight is None:
        return
    cube = tight
    plan = plan_events(space, counts) if isinstance(counts := cube.get(EVENTS), Counts) else ()
    if not isinstance(plan, tuple):
        return
    if sum(planned.times for planned in plan) <= _MOST_EVENTS:
        yield from contacts_around(space, cube, tuple(events_of_plan(space, plan, newest)))


def contacts_around(space: Space, cube: Cube, events: tuple[Event, ...]) -> Iterator[Contact]:
    """The same where the events are there already."""
    values: dict[str, Value] = {}
    for key, constraint in cube.items():
        if key.kind == "field":
            value = value_within(constraint, space.fields[str(key.name)])
            if value is not None:
                values[str(key.name)] = value
    for more, others in islice(_variants(space, cube, events), _MOST_VARIANTS):
        known = {name: value for name, value in more.items() if value is not None}
        yield Contact(NAME, {**values, **known}, (*events, *others))
        if events and others:
            yield Contact(NAME, {**values, **known}, others)


def _with_measured(space: Space, cube: Cube) -> Cube:
    """The cube with an event for each measure of a property that has to have a value: one that has it alone."""
    for key, constraint in cube.items():
        amount = space.what(key) if key.kind == "amount" else None
        if not isinstance(amount, MeasureAmount) or not isinstance(constraint, Ranges) or not constraint.spans:
            continue
        # A sum is hardly ever missing; of nothing it is 0.
        may_be_missing = amount.kind != "sum" and constraint.missing
        is_nothing = amount.kind == "sum" and common(constraint.spans, ((0, 0),))
        if may_be_missing or is_nothing or amount.kind == "different":
            continue
        events = values_between(amount, constraint.spans, Scope(space))
        counts = Counts(((space.number_of(events), 1, MANY),))
        cube = merge(cube, {EVENTS: counts}) or cube
    return cube


def _variants(
    space: Space, cube: Cube, events: tuple[Event, ...]
) -> Iterator[tuple[dict[str, Value], tuple[Event, ...]]]:
    """Values and events for what a cube cannot say how it goes together: first none, then what is likely to do."""
    yield {}, ()
    roots = [space.what(key) for key in cube if key.kind in ("free", "amount")]
    windows = list(loose_in(space, cube.get(EVENTS)))
    roots += [loose.moment for loose in windows if loose.field is None]
    nodes = [node for root in roots if not isinstance(root, tuple) for node, _ in walk(root)]
    fields = dict.fromkeys(node.name for node in nodes if isinstance(node, FieldAmount))
    literals = sorted({node.value for node in nodes if isinstance(node, NumberAmount)})
    tied = dict.fromkeys(loose.field for loose in windows if loose.field is not None)
    choices = {name: _allowed(space, cube, name, literals) for name in fields | tied}
    choices |= {name: _beside(space, cube, name, events) + choices[name] for name in tied}
    types = list(dict.fromkeys(name for node in nodes if isinstance(node, Occurrence) for name in node.events))[:2]
    each = [[None, *(Event(name, space.as_of - days * DAY, {}) for days in _AGES)] for name in types]
    histories = [tuple(event for event in events if event is not None) for events in product(*each)]
    for others, chosen in product(histories, product(*choices.values())):
        yield dict(zip(choices, chosen, strict=True)), others


def _beside(space: Space, cube: Cube, name: str, events: tuple[Event, ...]) -> list[Value]:
    """The values of a field that a cube allows at the ends of what it allows, and at the moments of events."""
    type_, constraint = space.fields[name], cube.get(Key("field", name))
    ends = [end for span in constraint.spans for end in span] if isinstance(constraint, Ranges) else []
    moments = [moment for event in events[:_MOST_BESIDE] for moment in (event.at, event.at + 1)]
    found = sorted({moment for moment in (*ends, *moments) if EARLIEST < moment < LATEST})
    return [moment for moment in found if constraint is None or admits(constraint, moment, type_)]


def _allowed(space: Space, cube: Cube, name: str, literals: list[int]) -> list[Value]:
    """The likely values of a field that a cube allows."""
    type_, constraint = space.fields[name], cube.get(Key("field", name))
    likely = _likely(type_.kind, space.as_of, literals)
    return [value for value in likely if constraint is None or admits(constraint, value, type_)] or [None]


_AGES = (0, 1, 10, 20, 40, 100, 400)


def _likely(kind: Kind, as_of: int, literals: list[int]) -> tuple[Value, ...]:
    """Values of a field that two amounts are likely to differ by."""
    match kind:
        case Kind.DATE:
            return (*(as_of - days * DAY for days in (3650, *_AGES)), as_of + 3650 * DAY, None)
        case Kind.NUMBER:
            near = (literal + change for literal in literals for change in (0, MILLION, -MILLION))
            return (MILLION, 0, 2 * MILLION, 1000 * MILLION, *near, None)
        case Kind.TEXT:
            return ("x", None)
        case _:
            return (None,)


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


def events_of_plan(space: Space, plan: Iterable[Planned], newest: bool) -> Iterator[Event]:
    """The events of a plan; those of one column fall on different days and differ in their texts, where they can."""
    for times, column in plan:
        types = {prop.name: prop.type for prop in space.events[column.type].properties}
        cube = max(column.cubes, key=_newest) if newest else column.cubes[0]
        moments = _moments(cube[AT], space.as_of, times, newest)
        for number in range(times):
            values = {name: _property(cube, name, type_, number) for name, type_ in types.items()}
            known = {name: value for name, value in values.items() if value is not None}
            yield Event(column.type, moments[number % len(moments)], known)


def varied_events(space: Space, planned: Planned, start: int, used: Counter[tuple[str, Value]]) -> Iterator[Event]:
    """The same for one column, as unlike each other as can be, where so many events of other columns came before.

    `used` counts the values of properties that have few, of all events so far; those of the column itself come first.
    """
    column = planned.column
    types = {prop.name: prop.type for prop in space.events[column.type].properties}
    few = [name for name, type_ in types.items() if type_.kind in (Kind.YES_NO, Kind.CHOICE)]
    mine = Counter[tuple[str, Value]]()

    def rarity(items: Iterable[tuple[str, Value]]) -> tuple[int, int]:
        several = list(items)
        return sum(mine[item] for item in several), sum(used[item] for item in several)

    for number in range(start, start + planned.times):
        turned = [column.cubes[(number + turn) % len(column.cubes)] for turn in range(len(column.cubes))]
        rare = [{name: _rarest(cube, name, types[name], number, rarity) for name in few} for cube in turned]
        chosen = min(range(len(turned)), key=lambda index: rarity(rare[index].items()))
        cube, values = turned[chosen], dict(rare[chosen])
        mine.update(values.items())
        used.update(values.items())
        values |= {name: _unlike(cube, name, type_, number) for name, type_ in types.items() if name not in values}
        known = {name: values[name] for name in types if values[name] is not None}
        constraint = cube[AT]
        assert isinstance(constraint, Ranges)
        yield Event(column.type, constraint.spans[-1][1], known)


def _rarest(
    cube: Cube,
    name: str,
    type_: ValueType,
    number: int,
    rarity: Callable[[Iterable[tuple[str, Value]]], tuple[int, int]],
) -> Value:
    """The value of a property that has few which other events have the least."""
    constraint = cube.get(Key("property", name))
    mask = constraint.mask if isinstance(constraint, Choices) else -1
    allowed = [value for bit, value in enumerate((None, *values_of(type_))) if mask >> bit & 1]
    turned = [allowed[(number + turn) % len(allowed)] for turn in range(len(allowed))]
    return min(turned, key=lambda value: rarity([(name, value)]))


def _unlike(cube: Cube, name: str, type_: ValueType, number: int) -> Value:
    """The value of a property for the event with this number, another for each also where nothing is asked of it."""
    key = Key("property", name)
    if type_.kind not in (Kind.NUMBER, Kind.DATE) or number == 0:
        return _property(cube, name, type_, number)
    constraint = cube.get(key, _SOME_NUMBERS)
    if not isinstance(constraint, Ranges) or not constraint.spans:
        return None
    if sum(high - low + 1 for low, high in constraint.spans) <= _FEW_NUMBERS:
        numbers = [value for low, high in constraint.spans for value in range(low, high + 1)]
        few: list[Value] = [None, *numbers] if constraint.missing else [*numbers]
        return few[number % len(few)]
    known = Ranges(constraint.spans, False, constraint.domain)
    return _property({**cube, key: known}, name, type_, number)


def _newest(cube: Cube) -> int:
    constraint = cube[AT]
    return constraint.spans[-1][1] if isinstance(constraint, Ranges) else 0


def _property(cube: Cube, name: str, type_: ValueType, number: int) -> Value:
    """The value of a property for the event with this number in its column, from 0."""
    constraint = cube.get(Key("property", name))
    value = None if constraint is None else value_within(constraint, type_)
    if number and isinstance(constraint, Ranges) and isinstance(value, int):
        steps = (DAY if type_.kind is Kind.DATE else MILLION, 1)
        others = (value + sign * number * step for step in steps for sign in (1, -1))
        return next((one for one in others if any(low <= one <= high for low, high in constraint.spans)), value)
    if number == 0 or type_.kind is not Kind.TEXT:
        return value
    yes, no = (constraint.yes, constraint.no) if isinstance(constraint, Texts) else (frozenset(), frozenset())
    for other in (f"{value or 'x'}{number}", f"{number}{value or 'x'}"):
        if answers(other, yes, no):
            return other
    return value


def _moments(constraint: Constraint, as_of: int, times: int, newest: bool) -> list[int]:
    """Moments of the newest span, a day apart, from one of its ends on; whole days before the as-of where they fit."""
    assert isinstance(constraint, Ranges)
    low, high = constraint.spans[-1]
    backwards = newest or low <= EARLIEST
    whole = high - (high - as_of) % DAY if backwards else as_of - (as_of - low) // DAY * DAY
    first = whole if low <= whole <= high else high if backwards else low
    days = (first + (-DAY if backwards else DAY) * number for number in range(times))
    return [moment for moment in days if low <= moment <= high] or [first]
