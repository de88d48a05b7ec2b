"""Rules as data, drawn in the mix of real models, from which a rules file and Python by hand are written."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from .schema import DOMAINS, EVENT_NUMBERS, EVENTS, LARGEST, NUMBERS, TEXTS, WEIGHTS, WORDS, choices

_MIX = {
    "equals": 14,
    "in list": 12,
    "band": 10,
    "contains": 14,
    "domain": 4,
    "joint": 8,
    "joint with event": 6,
    "once": 8,
    "capped": 7,
    "counted bands": 7,
    "quiet": 3,
    "disqualify": 1,
    "missing": 2,
    "negated": 2,
    "recent": 2,
    "decay": 10,
    "per day": 3,
    "per value": 2,
}
"""Rules of each kind; the decays and the limits per day or value come on top of a hundred others."""
_DAYS = (7, 14, 30, 60, 90)
_PERCENTS = (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90)
"""People write round limits: of the largest number there is, in percent."""


@dataclass(frozen=True)
class Where:
    """Events of a kind whose text is so, or whose number is at least so, in the last days."""

    event: str
    test: str
    name: str
    value: Any
    days: int


@dataclass(frozen=True)
class Spec:
    """A rule: what it is, what it is worth, and what it looks at."""

    number: int
    kind: str
    points: int
    group: int
    data: dict[str, Any] = field(default_factory=dict)


def draw_specs(rules: int, seed: int = 1) -> list[Spec]:
    """So many rules; their groups are numbered in ascending order."""
    draw = random.Random(f"rules {seed}")
    kinds = draw.choices(list(_MIX), list(_MIX.values()), k=rules)
    groups = max(2, min(12, rules // 10))
    specs = []
    for number, kind in enumerate(kinds):
        points = draw.choice((-20, -10, -5, 1, 2, 3, 5, 10, 15))
        specs.append(Spec(number, kind, points, number * groups // rules, _draw_data(kind, draw)))
    return specs


def _draw_data(kind: str, draw: random.Random) -> dict[str, Any]:
    match kind:
        case "equals" | "negated" | "disqualify":
            return _equals(draw)
        case "in list":
            name = _text(draw)
            return {"name": name, "values": draw.sample(choices(name), draw.randint(2, 8))}
        case "band":
            return _band(draw)
        case "contains":
            return {"name": "title", "value": draw.choice(WORDS) + draw.choice(("", " ", " " + draw.choice(WORDS)))}
        case "domain":
            return {"values": draw.sample(DOMAINS, draw.randint(3, 30))}
        case "joint":
            return {"parts": [_equals(draw), draw.choice((_equals, _band))(draw), _band(draw)][: draw.randint(2, 3)]}
        case "joint with event":
            return {"parts": [_band(draw)], "where": _where(draw)}
        case "missing":
            return {"name": draw.choice((*TEXTS, *NUMBERS))}
        case "quiet":
            return {"events": sorted(draw.sample(list(EVENTS), draw.randint(3, 18))), "days": draw.choice(_DAYS)}
        case _:
            return _draw_events(kind, draw)


def _draw_events(kind: str, draw: random.Random) -> dict[str, Any]:
    where = _where(draw)
    match kind:
        case "once":
            return {"where": where, "least": draw.choice((1, 1, 1, 2, 3, 5))}
        case "capped":
            return {"where": where, "times": draw.choice((3, 5, 10))}
        case "counted bands":
            return {"where": where, "rows": [(1, 2, 2), (3, 5, 4), (6, None, 7)]}
        case "recent":
            return {"where": where, "rows": [(0, 6, 5), (7, 29, 2), (90, None, -5)]}
        case "decay":
            return {"where": where, "every": draw.choice((7, 14, 30)), "up_to": draw.choice((None, None, 25, 40))}
        case "per day":
            return {"where": where, "times": draw.choice((1, 1, 2)), "up_to": draw.choice((None, 30))}
        case _:
            while not EVENTS[where.event] or EVENTS[where.event][0] in EVENT_NUMBERS:
                where = _where(draw)
            return {"where": where, "name": EVENTS[where.event][0], "times": draw.choice((1, 1, 2))}


def _text(draw: random.Random) -> str:
    return draw.choice([name for name in TEXTS if name not in ("email", "title", "company")])


def _equals(draw: random.Random) -> dict[str, Any]:
    name = _text(draw)
    return {"test": "is", "name": name, "value": draw.choice(choices(name))}


def _band(draw: random.Random) -> dict[str, Any]:
    name = draw.choice(list(NUMBERS))
    low = draw.randrange(LARGEST[name])
    return {"test": "between", "name": name, "value": (low, low + max(1, LARGEST[name] // draw.choice((3, 5, 10))))}


def _where(draw: random.Random) -> Where:
    event = draw.choices(list(EVENTS), WEIGHTS)[0]
    days = draw.choice(_DAYS)
    if not EVENTS[event] or draw.random() < 0.2:
        return Where(event, "any", "", None, days)
    name = draw.choice(EVENTS[event])
    if name in EVENT_NUMBERS:
        return Where(event, "least", name, EVENT_NUMBERS[name] * draw.choice(_PERCENTS) // 100, days)
    if name == "path":
        return Where(event, "starts", name, draw.choice(choices(name))[: draw.choice((5, None))], days)
    return Where(event, "is", name, draw.choice(choices(name)), days)
