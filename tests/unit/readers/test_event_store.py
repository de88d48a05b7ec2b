"""Events by contact within a bounded memory."""

from __future__ import annotations

import random

from leadline.readers.event_store import RANGE, EventStore


def test_events_that_wait_on_disk_come_back_in_the_order_they_came() -> None:
    contacts = [0, RANGE - 1, RANGE, 3 * RANGE + 5]
    rng = random.Random(3)
    added = [(rng.choice(contacts), (0, moment, "", ("/a", None))) for moment in range(1000)]
    store = EventStore(held=64)
    for contact, event in added:
        store.add(contact, event)
    for contact in contacts:
        assert list(store.events_of(contact)) == [event for owner, event in added if owner == contact]
    store.close()


def test_values_of_every_type_come_back_as_they_were() -> None:
    event = (1, -(10**17), "日本", ("text", -(10**18), True, ("a", "b"), None))
    store = EventStore(held=1)
    store.add(0, event)
    assert list(store.events_of(0)) == [event]
    store.close()


def test_a_contact_without_events_has_none() -> None:
    store = EventStore()
    assert list(store.events_of(0)) == []
    store.close()
