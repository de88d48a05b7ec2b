"""Numbers of a way made as small as will do: the search names any that is large enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from leadline_compiler.contacts import Contact, Value
from leadline_compiler.model import Model
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind
from leadline_compiler.ways.way import Start

Shows = Callable[[Contact], bool]


def with_small_numbers(model: Model, start: Start, contact: Contact, shows: Shows) -> Contact:
    """The contact with its new numbers nearer to 0, in whole steps, while it still shows it."""
    fields = {field.name for field in model.schema.fields if field.type.kind is Kind.NUMBER}
    for name in list(contact.values):
        if name in fields and contact.values[name] != start.contact.values.get(name):
            contact = _least(
                contact, contact.values[name], lambda one, to, name=name: _with_field(one, name, to), shows
            )
    numbers = {
        (event.name, prop.name)
        for event in model.schema.events
        for prop in event.properties
        if prop.type.kind is Kind.NUMBER
    }
    for index in range(len(start.contact.events), len(contact.events)):
        event = contact.events[index]
        for name in event.values:
            if (event.type, name) in numbers:
                contact = _least(
                    contact,
                    event.values[name],
                    lambda one, to, at=index, name=name: _with_property(one, at, name, to),
                    shows,
                )
    return contact


def _least(contact: Contact, value: Value, change: Callable[..., Contact], shows: Shows) -> Contact:
    """The contact with the value that is nearest to 0, found by halving; it is taken to be enough from there on."""
    if not isinstance(value, int) or abs(value) <= MILLION:
        return contact
    sign, low, high = (1 if value > 0 else -1), -1, -(-abs(value) // MILLION)
    best = contact
    while high - low > 1:
        middle = (low + high) // 2
        tried = change(contact, sign * middle * MILLION)
        if shows(tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _with_field(contact: Contact, name: str, value: int) -> Contact:
    return replace(contact, values={**contact.values, name: value})


def _with_property(contact: Contact, index: int, name: str, value: int) -> Contact:
    event = contact.events[index]
    changed = replace(event, values={**event.values, name: value})
    return replace(contact, events=(*contact.events[:index], changed, *contact.events[index + 1 :]))
