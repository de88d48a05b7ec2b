"""When a result changes by time alone: at the instant that is told, and at none before."""

from __future__ import annotations

import os
from random import Random
from zoneinfo import ZoneInfo

import pytest

import leadline
from leadline.readers import convert_contact
from leadline.scorer import Scorer
from leadline_compiler.contacts import Contact
from leadline_compiler.due import HORIZON, build_next_change
from leadline_compiler.execute import build_executor
from leadline_compiler.plan import Plan, lower
from leadline_compiler.zones import DAY, HOUR, MINUTE, parse_as_of
from random_models import draw_model

_SEEDS = range(int(os.environ.get("LEADLINE_MODELS", "30")))


def drawn(seed: int) -> tuple[Plan, list[Contact], int]:
    one = draw_model(Random(f"due {seed}"), contacts=2, size=8)
    model = leadline.check(one.text).model
    assert model is not None
    as_of = parse_as_of(one.as_of, model.zone)
    assert as_of is not None
    return lower(model), [convert_contact(model.schema, contact, as_of=as_of)[0] for contact in one.contacts], as_of


def tried(random: Random, contact: Contact, start: int, end: int) -> set[int]:
    """Instants between two, most of them where something may happen to this contact."""
    found = {start + 1, end - 1, *(random.randrange(start, end) for _ in range(15))}
    lengths = [MINUTE, HOUR, 36 * HOUR, *(days * DAY for days in (1, 2, 7, 14, 30, 31, 60, 90, 365, 366, 730))]
    for event in random.sample(contact.events, min(6, len(contact.events))):
        for length in random.sample(lengths, 6):
            found |= {event.at + length + off for off in (-1, 0, 1)}
    for value in contact.values.values():
        if type(value) is int:
            found |= {value + days * DAY + off for days in (-30, -1, 0, 1, 7, 30) for off in (-1, 0, 1)}
    return {instant for instant in found if start < instant < end}


@pytest.mark.parametrize("seed", _SEEDS)
def test_nothing_changes_before_the_next_change_and_something_does_then(seed: int) -> None:
    plan, contacts, as_of = drawn(seed)
    execute, next_change = build_executor(plan), build_next_change(plan)
    random = Random(seed)

    def told(contact: Contact, instant: int) -> object:
        scored = execute(contact, instant)
        return scored.status, scored.reasons, scored.total, scored.scores, scored.grades, scored.stage

    for contact in contacts:
        instant = as_of
        for _ in range(2):
            due = next_change(contact, instant)
            before = told(contact, instant)
            for between in tried(random, contact, instant, due or instant + HORIZON):
                assert told(contact, between) == before, between
            if due is None:
                break
            assert told(contact, due) != before
            assert told(contact, due - 1) == before
            instant = due


def test_most_of_these_contacts_change_some_day() -> None:
    found = []
    for seed in range(20):
        plan, contacts, as_of = drawn(seed)
        found += [build_next_change(plan)(contact, as_of) is not None for contact in contacts]
    assert sum(found) > len(found) / 2


def test_a_window_of_months_ends_on_each_day_that_counts_back_to_the_last_of_a_shorter_month() -> None:
    model = leadline.check(
        'model "Months", time zone "Europe/Berlin"\n\ncontact\n  size: number\n\nevents\n  visit\n\n'
        'score interest\n  +5 "Visited" for each visit in the last 2 months\n'
    ).model
    assert model is not None
    scorer = Scorer(model)
    contact = {"id": "1", "events": [{"event": "visit", "at": "2026-02-28T05:30:00"}]}
    found, instant = [], "2026-04-01"
    while (due := scorer.next_change(contact, instant)) is not None:
        instant = due.astimezone(ZoneInfo("Europe/Berlin")).isoformat()
        found.append((instant[:16], scorer.score(contact, instant).total))
    assert found == [
        ("2026-04-28T05:30", 0),
        ("2026-04-29T00:00", 5),
        ("2026-04-29T05:30", 0),
        ("2026-04-30T00:00", 5),
        ("2026-04-30T05:30", 0),
    ]
