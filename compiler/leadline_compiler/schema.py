"""What the data looks like: fields of contacts, events and their properties, and the types of values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leadline_compiler.zones import Zone


class Kind(StrEnum):
    """The kinds of values. CHOICE is `one of …`: a text out of a closed list."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes/no"
    DATE = "date"
    CHOICE = "one of"
    LIST = "list of text"


@dataclass(frozen=True, slots=True)
class ValueType:
    """A kind, and for CHOICE the listed values as written (they compare folded)."""

    kind: Kind
    choices: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether values compare as texts."""
        return self.kind in (Kind.TEXT, Kind.CHOICE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the contacts. `heading` names its column or key in the data (None: its own name)."""

    name: str
    type: ValueType
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    type: ValueType


@dataclass(frozen=True, slots=True)
class EventType:
    """A declared event. `source_name` is what the data calls it (None: its own name)."""

    name: str
    properties: tuple[Property, ...] = ()
    source_name: str | None = None

    def property_named(self, name: str) -> Property | None:
        return next((prop for prop in self.properties if prop.name == name), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """All that a reader of data needs to know of a model.

    `identifier` is the name of the field that identifies a contact; it is `id`, and may be undeclared, where
    the model names none.
    """

    zone: Zone
    identifier: str
    fields: tuple[Field, ...]
    events: tuple[EventType, ...]
