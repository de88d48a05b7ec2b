"""How events are read from the data under given keys, and which row of worths each belongs to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import NoneType
from typing import Any

from leadline_compiler.contacts import Event, Value
from leadline_compiler.schema import Kind, Property
from leadline_compiler.scorer.kinds import EventKind
from leadline_compiler.scorer.notes import limit_key
from leadline_compiler.scorer.reading import EventLayout, Key, Reader
from leadline_compiler.scorer.sieve import Slots
from leadline_compiler.scorer.worths import Bands, Row
from leadline_compiler.values import BAD

_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 64

_TEXTS: frozenset[type] = frozenset({str, NoneType})
_NUMBERS: frozenset[type] = frozenset({int, float, str, NoneType})
_FLAGS: frozenset[type] = frozenset({bool, int, float, str, NoneType})
USUAL: dict[Kind, frozenset[type]] = {
    Kind.TEXT: _TEXTS,
    Kind.CHOICE: _TEXTS,
    Kind.DATE: _TEXTS,
    Kind.NUMBER: _NUMBERS,
    Kind.YES_NO: _FLAGS,
    Kind.LIST: frozenset({NoneType}),
}
"""The types of raw values of a kind that one memory can hold: those that are equal, as 1 and 1.0, mean the same."""


class Classes:
    """The class of a property's raw value: the tests that it passes. `memory` has it for values of usual types."""

    def __init__(self, kind: EventKind, prop: Property, read: Reader) -> None:
        self._kind = kind
        self._name = prop.name
        self._others: dict[Any, Slots] = {}
        self.memory: dict[Any, Slots] = {}
        self.read = read
        self.usual = USUAL[prop.type.kind]

    def find(self, raw: Any) -> Slots:
        """The class of a raw value of any type."""
        if type(raw) in self.usual:
            return self._recall(self.memory, raw, raw)
        return self._recall(self._others, (type(raw), raw), raw) if isinstance(raw, int | float) else self._make(raw)

    def _recall(self, memory: dict[Any, Slots], key: Any, raw: Any) -> Slots:
        slots = memory.get(key)
        if slots is None:
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

    def __init__(self, kind: EventKind, bands: Bands, layout: EventLayout, keys: tuple[str, ...]) -> None:
        self.kind = kind
        self.bands = bands
        self.layout = layout
        self.read_at: Reader = _unread if layout.at is None else layout.at.read
        named = zip(kind.declared.properties, layout.properties[kind.number], strict=True)
        self._keys: dict[str, Key] = {prop.name: key for prop, key in named if key is not None}
        self.limits: dict[str, tuple[str, dict[str, Hashable]]] = {
            name: (key.key, {}) for name, key in self._keys.items()
        }
        """By property its key, and what texts under it count as for a limit per value, with the property."""
        parts = [(prop, self._keys.get(prop.name)) for prop in kind.read]
        self.classes = [None if key is None else (key.key, Classes(kind, prop, key.read)) for prop, key in parts]
        self._absent = [kind.classify(prop.name, None) for prop in kind.read] if kind.is_classed else []
        self.plain = PlainKeys.of(self, keys)

    def row(self, raw: Any) -> Row:
        """The row that an event belongs to."""
        if not self.kind.is_classed:
            return self.bands.row(self.kind.passed(self._values(raw)))
        pairs = zip(self.classes, self._absent, strict=True)
        slots = tuple([absent if part is None else part[1].find(raw[part[0]]) for part, absent in pairs])
        row = self.bands.row(self.kind.sieve.find(slots))
        if self.plain is not None:
            self.plain.remember(raw, slots, row)
        return row

    def event(self, raw: Any, at: int) -> Event:
        """The event at a moment."""
        return Event(self.kind.declared.name, at, self._values(raw))

    def key(self, raw: Any, name: str) -> Hashable:
        """A property, and what its value counts as for a limit per value."""
        key = self._keys.get(name)
        if key is None:
            return name, None
        value = raw[key.key]
        found = name, limit_key(known(key.read(value)))
        if type(value) is str and len(value) <= _LONGEST_REMEMBERED:
            memory = self.limits[name][1]
            if len(memory) >= _MOST_REMEMBERED:
                memory.clear()
            memory[value] = found
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
        self.limits: dict[str, tuple[str, dict[str, Hashable]]] = {}
        self.read_at: Reader = _unread

    def row(self, values: Mapping[str, Value]) -> Row:
        """The row that an event belongs to."""
        return self._bands.row(self._kind.passed(values))

    def event(self, raw: Any, at: int) -> Event:
        """The event at a moment."""
        return Event(self._kind.declared.name, at, raw)

    def key(self, raw: Any, name: str) -> Hashable:
        """A property, and what its value counts as for a limit per value."""
        return name, limit_key(raw.get(name))


class PlainKeys:
    """Where events of a kind under certain keys have what counts, so that few steps tell that they have these keys.

    An event has just these keys if it has as many, and those that are looked up, and all `spares`. `touched` is one
    that is looked up for this alone, None if there is none. `first` is the key of a property, or else that of the kind;
    `rows` has by its value what the events of the row are worth by band, None where that is nothing ever. Where another
    property is read, too, `second` is its key, and in that place are the same by its class, which `classes` has for
    values of usual types. Where events have ids, none is passed over, as another may have the same id.
    """

    def __init__(self, shape: Shape, keys: tuple[str, ...], at: str) -> None:
        layout = shape.layout
        texts = [place for place, prop in enumerate(shape.kind.read) if USUAL[prop.type.kind] is _TEXTS]
        self._places = [*texts[:1], *(place for place in range(len(shape.classes)) if place not in texts[:1])]
        named = [part for place in self._places if (part := shape.classes[place]) is not None]
        self._has_text = bool(texts)
        others = named[1:] if texts else named
        self.size = len(keys)
        looked_up = {layout.event, at, layout.id, *(key for key, _ in named)}
        spares = sorted(set(keys) - looked_up)
        self.touched = spares[0] if spares else layout.id
        self.spares = frozenset(spares[1:])
        self.id = layout.id
        self.at = at
        self.first = named[0][0] if texts else layout.event
        self.second = others[0][0] if others else None
        self.classes = dict.fromkeys(others[0][1].usual, others[0][1].memory) if others else {}
        self.rows: dict[Any, Any] = {}
        self._left = _MOST_REMEMBERED

    @staticmethod
    def of(shape: Shape, keys: tuple[str, ...]) -> PlainKeys | None:
        """The plain keys of a shape; None where they would not do."""
        at, parts = shape.layout.at, shape.classes
        if at is None or len(set(keys)) < len(keys) or not shape.kind.is_classed or None in parts or len(parts) > 2:
            return None
        texts = sum(USUAL[prop.type.kind] is _TEXTS for prop in shape.kind.read)
        return PlainKeys(shape, keys, at.key) if len(parts) < 2 or texts else None

    def remember(self, raw: Any, slots: tuple[Slots, ...], row: Row) -> None:
        """Remembers the row of an event with these classes of the properties read, where its text is short."""
        text = raw[self.first]
        if text is not None and not (type(text) is str and len(text) <= _LONGEST_REMEMBERED):
            return
        if self._left <= 0:
            self.rows.clear()
            self._left = _MOST_REMEMBERED
        self._left -= 1
        worths = row.worths if self.spares or self.id is not None else row.plain
        if self.second is None:
            self.rows[text] = worths
        else:
            self.rows.setdefault(text, {})[slots[self._places[-1]]] = worths
