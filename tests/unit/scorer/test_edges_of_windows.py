"""Events that are only just within a window, or only just not, however their times are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

import leadline
from leadline.scorer import Scorer

RULES = """
model "Windows", time zone "UTC"

contact
  size: number

events
  visit

score interest
"""
MINUTES = {
    "90 minutes": 90,
    "100 minutes": 100,
    "7 hours": 420,
    "36 hours": 2_160,
    "7 days": 10_080,
    "1500 days": 2_160_000,
}
"""How long windows are."""
AS_OF = [
    datetime(2026, 11, 21, 12, tzinfo=UTC),
    datetime(2026, 11, 21, 12, 7, 30, tzinfo=UTC),
    datetime(2026, 11, 21, 12, 14, 59, 999_999, tzinfo=UTC),
    datetime(2026, 11, 21, 12, 45, 0, 1, tzinfo=UTC),
]
OFFSETS = [timedelta(0), timedelta(hours=1), timedelta(hours=5, minutes=45), -timedelta(hours=3, minutes=30)]
NEAR = [timedelta(minutes=minutes, seconds=seconds) for minutes in range(-75, 76, 5) for seconds in (-1, 0, 1)]


def scorer_of(*windows: str) -> Scorer:
    rules = [f'+1 "{window}" for each visit in the last {window}\n' for window in windows]
    model = leadline.check(RULES + "".join(rules)).model
    assert model is not None
    return Scorer(model)


def written(moment: datetime, offset: timedelta) -> str:
    text = moment.astimezone(timezone(offset)).isoformat(timespec="seconds")
    return text if offset else text.replace("+00:00", "Z")


@pytest.mark.parametrize("window", MINUTES)
@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_an_event_counts_exactly_as_long_as_its_window(window: str, as_of: datetime) -> None:
    scorer, length = scorer_of(window), timedelta(minutes=MINUTES[window])
    ends = [end.replace(microsecond=0) for end in (as_of - length, as_of)]
    # What is worked out the first time is looked up the second time.
    for moment in 2 * [end + near for end in ends for near in NEAR]:
        for offset in OFFSETS:
            at = written(moment, offset)
            points = scorer.score({"id": "1", "events": [{"event": "visit", "at": at}]}, as_of).total
            assert points == (as_of - length < moment <= as_of), at


def test_several_windows_end_one_after_the_other() -> None:
    as_of, windows = AS_OF[1], list(MINUTES)
    scorer = scorer_of(*windows)
    for minutes in 2 * list(range(-60, 10_200, 7)):
        moment = as_of.replace(second=0) - timedelta(minutes=minutes)
        for offset in OFFSETS:
            contact = {"id": "1", "events": [{"event": "visit", "at": written(moment, offset)}]}
            inside = sum([moment <= as_of < moment + timedelta(minutes=MINUTES[window]) for window in windows])
            assert scorer.score(contact, as_of).total == inside, moment
