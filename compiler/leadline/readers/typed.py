"""Contacts that have been read already, as the scorer takes them: every value is of its field's type by now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.plan import Plan
from leadline_compiler.schema import Schema
from leadline_compiler.scorer import ContactLayout, EventLayout, Key, PlanScorer, RawEvent, Score


def build_contact_scorer(plan: Plan) -> Callable[[Contact, int], Score]:
    """`score(contact, as_of)` by a plan, for contacts as the readers give them."""
    scorer = PlanScorer(plan, TypedReading(plan.schema))
    return lambda contact, as_of: scorer.score_raw(_as_mapping(contact), as_of)


def _as_mapping(contact: Contact) -> dict[str, Any]:
    # Names have a space before them, so that none is taken for one of the keys beside them.
    found: dict[str, Any] = {f" {name}": value for name, value in contact.values.items()}
    found["id"] = contact.id
    found["events"] = [
        {"event": event.type, "at": event.at, **{f" {name}": value for name, value in event.values.items()}}
        for event in contact.events
    ]
    return found


class TypedReading:
    """Keys as `_as_mapping` writes them, and values that stay as they are."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._kinds = {event.name: index for index, event in enumerate(schema.events)}
        self.usual_layout = self._layout(frozenset(f" {field.name}" for field in schema.fields))

    def _layout(self, keys: frozenset[Any]) -> ContactLayout:
        names = [f" {field.name}" for field in self._schema.fields]
        return ContactLayout("id", "events", tuple(Key(name, _same) if name in keys else None for name in names))

    def contact_layout(self, keys: tuple[Any, ...], *, is_flat: bool) -> ContactLayout | None:
        return self._layout(frozenset(keys))

    def event_layout(self, keys: tuple[Any, ...]) -> EventLayout | None:
        here = frozenset(keys)
        properties = tuple(
            tuple(Key(f" {prop.name}", _same) if f" {prop.name}" in here else None for prop in event.properties)
            for event in self._schema.events
        )
        return EventLayout("event", Key("at", _same), None, properties)

    def kind(self, name: str) -> int | None:
        return self._kinds.get(name)

    def reshape(self, raw: Mapping[Any, Any]) -> dict[str, Any] | None:
        return dict(raw)

    def read_event(self, raw: Any, as_of: int) -> RawEvent | None:
        kind = self._kinds[raw["event"]]
        properties = self._schema.events[kind].properties
        return kind, raw["at"], "", tuple(raw.get(f" {prop.name}") for prop in properties)

    def read_id(self, raw: Any) -> str:
        found: str = raw
        return found

    def convert(self, raw: Mapping[str, Any], as_of: int) -> Contact:
        values = {name[1:]: value for name, value in raw.items() if name.startswith(" ")}
        return Contact(raw["id"], values, tuple(map(self._event, raw["events"])))

    def _event(self, raw: Mapping[str, Any]) -> Event:
        return Event(raw["event"], raw["at"], {name[1:]: value for name, value in raw.items() if name.startswith(" ")})


def _same(raw: Any) -> Value:
    found: Value = raw
    return found
