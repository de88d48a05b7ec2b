"""Contacts that the interpreter confirms, made smaller while it still does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby, islice

from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.space import Space
from leadline_compiler.analysis.witness import contacts_of
from leadline_compiler.contacts import Contact, Value

MOST_CUBES_TRIED = 24
MOST_EVENTS_TRIED = 20_000
"""Events of all the smaller contacts that are tried: one of up to some hundred becomes as small as can be."""

_MANY_EVENTS = 64
_SHORT_STRETCH = 16
"""Events of a contact of many that are left out only where a run of such begins or ends."""

Shows = Callable[[Contact], bool]
"""Whether a contact, as the interpreter sees it, shows what it is to show."""


def find_contact(space: Space, cubes: Iterable[Cube], shows: Shows) -> Contact | None:
    """A contact out of the cubes that shows it, as small as can be; None where none of those tried does."""
    for cube in islice(cubes, MOST_CUBES_TRIED):
        for contact in contacts_of(space, cube):
            if shows(contact):
                return shrink(contact, shows)
    return None


def shrink(contact: Contact, shows: Shows) -> Contact:
    """Leaves out values and events while the contact still shows it, and as long as not too much has been tried."""
    left = MOST_EVENTS_TRIED

    def still_shows(smaller: Contact) -> bool:
        nonlocal left
        left -= len(smaller.events) + 1
        return left > 0 and shows(smaller)

    before = None
    while contact is not before:
        before = contact
        contact = _with_fewer_values(_with_fewer_events(contact, still_shows), still_shows)
    return contact


def _with_fewer_events(contact: Contact, shows: Shows) -> Contact:
    """Leaves out stretches of events, half as long each time round."""
    step = len(contact.events)
    while step:
        if step <= _SHORT_STRETCH and len(contact.events) >= _MANY_EVENTS:
            return _with_shorter_runs(contact, shows)
        start = 0
        while start < len(contact.events):
            smaller = _without_events(contact, start, step)
            if shows(smaller):
                contact = smaller
            else:
                start += step
        step //= 2
    return contact


def _with_shorter_runs(contact: Contact, shows: Shows) -> Contact:
    """Leaves out events at the ends of runs of events that differ in nothing but their time.

    Those between are needed where both ends are: to try each of many events takes long.
    """
    place = 0
    while place < len(contact.events):
        for at_end in (False, True):
            step = _SHORT_STRETCH
            while step and (length := _run_at(contact, place)):
                step = min(step, length)
                smaller = _without_events(contact, place + (length - step) * at_end, step)
                if shows(smaller):
                    contact = smaller
                else:
                    step //= 2
        place += max(1, _run_at(contact, place))
    return contact


def _without_events(contact: Contact, start: int, number: int) -> Contact:
    return replace(contact, events=contact.events[:start] + contact.events[start + number :])


def _run_at(contact: Contact, place: int) -> int:
    """How many events from a place on have the type and the values of the first of them."""
    kinds = ((event.type, event.values) for event in contact.events[place:])
    return next((sum(1 for _ in alike) for _, alike in groupby(kinds)), 0)


def _with_fewer_values(contact: Contact, shows: Shows) -> Contact:
    for name in list(contact.values):
        smaller = replace(contact, values=_without(contact, name))
        if shows(smaller):
            contact = smaller
    return contact


def _without(contact: Contact, name: str) -> dict[str, Value]:
    return {other: value for other, value in contact.values.items() if other != name}
