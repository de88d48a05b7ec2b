"""How events are read from the data under given keys, and which row of worths each belongs to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from leadline_compiler.contacts import Event, Value
from leadline_compiler.schema import Kind, Property
from leadline_compiler.scorer.gathered import limit_key
from leadline_compiler.scorer.kinds import EventKind
from leadline_compiler.scorer.reading import EventLayout, Key, Reader
from leadline_compiler.scorer.sieve import Slots
from leadline_compiler.scorer.worths import Bands, Row
from leadline_compiler.values import BAD

_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 64

USUAL: dict[Kind, type] = {
    Kind.TEXT: str,
    Kind.CHOICE: str,
    Kind.DATE: str,
    Kind.NUMBER: int,
    Kind.YES_NO: bool,
    Kind.LIST: object,
}
"""The type that JSON has most for a kind; for lists, which are no keys of a memory, one that is never met."""


class Classes(dict[Any, Slots]):
    """The class of a property's raw value: the tests that it passes. It remembers values of the usual type."""

    __slots__ = ("_kind", "_name", "_others", "read", "usual")

    def __init__(self, kind: EventKind, prop: Property, read: Reader) -> None:
        super().__init__()
        self._kind = kind
        self._name = prop.name
        self._others: dict[Any, Slots] = {}
        self.read = read
        self.usual = USUAL[prop.type.kind]

    def __missing__(self, raw: Any) -> Slots:
        if type(raw) is not self.usual and raw is not None:
            return self.find(raw)
        return self._remember(self, raw, raw)

    def find(self, raw: Any) -> Slots:
        """The class of a raw value of any type."""
        if not isinstance(raw, str | int | float):
            return self[None] if raw is None else self._make(raw)
        key = type(raw), raw
        found = self._others.get(key)
        return self._remember(self._others, key, raw) if found is None else found

    def _remember(self, memory: dict[Any, Slots], key: Any, raw: Any) -> Slots:
        slots = self._make(raw)
        if type(raw) is not str or len(raw) <= _LONGEST_REMEMBERED:
            if len(memory) >= _MOST_REMEMBERED:
                memory.clear()
            memory[key] = slots
        return slots

    def _make(self, raw: Any) -> Slots:
        return self._kind.classify(self._name, known(self.read(raw)))


def known(value: Any) -> Value:
    """A value as read, a bad one as missing."""
    found: Value = None if value is BAD else value
    return found


class Shape:
    """Events of one kind under one set of keys."""

    def __init__(self, kind: EventKind, bands: Bands, layout: EventLayout) -> None:
        self.kind = kind
        self.bands = bands
        self.layout = layout
        self.read_at: Reader = _unread if layout.at is None else layout.at.read
        keys = zip(kind.declared.properties, layout.properties[kind.number], strict=True)
        self._keys: dict[str, Key] = {prop.name: key for prop, key in keys if key is not None}
        self._limit_keys: dict[str, dict[str, Hashable]] = {name: {} for name in self._keys}
        self.parts = [(prop, self._keys.get(prop.name)) for prop in kind.read]
        self._classes = [None if key is None else (key.key, Classes(kind, prop, key.read)) for prop, key in self.parts]
        self._absent = [kind.classify(prop.name, None) for prop in kind.read] if kind.is_classed else []

    def row(self, raw: Any) -> Row:
        """The row that an event belongs to."""
        if not self.kind.is_classed:
            return self.bands.row(self.kind.passed(self._values(raw)))
        pairs = zip(self._classes, self._absent, strict=True)
        return self.row_of(tuple([absent if part is None else part[1].find(raw[part[0]]) for part, absent in pairs]))

    def row_of(self, slots: tuple[Slots, ...]) -> Row:
        """The row of events with these classes of the properties read."""
        return self.bands.row(self.kind.sieve.find(slots))

    def classes_of(self, place: int) -> Classes:
        """The classes of a property that is read, by its place among them; it has a key."""
        part = self._classes[place]
        assert part is not None
        return part[1]

    def event(self, raw: Any, at: int) -> Event:
        """The event at a moment."""
        return Event(self.kind.declared.name, at, self._values(raw))

    def key(self, raw: Any, name: str) -> Hashable:
        """What a property's value counts as for a limit per value."""
        key = self._keys.get(name)
        if key is None:
            return None
        value = raw[key.key]
        if type(value) is not str or len(value) > _LONGEST_REMEMBERED:
            return limit_key(known(key.read(value)))
        memory = self._limit_keys[name]
        found = memory.get(value)
        if found is None:
            if len(memory) >= _MOST_REMEMBERED:
                memory.clear()
            found = memory[value] = limit_key(known(key.read(value)))
        return found

    def _values(self, raw: Any) -> dict[str, Value]:
        return {name: known(key.read(raw[key.key])) for name, key in self._keys.items()}


def _unread(raw: Any) -> None:
    """Reads the time of events that have none."""


class ReadShape:
    """Events of one kind that were read one by one: in the place of the raw event stand its values."""

    def __init__(self, kind: EventKind, bands: Bands) -> None:
        self._kind = kind
        self._bands = bands

    def row(self, values: Mapping[str, Value]) -> Row:
        """The row that an event belongs to."""
        return self._bands.row(self._kind.passed(values))

    def event(self, raw: Any, at: int) -> Event:
        """The event at a moment."""
        return Event(self._kind.declared.name, at, raw)

    def key(self, raw: Any, name: str) -> Hashable:
        """What a property's value counts as for a limit per value."""
        return limit_key(raw.get(name))


class Rows(dict[Any, Row]):
    """The rows of events of which at most two properties are read: by the first, or by that and the second's class."""

    __slots__ = ("_first", "_has_second", "_is_turned", "_shape")

    def __init__(self, shape: Shape, first: int | None, second: int | None) -> None:
        super().__init__()
        self._shape = shape
        self._first = None if first is None else shape.classes_of(first)
        self._has_second = second is not None
        self._is_turned = first is not None and second is not None and first > second

    def __missing__(self, key: Any) -> Row:
        raw, *others = key if self._has_second else (key,)
        slots = others if self._first is None else [self._first.find(raw), *others]
        row = self._shape.row_of(tuple(slots[::-1] if self._is_turned else slots))
        if raw is None or (type(raw) is str and len(raw) <= _LONGEST_REMEMBERED):
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[key] = row
        return row


class PlainKeys(NamedTuple):
    """Where events of a kind under certain keys have what counts, so that few steps tell that they have these keys.

    An event has just these keys if it has as many, and those that are looked up, and all `spares`. `touched` is one
    that is looked up for this alone. `first` is the key of a text, or else of the kind; `second` that of another
    property, with its classes.
    """

    size: int
    spares: frozenset[str] | None
    touched: str
    id: str | None
    at: str
    first: str
    second: str | None
    rows: Rows
    classes: Classes | None


def plain_keys(shape: Shape, keys: tuple[str, ...]) -> PlainKeys | None:
    """The plain keys of a shape; None where more than two properties are read, or one that has no key."""
    kind, layout = shape.kind, shape.layout
    if not kind.is_classed or layout.at is None or len(shape.parts) > 2 or any(key is None for _, key in shape.parts):
        return None
    texts = [place for place, (prop, _) in enumerate(shape.parts) if USUAL[prop.type.kind] is str]
    others = [place for place in range(len(shape.parts)) if place not in texts[:1]]
    if len(others) > 1:
        return None
    first, second = texts[0] if texts else None, others[0] if others else None
    named = [None if place is None else shape.parts[place][1] for place in (first, second)]
    looked_up = {layout.event, layout.at.key, layout.id, *(key.key for key in named if key is not None)}
    touched, *spares = sorted(set(keys) - looked_up) or (layout.event,)
    return PlainKeys(
        len(keys),
        frozenset(spares) or None,
        touched,
        layout.id,
        layout.at.key,
        layout.event if named[0] is None else named[0].key,
        None if named[1] is None else named[1].key,
        Rows(shape, first, second),
        None if second is None else shape.classes_of(second),
    )
