"""Contacts with their events, as JSON objects."""

from datetime import datetime, timedelta
from typing import Any

from .draw import Draw, Event
from .moments import write_moment
from .values import EMPTY, date, raw_value

BAD_TIMES = ("yesterday", "2026-02-30", "", None, "2026-03-29T25:00")


def draw_contacts(draw: Draw, many: int, identifier: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """So many contacts, each with an id of its own under one of the names of the field that identifies."""
    return tuple(draw_contact(draw, place, identifier) for place in range(many))


def draw_contact(draw: Draw, place: int, identifier: tuple[str, ...]) -> dict[str, Any]:
    """A contact: a clean one, one that hurts, or one about whom little is known."""
    harm = draw.pick((0.03, 0.03, 0.15, 0.4))
    ids = (f"c-{place}", f" c-{place} ", f"Nr {place}" if draw.pools.is_plain else f"№ {place}")
    contact: dict[str, Any] = {draw.pick(identifier): draw.pick(ids)}
    for one in draw.fields:
        if not draw.chance(harm / 2):
            contact[one.key if draw.chance(0.8) else one.name] = raw_value(draw, one, harm)
    if draw.chance(0.1):
        contact["never declared"] = "x"
    many = draw.pick((0, 2, 5, 9, 12, 15))
    if many or draw.chance(0.5):
        contact["events"] = draw_events(draw, many, harm)
    return contact


def draw_events(draw: Draw, many: int, harm: float) -> list[dict[str, Any]]:
    """Events in no order; some at the same instant, some copies of others under the same id."""
    events: list[dict[str, Any]] = []
    usual = draw.pick(draw.events)  # what this contact does most, so that limits have something to cut off
    together = draw.pick((0.05, 0.05, 0.5))  # how likely an event falls on the very instant of the one before
    for place in range(many):
        if events and draw.chance(0.05):
            events.append(copied(draw, events, place))
        else:
            at = events[-1]["at"] if events and draw.chance(together) else event_time(draw)
            events.append(draw_event(draw, usual if draw.chance(0.4) else draw.pick(draw.events), at, harm))
    draw.random.shuffle(events)
    return events


def draw_event(draw: Draw, event: Event, at: object, harm: float) -> dict[str, Any]:
    """An event; at times one that was never declared or that has no time to go by."""
    if draw.chance(0.03):
        return {"event": draw.pick(("undeclared", event.key.upper() + "_")), "at": at, "path": "/pricing"}
    raw: dict[str, Any] = {"event": event.key, "at": draw.pick(BAD_TIMES) if draw.chance(harm / 10) else at}
    for one in event.properties:
        if not draw.chance(harm / 2):
            raw[one.name] = raw_value(draw, one, harm)
    if draw.chance(0.05):
        raw["id"] = draw.pick(EMPTY[:3])
    return raw


def copied(draw: Draw, events: list[dict[str, Any]], place: int) -> dict[str, Any]:
    """A copy of an earlier event that carries the same id, perhaps with blanks around it.

    The copies are alike in all else, so no order of the events can change a score.
    """
    first = draw.pick(events)
    if not first.get("id"):
        first["id"] = f"e{place}"
    known = str(first["id"]).strip()
    if not known:
        first["id"] = known = f"e{place}"
    return {**first, "id": draw.pick((known, known, f" {known} "))}


def event_time(draw: Draw) -> str:
    """When an event happened: lately, on an edge of a window, on a day of the rules, or later than the as-of."""
    form = draw.random.random()
    if form < 0.5:
        return write_moment(draw.random, lately(draw), draw.pools.zone)
    if form < 0.7:
        return write_moment(draw.random, draw.pick(draw.pools.edges), draw.pools.zone)
    return str(date(draw, draw.fields[0]))


def lately(draw: Draw) -> datetime:
    """An instant of the last weeks or months, to the second."""
    return draw.pools.as_of.replace(microsecond=0) - timedelta(
        seconds=draw.random.randint(0, draw.pick((2, 20, 100)) * 86_400),
    )
