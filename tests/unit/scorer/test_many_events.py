"""Contacts with more events, and rules with more points, than the numbers of a scorer hold side by side."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import leadline
from leadline.scorer import Scorer
from leadline_compiler.model import Model

AS_OF = "2026-06-15T12:00:00Z"
RULES = """
model "Events", time zone "Europe/Berlin"

contact
  size: number

events
  visit with path: text, seconds: number
  order with amount: number

score fit
  +5 "Size" for every 10 of size, up to 100 points

score interest between -50000 and 3000000
  group "Visits" at most 300000
    +{points} "Each" for each visit in the last 200 days
    +2 "Fading" for each visit where seconds >= 20, up to 30 points, halving every 14 days
    -7.5 "Left" for each visit where path starts with "/p1", up to 40 points
    +4 "Paths" for each visit, at most 1 times per path
    +1 "Days" for each visit in the last 90 days, at most 2 times per day
    +3 "Some" for each visit where seconds >= 50, at most 5 times
    +6 "Often" when count of visit where seconds >= 30 >= 100
  group "Orders"
    -{points} "Returned" for each order where amount < 0
    +0.333 "Orders" for each order, up to 0.001 points
    +0.125 "Large" for each order where amount > 50, up to 1.75 points, halving every 60 days

stage "MQL" when total >= 20
"""


def model_of(points: int) -> Model:
    model = leadline.check(RULES.replace("{points}", str(points))).model
    assert model is not None
    return model


def contact(events: int, seed: int) -> dict[str, Any]:
    draw = Random(seed)
    return {"id": f"c{seed}", "size": draw.randrange(1000), "events": [event(draw) for _ in range(events)]}


def event(draw: Random) -> dict[str, Any]:
    day = f"2026-{draw.randrange(1, 7):02}-{draw.randrange(1, 29):02}"
    at = f"{day}T{draw.randrange(24):02}:{draw.randrange(60):02}:00Z"
    if draw.random() < 0.3:
        return {"event": "order", "at": at, "amount": draw.randrange(-10, 100)}
    return {"event": "visit", "at": at, "path": f"/p{draw.randrange(40)}", "seconds": draw.randrange(60)}


@pytest.mark.parametrize("points", [1, 500, 4_000, 200_000, 999_999_999_999])
def test_any_number_of_events_adds_up(points: int) -> None:
    model = model_of(points)
    scorer = Scorer(model)
    for seed, events in enumerate((0, 1, 5, 60, 126, 128, 8_000)):
        found = contact(events, seed)
        assert scorer.score(found, AS_OF).to_dict() == leadline.score(model, found, AS_OF), events


def test_rules_that_reach_their_bounds_give_no_more() -> None:
    model = model_of(1)
    scorer = Scorer(model)
    for events in range(1, 30):
        found = contact(events, 1000 + events)
        assert scorer.score(found, AS_OF).to_dict() == leadline.score(model, found, AS_OF), events
