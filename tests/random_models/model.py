"""One model with its contacts and its as-of, drawn from a source of chance."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from .conditions import assume_lines, define_lines, ignore_lines
from .contacts import draw_contacts
from .draw import Draw, Pools
from .layout import lay_out
from .moments import MICROSECOND, ZONES, Zone, count_back, draw_as_of, read_as_of, read_moment
from .schema import contact_block, events_block, list_lines, model_line
from .scores import result_blocks, score_blocks
from .words import (
    ADDRESSES,
    CHOICES,
    DOMAINS,
    DURATIONS,
    HUGE_NUMBERS,
    NUMBERS,
    PLAIN_ADDRESSES,
    PLAIN_CHOICES,
    PLAIN_DOMAINS,
    PLAIN_WORDS,
    WORDS,
)


@dataclass(frozen=True, slots=True)
class DrawnModel:
    """A valid rules file without includes, contacts as JSON objects, an as-of, and the constructs the text uses.

    A contact's keys are names or headings of fields; its `events` are objects with `event`, `at` and properties.
    Copies of an event (the same `id`) are alike, so neither the order of events nor that of contacts has a meaning.
    """

    text: str
    contacts: tuple[dict[str, Any], ...]
    as_of: str
    constructs: frozenset[str]


def draw_model(random: Random, *, contacts: int = 5, size: int = 12, is_plain: bool = False) -> DrawnModel:
    """A model with about `size` rules, and `contacts` contacts that its rules have something to say about.

    The same state of `random` draws the same model. With `is_plain` the values of the data, and what rules
    compare them with, are ASCII and vary in case and in spaces at the edges only: every SQL engine folds those alike.
    """
    zone = random.choice(ZONES)
    as_of = draw_as_of(random, zone)
    draw = Draw(random, draw_pools(random, zone, as_of, is_plain=is_plain))
    blocks = draw_blocks(draw, zone, size)
    text = lay_out(draw, blocks)
    return DrawnModel(text, draw_contacts(draw, contacts, draw.identifier), as_of, frozenset(draw.used))


def draw_blocks(draw: Draw, zone: Zone, size: int) -> list[list[str]]:
    """The statements of a file, block by block."""
    head = [[model_line(draw, zone.name)], contact_block(draw), events_block(draw)]
    named = [list_lines(draw), define_lines(draw)]
    named += [lines(draw) for lines in (ignore_lines, assume_lines) for _ in range(draw.pick((0, 1)))]
    scored = score_blocks(draw, size)
    results = result_blocks(draw)
    if draw.chance(0.2):
        draw.use("declared after its use")
        late = named.pop(draw.pick((0, 1)))
        return [*head, *named, *scored, *results, late]
    draw.random.shuffle(named)
    return [*head, *named, *scored, *results]


def draw_pools(random: Random, zone: Zone, as_of: str, *, is_plain: bool) -> Pools:
    """The few values that rules and data of one model share."""
    place = ZoneInfo(zone.name)
    instant = read_as_of(as_of, place)
    durations = tuple(random.sample(DURATIONS, 5))
    numbers = random.sample(NUMBERS, 6) + random.sample(HUGE_NUMBERS, random.random() < 0.1)
    return Pools(
        words=tuple(random.sample(PLAIN_WORDS if is_plain else WORDS, 5)),
        addresses=tuple(random.sample(PLAIN_ADDRESSES if is_plain else ADDRESSES, 4)),
        choices=PLAIN_CHOICES if is_plain else CHOICES,
        domains=PLAIN_DOMAINS if is_plain else DOMAINS,
        numbers=tuple(numbers),
        days=draw_days(random, instant.astimezone(place).date(), zone),
        durations=durations,
        changes=zone.changes,
        edges=edges_of(random, instant, durations, place),
        as_of=instant,
        zone=place,
        is_plain=is_plain,
    )


def draw_days(random: Random, today: date, zone: Zone) -> tuple[str, ...]:
    """The as-of's day, some around it, and a day on which the clock changes."""
    gaps = (0, 1, -1, *random.sample((2, 7, 14, 30, 31, 60, 90, 365), 4))
    days = [(today - timedelta(days=gap)).isoformat() for gap in gaps]
    return (*days, *(change[:10] for change in zone.changes[:1]))


def edges_of(random: Random, instant: datetime, durations: tuple[str, ...], zone: ZoneInfo) -> tuple[datetime, ...]:
    """The as-of and every duration before it, exactly and a microsecond to either side."""
    ends = [instant, *(count_back(instant, duration, zone) for duration in durations)]
    days = [read_moment(instant.astimezone(zone).date().isoformat(), zone)]
    return tuple(end + random.choice((0, 0, 1, -1)) * MICROSECOND for end in (*ends, *ends, *days))
