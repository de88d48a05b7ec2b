"""Histories of events: which kinds of event sets of events can tell apart, and how many of each satisfy the counts.

A column is a kind of event as far as some sets can tell: it lies in some and not in the others, and an event with
such a moment and such properties exists. A history is then one count for each column, and every bound on a set is a
bound on the sum of its columns. More events of a column than the largest bound asks for change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leadline_compiler.analysis.formulas import (
    Cube,
    Formula,
    Lit,
    TooManyError,
    conj,
    cubes_of,
    negate,
    products,
)
from leadline_compiler.analysis.loose import ANY_SIDE, BEFORE, SINCE, side_of
from leadline_compiler.analysis.sets import MANY, Choices, Constraint, Counts, Key, Ranges, Texts
from leadline_compiler.analysis.space import AT, Column, EventSet, Scope, Space
from leadline_compiler.analysis.spans import common, from_to
from leadline_compiler.analysis.tests import formula_of, values_of
from leadline_compiler.analysis.texts import UNKNOWN, Unknown, answers
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.conditions import IsKnown, PropertyAmount
from leadline_compiler.schema import Kind

MOST_COLUMNS = 1_024
_MOST_STEPS = 4_000

Limit = tuple[int, int, int]
"""A set's number, the least and the most events in it."""


class Planned(NamedTuple):
    """So many events of a column."""

    times: int
    column: Column


Plan = tuple[Planned, ...]


def plan_events(space: Space, counts: Counts) -> Plan | Unknown | None:
    """A history that keeps the counts; None where there is none, UNKNOWN where that could not be told."""
    key = ("plan", counts)
    if key not in space.memo:
        space.memo[key] = _plan(space, counts)
    found: Plan | Unknown | None = space.memo[key]
    return found


def _plan(space: Space, counts: Counts) -> Plan | Unknown | None:
    limits = [limit for limit in counts.limits if limit[1] > 0 or limit[2] < MANY]
    if any(least > most for _, least, most in limits):
        return None
    if not any(least for _, least, _ in limits):
        return ()
    try:
        columns = _columns_within(space, limits)
    except TooManyError:
        return UNKNOWN
    return _fill(limits, columns)


def _columns_within(space: Space, limits: Sequence[Limit]) -> list[Column]:
    """The columns that a history may use, one for each set of limits that it counts for."""
    numbers = tuple(number for number, _, _ in limits)
    closed = sum(1 << index for index, (_, _, most) in enumerate(limits) if most == 0)
    found: dict[int, Column] = {}
    for type_ in sorted({name for number in numbers for name in space.event_sets[number].types}):
        for column in columns_of(space, type_, numbers):
            if column.mask and not column.mask & closed:
                found.setdefault(column.mask, column)
    return list(found.values())


def columns_of(space: Space, type_: str, numbers: tuple[int, ...]) -> tuple[Column, ...]:
    """The columns of a type of events for some sets, by number. Raises TooManyError."""
    key = ("columns", type_, numbers)
    found: tuple[Column, ...] | None = space.memo.get(key)
    if found is None:
        found = space.memo[key] = tuple(_split(space, type_, numbers))
    return found


def _split(space: Space, type_: str, numbers: tuple[int, ...]) -> Iterator[Column]:
    """Splits the events of a type by one set after another, and keeps what is not empty."""
    parts: list[tuple[int, tuple[Cube, ...]]] = [(0, visible(space, type_))]
    for index, number in enumerate(numbers):
        if type_ not in space.event_sets[number].types:
            continue
        inside, outside = cubes_of_set(space, type_, number)
        split = []
        for mask, cubes in parts:
            for bit, ways in ((1 << index, inside), (0, outside)):
                both = products(cubes, ways)
                if both:
                    split.append((mask | bit, both))
        if len(split) > MOST_COLUMNS:
            raise TooManyError
        parts = split
    for mask, cubes in parts:
        if cubes:
            yield Column(mask, type_, tuple(sorted(cubes, key=_unsure)))


def _unsure(cube: Cube) -> int:
    """How much of a cube hangs on what nothing is known of."""
    return sum(key.kind in ("free", "amount") for key in cube)


def visible(space: Space, type_: str) -> tuple[Cube, ...]:
    """The events of a type that are seen: not later than the as-of and not ignored. Raises TooManyError."""
    key = ("visible", type_)
    found: tuple[Cube, ...] | None = space.memo.get(key)
    if found is None:
        scope = Scope(space)
        ignored = (events_of(occurrence, scope) for occurrence in space.ignored if type_ in occurrence.events)
        seen = conj(negate(formula_of_set(space, type_, events)) for events in ignored)
        found = space.memo[key] = cubes_of(conj((Lit(AT, Ranges((space.moments,), False, space.moments)), seen)))
    return found


def cubes_of_set(space: Space, type_: str, number: int) -> tuple[tuple[Cube, ...], tuple[Cube, ...]]:
    """The events of a type that lie in a set, and those that do not, as cubes. Raises TooManyError."""
    key = ("set", type_, number)
    found: tuple[tuple[Cube, ...], tuple[Cube, ...]] | None = space.memo.get(key)
    if found is None:
        formula = formula_of_set(space, type_, space.event_sets[number])
        found = space.memo[key] = cubes_of(formula), cubes_of(negate(formula))
    return found


def formula_of_set(space: Space, type_: str, events: EventSet) -> Formula:
    """An event of a type lies in a set."""
    scope = Scope(space, space.events[type_])
    parts: list[Formula] = []
    if (events.first, events.last) != space.moments:
        spans = common(from_to(events.first, events.last), (space.moments,))
        parts.append(Lit(AT, Ranges(spans, False, space.moments)))
    if events.where is not None:
        parts.append(formula_of(events.where, scope))
    if events.known is not None:
        parts.append(_known_in(*events.known, scope))
    parts += [Lit(side_of(space, one), Choices(SINCE if one.after else BEFORE, ANY_SIDE)) for one in events.loose]
    return conj(parts)


def _known_in(name: str, constraint: Constraint | None, scope: Scope) -> Formula:
    """A property is as a constraint on it says, or has any value at all; the constraint may be one on texts where the
    property is one of a few."""
    prop = scope.event.property_named(name) if scope.event is not None else None
    assert prop is not None
    if constraint is None:
        return formula_of(IsKnown(PropertyAmount(name, prop.type), True), scope)
    key = Key("property", name)
    match constraint:
        case Texts(yes, no) if prop.type.kind is Kind.CHOICE:
            values = values_of(prop.type)
            mask = sum(1 << bit for bit, value in enumerate(values, 1) if answers(str(value), yes, no))
            return Lit(key, Choices(mask | (not yes), (1 << len(values) + 1) - 1))
        case Texts(yes, no):
            asked = [Texts(frozenset({atom}), frozenset()) for atom in sorted(yes, key=str)]
            asked += [Texts(frozenset(), frozenset({atom})) for atom in sorted(no, key=str)]
            return conj(Lit(key, one) for one in asked)
        case _:
            return Lit(key, constraint)


# ---- how many of each


def _fill(limits: Sequence[Limit], columns: list[Column]) -> Plan | Unknown | None:
    """Counts for the columns that keep all limits, by a search that adds events only where some are needed."""
    needs = tuple(least for _, least, _ in limits)
    rooms = tuple(most for _, _, most in limits)
    agenda: list[tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[int, int], ...]]] = [(needs, rooms, ())]
    seen = set()
    steps = 0
    while agenda:
        needs, rooms, used = agenda.pop()
        index = next((i for i, need in enumerate(needs) if need > 0), None)
        if index is None:
            return _planned(used, columns)
        if (needs, rooms) in seen:
            continue
        seen.add((needs, rooms))
        steps += 1
        if steps > _MOST_STEPS:
            return UNKNOWN
        agenda.extend(reversed(list(_ways(index, needs, rooms, used, columns))))
    return None


def _ways(
    index: int,
    needs: tuple[int, ...],
    rooms: tuple[int, ...],
    used: tuple[tuple[int, int], ...],
    columns: list[Column],
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[int, int], ...]]]:
    """The next states: events of a column that count for the limit, all that it needs where nothing speaks against."""
    counting = (
        (number, _members(column.mask, len(needs))) for number, column in enumerate(columns) if column.mask >> index & 1
    )
    fitting = [(number, members) for number, members in counting if all(rooms[i] > 0 for i in members)]
    free = [(number, members) for number, members in fitting if all(rooms[i] >= MANY for i in members)]
    if free:
        # It takes room from nobody: no other choice can be better than the one that serves most.
        fitting = [max(free, key=lambda item: sum(needs[i] > 0 for i in item[1]))]
    for number, members in sorted(fitting, key=lambda item: sum(rooms[i] < MANY for i in item[1])):
        times = needs[index] if len(fitting) == 1 else 1
        if all(rooms[i] >= times for i in members):
            yield (
                tuple(max(0, need - times) if i in members else need for i, need in enumerate(needs)),
                tuple(room - times if i in members and room < MANY else room for i, room in enumerate(rooms)),
                (*used, (number, times)),
            )


def _members(mask: int, size: int) -> tuple[int, ...]:
    return tuple(i for i in range(size) if mask >> i & 1)


def _planned(used: tuple[tuple[int, int], ...], columns: list[Column]) -> Plan:
    times: dict[int, int] = {}
    for number, count in used:
        times[number] = times.get(number, 0) + count
    return tuple(Planned(count, columns[number]) for number, count in times.items())
