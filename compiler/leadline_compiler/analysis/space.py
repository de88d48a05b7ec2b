"""The attributes of a model's contacts: what may be known of a contact, and the sets of events that are counted.

A space depends on the schema, the ignored events, the letters of the grades and the as-of, and on no rule. It
numbers what it meets and remembers what it worked out, so that a changed rule costs one rule.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from leadline_compiler import model as m
from leadline_compiler.analysis.formulas import Cube, Formula
from leadline_compiler.analysis.sets import Constraint, Key
from leadline_compiler.conditions import Amount, Condition, FieldAmount, Occurrence
from leadline_compiler.schema import EventType, Schema, ValueType
from leadline_compiler.zones import EARLIEST


class Loose(NamedTuple):
    """A window that hangs on a moment of the contact's, mostly a field: it lets through what is after it, or before."""

    moment: Amount
    after: bool

    @property
    def field(self) -> str | None:
        return self.moment.name if isinstance(self.moment, FieldAmount) else None


class EventSet(NamedTuple):
    """Events of some types that pass `where`, between two moments.

    `loose` are windows that hang on a moment of the contact's; `known` narrows a property to what a constraint means,
    or to any value at all where that is None.
    """

    types: tuple[str, ...]
    where: Condition | None
    first: int
    last: int
    loose: tuple[Loose, ...] = ()
    known: tuple[str, Constraint | None] | None = None


class Column(NamedTuple):
    """A kind of event as far as some sets can tell: bit i of `mask` says that it is in set i.

    `cubes` describe it, the surest first: those that hang on nothing unknown.
    """

    mask: int
    type: str
    cubes: tuple[Cube, ...]


AT = Key("at")
EVENTS = Key("events")


@dataclass(slots=True)
class Space:
    """See the module. `sees_too_much`: an `ignore` too large to look into is left out, so that events are seen here
    which the scorer does not see. Whatever is impossible with them is so without them.
    """

    schema: Schema
    ignored: tuple[Occurrence, ...]
    sees_too_much: bool
    grades: tuple[m.Grade, ...]
    as_of: int
    fields: dict[str, ValueType] = field(default_factory=dict)
    events: dict[str, EventType] = field(default_factory=dict)
    event_sets: list[EventSet] = field(default_factory=list)
    memo: dict[Hashable, Any] = field(default_factory=dict)
    _numbers: dict[Hashable, int] = field(default_factory=dict)
    _things: list[Any] = field(default_factory=list)
    _set_numbers: dict[EventSet, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = {field.name: field.type for field in self.schema.fields}
        self.events = {event.name: event for event in self.schema.events}

    def key_of(self, kind: str, what: Hashable) -> Key:
        """The attribute for something that nothing more is known of: the same for the same thing."""
        number = self._numbers.setdefault((kind, what), len(self._things))
        if number == len(self._things):
            self._things.append(what)
        return Key(kind, number)

    def what(self, key: Key) -> Any:
        """What an attribute stands for that nothing more is known of."""
        assert isinstance(key.name, int)
        return self._things[key.name]

    def number_of(self, events: EventSet) -> int:
        """The number of a set of events: the same for the same set."""
        number = self._set_numbers.get(events)
        if number is None:
            number = self._set_numbers[events] = len(self.event_sets)
            self.event_sets.append(events)
        return number

    @property
    def moments(self) -> tuple[int, int]:
        """The first and the last moment that an event that is seen may have."""
        return EARLIEST, self.as_of


class Scope(NamedTuple):
    """Where a condition stands: at the contact, or at an event of a type inside of a `where`."""

    space: Space
    event: EventType | None = None

    def type_of(self, name: str, declared: ValueType) -> ValueType:
        """The type of a field, or of the property as this event declares it."""
        if self.event is None:
            return declared
        prop = self.event.property_named(name)
        return declared if prop is None else prop.type

    def key(self, name: str) -> Key:
        return Key("field" if self.event is None else "property", name)


class Formulas(NamedTuple):
    """A condition as a formula, and its cubes with those of its negation; None where there are too many."""

    formula: Formula
    holds: tuple[Cube, ...] | None
    fails: tuple[Cube, ...] | None
