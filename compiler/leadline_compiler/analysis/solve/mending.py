"""Contacts brought nearer to what a solution says of them, by small changes that the solution leaves open.

A solution tells which kinds of events there are and in which stretch of time they lie, but not which of them comes
first within a stretch, nor which of their values are the same. So the contact that is read from it may earn something
else than the solution says. Each change is tried on the interpreter, and kept where fewer rules are mistaken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from leadline_compiler.analysis.fits import admits, fits
from leadline_compiler.analysis.sets import Constraint, Key, Ranges
from leadline_compiler.analysis.space import AT, Column, Space
from leadline_compiler.analysis.witness import value_within
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.numbers import LARGEST, MILLION
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.zones import DAY

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis

_MOST_TRIED = 300
"""Contacts that are tried for one draft."""
_MOST_SCORED = 6_000
"""Rules times contacts that are scored for one draft."""
_MOST_DRAFTS = 3
_FEWEST_TRIED = 24
_DAYS = [sign * days * DAY for days in (1, 10, 40) for sign in (1, -1)]
"""How far a moment is moved from another."""
_RECENT = 3
"""Days before the as-of to which events are moved."""
_LARGE = [sign * size for size in (10 * MILLION, 100 * MILLION, 1_000 * MILLION, LARGEST // 5 * 3) for sign in (1, -1)]
"""Numbers that are tried; twice the last is too large for a number."""
MOST_MENDED = 24
"""Events of a contact that is changed."""


class Claims(NamedTuple):
    """What a solution says of a contact: the points of the rules in order, which exits and which stages it meets."""

    points: tuple[int, ...]
    exits: tuple[bool, ...]
    stages: tuple[bool, ...]

    def mistakes(self, outcome: Outcome) -> tuple[int, int]:
        """How many of these the contact does not bear out, and by how many points the rules differ."""
        apart = [abs(said - rule.points) for said, rule in zip(self.points, outcome.rules, strict=True)]
        exits = sum(said is not (index in outcome.exits) for index, said in enumerate(self.exits))
        stages = sum(said is not (index in outcome.stages) for index, said in enumerate(self.stages))
        return sum(map(bool, apart)) + exits + stages, sum(apart)


@dataclass(frozen=True, slots=True)
class Draft:
    """A contact in parts: its values, its events with the columns that they are of, and how both become a contact.

    `meant` says what the solution means of the fields.
    """

    values: Mapping[str, Value]
    events: tuple[tuple[Event, Column], ...]
    meant: Mapping[Key, Constraint]
    build: Callable[[Mapping[str, Value], tuple[Event, ...]], Contact]

    def contact(self) -> Contact:
        return self.build(self.values, tuple(event for event, _ in self.events))

    def with_event(self, index: int, event: Event) -> Draft:
        column = self.events[index][1]
        return replace(self, events=(*self.events[:index], (event, column), *self.events[index + 1 :]))

    def with_value(self, name: str, value: Value) -> Draft:
        return replace(self, values={**self.values, name: value})


def mend(
    analysis: Analysis, drafts: Iterable[Draft], claims: Claims, shows: Callable[[Contact], bool]
) -> Contact | None:
    """A contact near to the best of the drafts that shows it; None where none was found."""
    several = {repr(draft.contact()): draft for draft in drafts}
    mender = _Mender(analysis, claims, shows)
    for draft in sorted(several.values(), key=lambda one: mender.mistakes(one.contact()))[:_MOST_DRAFTS]:
        found = mender.mend(draft)
        if found is not None or analysis.is_spent:
            return found
    return None


class _Mender:
    """Tries what was not tried yet."""

    def __init__(self, analysis: Analysis, claims: Claims, shows: Callable[[Contact], bool]) -> None:
        self._analysis, self._claims, self._shows = analysis, claims, shows
        self._seen = set[str]()
        self._most = min(_MOST_TRIED, max(_FEWEST_TRIED, _MOST_SCORED // (1 + len(analysis.model.rules))))

    def mistakes(self, contact: Contact) -> tuple[int, int]:
        return self._claims.mistakes(self._analysis.outcome(contact))

    def mend(self, draft: Draft) -> Contact | None:
        """Changes one part after the other; beyond its column only where nothing within it helps any more."""
        space, left = self._analysis.space, self._most
        fields = (name for name in space.fields if name != space.schema.identifier)
        # Fields come first: there are fewer ways to change one than to change all the events.
        parts = [*fields, *range(len(draft.events))]
        best, idle, turn = self.mistakes(draft.contact()), 0, 0
        while idle < 2 * len(parts):
            part, turn, idle = parts[turn % len(parts)], turn + 1, idle + 1
            for following in _moves(space, draft, part, idle <= len(parts)):
                contact = following.contact()
                told = repr(contact)
                if told in self._seen:
                    continue
                self._seen.add(told)
                left -= 1
                if left < 0 or self._analysis.is_spent:
                    return None
                if self._shows(contact):
                    return contact
                # Of the same contact, so that it is not scored again.
                mistakes = self.mistakes(contact)
                if mistakes < best:
                    best, draft, idle = mistakes, following, 0
                    break
        return None


def _moves(space: Space, draft: Draft, part: int | str, within: bool) -> Iterator[Draft]:
    """The draft with one part changed: the moment or a property of an event, told by its place, or a field.

    `within`: only to what the solution means.
    """
    if isinstance(part, int):
        event, column = draft.events[part]
        for changed in _other_events(space, draft, event, column):
            if not within or any(fits(changed, cube, space) is not False for cube in column.cubes):
                yield draft.with_event(part, changed)
        return
    constraint, type_ = draft.meant.get(Key("field", part)), space.fields[part]
    for value in _other_values(constraint, type_, draft.values.get(part), _values_beside(draft, part)):
        if not within or constraint is None or admits(constraint, value, type_):
            yield draft.with_value(part, value)


def _other_events(space: Space, draft: Draft, event: Event, column: Column) -> Iterator[Event]:
    for prop in space.events[event.type].properties:
        beside = [other.values.get(prop.name) for other, _ in draft.events if other is not event]
        for cube in column.cubes:
            constraint = cube.get(Key("property", prop.name))
            for value in _other_values(constraint, prop.type, event.values.get(prop.name), beside):
                kept = {name: known for name, known in event.values.items() if name != prop.name}
                yield replace(event, values=kept if value is None else {**kept, prop.name: value})
    recent = range(space.as_of, space.as_of - _RECENT * DAY, -DAY)
    for moment in (*_other_moments(draft, event, column), *recent):
        yield replace(event, at=moment)


def _other_moments(draft: Draft, event: Event, column: Column) -> Iterator[int]:
    """The ends and the middle of the event's time, and around the other events."""
    others = [other.at for other, _ in draft.events if other is not event]
    dates = [value for value in draft.values.values() if isinstance(value, int) and abs(value) > DAY]
    for cube in column.cubes:
        constraint = cube.get(AT)
        for low, high in constraint.spans if isinstance(constraint, Ranges) else ():
            near = (at + step for at in (*others, *dates) for step in (0, 1, -1, *_DAYS))
            for moment in dict.fromkeys((high, low, (low + high) // 2, *near)):
                if low <= moment <= high and moment != event.at:
                    yield moment


def _values_beside(draft: Draft, name: str) -> list[Value]:
    """The values of the other fields, and the moments of the events."""
    return [
        *(value for other, value in draft.values.items() if other != name),
        *(event.at for event, _ in draft.events),
    ]


def _other_values(constraint: Constraint | None, type_: ValueType, value: Value, beside: list[Value]) -> list[Value]:
    """Values that something is likely to hang on: ends, nothing, the same as beside or one more or less."""
    stems = (value, "x") if isinstance(value, str) else ("x",)
    found: list[Value] = [_unlike(beside, str(stem)) for stem in stems] if type_.kind is Kind.TEXT else []
    found += [None if constraint is None else value_within(constraint, type_)]
    found += [None, *(one for one in beside if type(one) is type(value) or value is None)]
    match type_.kind:
        case Kind.NUMBER | Kind.DATE:
            numbers = [one for one in (value, *beside, 0) if isinstance(one, int) and not isinstance(one, bool)]
            steps = (MILLION, -MILLION) if type_.kind is Kind.NUMBER else _DAYS
            found += [one + step for one in numbers for step in (0, 1, -1, *steps)]
            spans = constraint.spans if isinstance(constraint, Ranges) else ()
            found += [end for span in spans for end in span if abs(end) < 10**17]
            if type_.kind is Kind.NUMBER:
                found += _LARGE
        case Kind.YES_NO:
            found += [True, False]
        case Kind.CHOICE:
            found += list(type_.choices)
    fitting = (one for one in dict.fromkeys(found) if one != value and _is_of(type_, one))
    return list(fitting)


def _unlike(beside: list[Value], stem: str) -> str:
    """A text with this beginning unlike all that stand beside."""
    return next(text for number in range(len(beside) + 1) if (text := f"{stem}{number or ''}") not in beside)


def _is_of(type_: ValueType, value: Value) -> bool:
    match type_.kind:
        case Kind.NUMBER | Kind.DATE:
            return value is None or (isinstance(value, int) and not isinstance(value, bool))
        case Kind.YES_NO:
            return value is None or isinstance(value, bool)
        case Kind.CHOICE:
            return value is None or value in type_.choices
        case Kind.TEXT:
            return value is None or isinstance(value, str)
        case _:
            return value is None or isinstance(value, tuple)
