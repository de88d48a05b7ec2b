"""Contacts that show something are made smaller, at a bounded cost."""

from __future__ import annotations

from leadline_compiler.analysis.confirm import MOST_EVENTS_TRIED, shrink
from leadline_compiler.contacts import Contact, Event


def _contact(events: int) -> Contact:
    happened = tuple(Event("visit", number, {"wanted": number % 10 == 0}) for number in range(events))
    return Contact("a", {"needed": 1, "spare": 2}, happened)


def _shows(contact: Contact) -> bool:
    return "needed" in contact.values and sum(event.values["wanted"] is True for event in contact.events) >= 20


def test_a_contact_loses_every_event_and_value_that_shows_nothing() -> None:
    smallest = shrink(_contact(200), _shows)
    assert len(smallest.events) == 20
    assert set(smallest.values) == {"needed"}


def test_a_contact_of_very_many_events_is_not_tried_without_end() -> None:
    tried = 0

    def shows(contact: Contact) -> bool:
        nonlocal tried
        tried += len(contact.events)
        return len(contact.events) == 5000

    assert len(shrink(_contact(5000), shows).events) == 5000
    assert tried <= MOST_EVENTS_TRIED


def test_of_many_events_that_are_alike_the_oldest_and_the_newest_are_left_out() -> None:
    alike = tuple(Event("visit", number, {}) for number in range(300))
    wanted = set(range(33, 234))

    def shows(contact: Contact) -> bool:
        return wanted <= {event.at for event in contact.events}

    smallest = shrink(Contact("a", {}, alike), shows)
    assert {event.at for event in smallest.events} == wanted
