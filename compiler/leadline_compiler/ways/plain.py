"""The new values of a way made plain: the search names any that will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from leadline_compiler.contacts import Contact, Value
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.ways.way import Start
from leadline_compiler.zones import DAY, EARLIEST, Zone

Shows = Callable[[Contact], bool]
_Put: TypeAlias = Callable[[Contact, Value], Contact]
"""A contact with another value in one place."""


def with_plain_values(model: Model, as_of: int, start: Start, contact: Contact, shows: Shows) -> Contact:
    """The contact with plain new values, while it still shows it: numbers nearer to 0 in whole steps, lists of as few
    texts as will do, dates without a time of day, of listed values the first that the fewest rules ask for."""

    def rules(other: Contact) -> int:
        return sum(rule.points != 0 for rule in interpret(model, other, as_of).rules)

    for type_, value, put in _new_values(model, start, contact):
        match value:
            case bool():
                pass
            case int() if type_.kind is Kind.NUMBER:
                contact = _least(contact, value, put, shows)
            case int() if type_.kind is Kind.DATE:
                contact = _whole_day(contact, (as_of, value, value + DAY), put, shows, model.zone)
            case tuple():
                contact = _shortest(contact, value, put, shows)
            case str() if type_.kind is Kind.CHOICE:
                others = (put(contact, choice) for choice in type_.choices)
                contact = min((one for one in others if shows(one)), key=rules, default=contact)
    return contact


def _new_values(model: Model, start: Start, contact: Contact) -> Iterator[tuple[ValueType, Value, _Put]]:
    """The values that the start has not, each with its type and how its place is given another."""
    for field in model.schema.fields:
        value = contact.values.get(field.name)
        if value is not None and value != start.contact.values.get(field.name):
            yield field.type, value, lambda one, to, name=field.name: _with_field(one, name, to)  # type: ignore[misc]
    types = {(event.name, prop.name): prop.type for event in model.schema.events for prop in event.properties}
    for index in range(len(start.contact.events), len(contact.events)):
        event = contact.events[index]
        for name, value in event.values.items():
            if (event.type, name) in types:
                yield (
                    types[event.type, name],
                    value,
                    lambda one, to, at=index, name=name: _with_property(one, at, name, to),  # type: ignore[misc]
                )


def _least(contact: Contact, value: int, put: _Put, shows: Shows) -> Contact:
    """The contact with the value that is nearest to 0, found by halving; it is taken to be enough from there on."""
    if abs(value) <= MILLION:
        return contact
    sign, low, high = (1 if value > 0 else -1), -1, -(-abs(value) // MILLION)
    best = contact
    while high - low > 1:
        middle = (low + high) // 2
        tried = put(contact, sign * middle * MILLION)
        if shows(tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _whole_day(contact: Contact, moments: tuple[int, ...], put: _Put, shows: Shows, zone: Zone) -> Contact:
    """The contact with the first of the days of some moments that does as well, where it begins."""
    tried = (put(contact, max(EARLIEST, zone.midnight(zone.day(moment)))) for moment in moments)
    return next((one for one in tried if shows(one)), contact)


def _shortest(contact: Contact, items: tuple[str, ...], put: _Put, shows: Shows) -> Contact:
    """The contact without the texts of a list that can be left out."""
    for item in items:
        fewer = tuple(one for one in items if one != item)
        tried = put(contact, fewer)
        if fewer and shows(tried):
            contact, items = tried, fewer
    return contact


def _with_field(contact: Contact, name: str, value: Value) -> Contact:
    return replace(contact, values={**contact.values, name: value})


def _with_property(contact: Contact, index: int, name: str, value: Value) -> Contact:
    event = contact.events[index]
    changed = replace(event, values={**event.values, name: value})
    return replace(contact, events=(*contact.events[:index], changed, *contact.events[index + 1 :]))
