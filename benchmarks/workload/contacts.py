"""Contacts of the workload, as `json.loads` gives them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .rules_text import ZONE
from .schema import DOMAINS, EVENT_NUMBERS, EVENTS, FLAGS, LARGEST, NUMBERS, TEXTS, TITLES, WEIGHTS, choices

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
_LOCAL_TIMES = 0.2
"""How many of the times have no offset."""


def draw_contacts(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Contacts with 0 to 200 events each, few of them with many."""
    draw = random.Random(f"contacts {seed}")
    return [_contact(number, draw) for number in range(count)]


def with_parsed_times(contact: dict[str, Any]) -> dict[str, Any]:
    """The contact with its events' times as datetimes in UTC."""
    return {**contact, "events": [{**event, "at": read_time(event["at"])} for event in contact["events"]]}


def read_time(text: str) -> datetime:
    """The moment of an event's time, in UTC."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))).astimezone(UTC)


def _contact(number: int, draw: random.Random) -> dict[str, Any]:
    contact: dict[str, Any] = {"record_id": f"c-{number}"}
    for name, missing in TEXTS.items():
        contact[name] = None if draw.random() < missing else _text(name, number, draw)
    for name, missing in NUMBERS.items():
        contact[name] = None if draw.random() < missing else draw.randrange(LARGEST[name])
    for name, missing in FLAGS.items():
        contact[name] = None if draw.random() < missing else draw.random() < 0.3
    many = min(200, int(draw.paretovariate(1.0) * 4) - 4)
    contact["events"] = [_event(draw) for _ in range(many)]
    return contact


def _text(name: str, number: int, draw: random.Random) -> str:
    if name == "email":
        return f"person{number}@{draw.choice(DOMAINS)}"
    if name == "title":
        return f"{draw.choice(TITLES)} ({number})" if draw.random() < 0.1 else draw.choice(TITLES)
    return draw.choice(choices(name))


def _event(draw: random.Random) -> dict[str, Any]:
    name = draw.choices(list(EVENTS), WEIGHTS)[0]
    age = timedelta(seconds=int(draw.expovariate(1 / 60) * 86_400))
    at = AS_OF - age
    if draw.random() < _LOCAL_TIMES:
        written = at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None).isoformat()
    else:
        written = at.replace(tzinfo=None).isoformat() + "Z"
    event: dict[str, Any] = {"event": name, "at": written}
    for prop in EVENTS[name]:
        event[prop] = draw.randrange(EVENT_NUMBERS[prop]) if prop in EVENT_NUMBERS else draw.choice(choices(prop))
    return event
