"""The contacts that rules are tried on, as the model of the moment reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadline.completion import ValuesSeen
    from leadline.readers import Contact, DataReport, Schema


MOST_CONTACTS = 10_000
_MOST_SEEN = 50
_MILLION = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where contacts come from: files, or objects in memory. `as_of` is the day or the time that the user named, as
    written; `now` is the instant (in microseconds) where nobody names one."""

    contacts: str | None = None
    events: str | None = None
    records: tuple[Mapping[str, Any], ...] = ()
    as_of: str | None = None
    now: int = 0
    reading: int = 0
    """Grows each time that the data are to be read anew."""

    def read_anew(self) -> Sources:
        """The same sources, whose data are read again."""
        return replace(self, reading=self.reading + 1)

    @property
    def is_empty(self) -> bool:
        return self.contacts is None and not self.records

    def instant(self, schema: Schema) -> int | None:
        """The instant that the user named, in the zone of the model."""
        from leadline.times import parse_instant

        return None if self.as_of is None else parse_instant(self.as_of, schema.zone)


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts as a schema reads them. `raw` are the same as a scorer takes them, in the same order."""

    schema: Schema
    typed: tuple[Contact, ...]
    raw: tuple[Mapping[str, Any], ...]
    as_of: int
    seen: ValuesSeen
    report: DataReport = field(repr=False)
    is_cut: bool = False


def load_contacts(schema: Schema, sources: Sources) -> Contacts:
    """Reads contacts, at most 10,000 of them. Raises leadline.readers.DataError for what cannot be read at all."""
    from leadline.readers import read_contacts

    if sources.contacts is None:
        return _from_records(schema, sources)
    found: list[Contact] = []
    is_cut = False
    with read_contacts(
        schema, sources.contacts, sources.events, as_of=sources.instant(schema), default_as_of=sources.now
    ) as stream:
        for contact in stream:
            if len(found) == MOST_CONTACTS:
                is_cut = True
                break
            found.append(contact)
        report = stream.report
        as_of = stream.as_of if stream.as_of is not None else sources.now
    return _made(schema, found, as_of, report, is_cut)


def _from_records(schema: Schema, sources: Sources) -> Contacts:
    from leadline.readers import ContactConverter

    named = sources.instant(schema)
    as_of = sources.now if named is None else named
    converter = ContactConverter(schema, as_of=as_of)
    return _made(schema, [converter.convert(record)[0] for record in sources.records], as_of, converter.report(), False)


def _made(schema: Schema, found: Iterable[Contact], as_of: int, report: DataReport, is_cut: bool) -> Contacts:
    typed = tuple(found)
    raw = RawForm(schema)
    return Contacts(schema, typed, tuple(map(raw.write, typed)), as_of, _values_seen(schema, typed), report, is_cut)


class RawForm:
    """Writes contacts as data has them: a scorer that is made for data is the quickest."""

    def __init__(self, schema: Schema) -> None:
        self._identifier = schema.identifier
        self._numbers = {item.name for item in schema.fields if item.type.kind == "number"}
        self._properties = {
            event.name: {prop.name for prop in event.properties if prop.type.kind == "number"}
            for event in schema.events
        }

    def write(self, contact: Contact) -> Mapping[str, Any]:
        values = _with_numbers(contact.values, self._numbers)
        events = [
            {
                **_with_numbers(event.values, self._properties.get(event.type, set())),
                "event": event.type,
                "at": _EPOCH + timedelta(microseconds=event.at),
            }
            for event in contact.events
        ]
        return {**values, self._identifier: contact.id, "events": events}


def _with_numbers(values: Mapping[str, Any], numbers: set[str]) -> dict[str, Any]:
    """Values with numbers as people write them, instead of whole millionths."""
    return {name: _written(value, name in numbers) for name, value in values.items()}


def _written(value: Any, is_number: bool) -> Any:
    if is_number and value is not None:
        whole, rest = divmod(value, _MILLION)
        return whole if rest == 0 else str(Decimal(value) / _MILLION)
    return list(value) if isinstance(value, tuple) else value


def _values_seen(schema: Schema, contacts: Iterable[Contact]) -> ValuesSeen:
    """The texts that the data has, for proposals."""
    fields: dict[str, Counter[str]] = {item.name: Counter() for item in schema.fields if item.type.is_text}
    properties: dict[tuple[str, str], Counter[str]] = {
        (event.name, prop.name): Counter() for event in schema.events for prop in event.properties if prop.type.is_text
    }
    for contact in contacts:
        for name, counter in fields.items():
            _count(counter, contact.values.get(name))
        for event in contact.events:
            for name, value in event.values.items():
                if (event.type, name) in properties:
                    _count(properties[event.type, name], value)
    from leadline.completion import ValuesSeen

    return ValuesSeen(
        {name: _most_frequent(counter) for name, counter in fields.items()},
        {key: _most_frequent(counter) for key, counter in properties.items()},
    )


def _count(counter: Counter[str], value: object) -> None:
    if isinstance(value, str):
        counter[value] += 1


def _most_frequent(counter: Counter[str]) -> tuple[str, ...]:
    return tuple(text for text, _ in counter.most_common(_MOST_SEEN))
