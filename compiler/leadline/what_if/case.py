"""A contact as it might be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadline_compiler.contacts import Contact, Event
from leadline_compiler.schema import Schema
from leadline_compiler.values import newest_first


@dataclass(frozen=True, slots=True)
class Case:
    """A contact as of an instant (microseconds), after `changes`, which are as they were typed."""

    contact: Contact
    as_of: int
    changes: tuple[str, ...] = ()


def case_of(contact: Contact, as_of: int) -> Case:
    """The contact as it is."""
    return Case(contact, as_of)


def events_of(contact: Contact) -> tuple[Event, ...]:
    """The contact's events in the order in which changes number them, from 1: the newest first."""
    return tuple(newest_first(contact.events, ()))


def replay(case: Case, changes: Iterable[str], schema: Schema) -> Case:
    """The case after more changes; those that do not fit it are left out, as after a change of the rules."""
    from leadline.what_if.change import ChangeError, change_case

    for change in changes:
        try:
            case = change_case(case, change, schema)
        except ChangeError:
            continue
    return case
