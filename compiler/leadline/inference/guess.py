"""What was found out about data, as a schema that a person will look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadline.readers.columns import Dates
from leadline_compiler.schema import EventType, Field, Property, Schema, ValueType
from leadline_compiler.zones import UTC_ZONE


@dataclass(frozen=True, slots=True)
class Found:
    """The type of a column, and a remark for the person who reads the schema.

    `common` are its most frequent values with their numbers, `middle` the median of the numbers above 0 in
    millionths, `order` how its dates are read where that had to be found out (`dmy`, `mdy`).
    """

    type: ValueType
    remark: str = ""
    common: tuple[tuple[str, int], ...] = ()
    middle: int | None = None
    order: str | None = None


@dataclass(frozen=True, slots=True)
class FieldGuess:
    """A field of the contacts; `heading` is what the data calls it."""

    name: str
    heading: str
    found: Found


@dataclass(frozen=True, slots=True)
class PropertyGuess:
    name: str
    found: Found


@dataclass(frozen=True, slots=True)
class EventGuess:
    """An event; `source` is what the data calls it, `count` how often it was seen."""

    name: str
    source: str
    count: int
    properties: tuple[PropertyGuess, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column or an event that no declaration can stand for, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class SchemaGuess:
    """The schema. `identifier` is the name of the field, `id` where no column would do (`has_identifier`).

    `rows` are the contacts that were looked at, `repeated` those of them whose identifier is another's or empty;
    `passed_over` are the columns whose names promise a better identifier than the one that was taken, and why.
    """

    identifier: str
    has_identifier: bool
    fields: tuple[FieldGuess, ...]
    events: tuple[EventGuess, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    left_out_events: tuple[LeftOut, ...] = ()
    rows: int = 0
    repeated: int = 0
    passed_over: tuple[LeftOut, ...] = ()
    dates: Dates = field(default_factory=dict)

    @property
    def schema(self) -> Schema:
        """The guess as the readers take it."""
        fields = tuple(Field(guess.name, guess.found.type, source_of(guess)) for guess in self.fields)
        events = tuple(
            EventType(
                event.name,
                tuple(Property(prop.name, prop.found.type) for prop in event.properties),
                event.source if event.source != event.name else None,
            )
            for event in self.events
        )
        return Schema(UTC_ZONE, self.identifier, fields, events)


def source_of(guess: FieldGuess) -> str | None:
    """What stands after `from`; None where the field's own name does."""
    return guess.heading if guess.heading != guess.name else None


def date_orders(found: Mapping[str, Found]) -> Dates:
    """The orders of dates by heading, so that rows taken alone are read as the whole column is."""
    return {heading: item.order for heading, item in found.items() if item.order is not None}
