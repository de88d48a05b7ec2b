"""The pinned contact's score over time, in the words and figures that a screen shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from leadline_tui.session.chart import Curve

if TYPE_CHECKING:
    from leadline.reports.timeline import Change, Timeline
    from leadline.scorer import Scorer

_MOST_PAST, _MOST_AHEAD = 40, 80
"""Changes that are listed."""
_MOST_TRIES = 5
_NOTICED = 20
"""What is less than such a part of all that is drawn is not seen."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the score: when, how it stands from then on, and why; `rule` and `line` are where to go for it."""

    when: str
    total: int
    place: str
    is_ahead: bool
    is_crossing: bool
    why: str
    rule: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Followed:
    """A contact over time. `first` is the index of the first turn that is still to come."""

    contact: str
    outlook: str
    turns: tuple[Turn, ...]
    first: int
    curve: Curve
    as_of: int
    begins: str
    ends: str


def follow(
    scorer: Scorer, raw: Mapping[str, Any], as_of: int, is_wanted: Callable[[], bool] = lambda: True
) -> Followed | None:
    """Follows a contact from its first event, at most a year back, to a year ahead; None where that is not wanted any
    more before it is done."""
    from leadline.reports.moments import Now, say_moment
    from leadline.reports.timeline_text import say_outlook

    timeline = scorer.timeline(raw, as_of, is_wanted=is_wanted)
    for _ in range(_MOST_TRIES):
        if not timeline.is_cut or timeline.changes[-1].at > as_of or not is_wanted():
            break
        # So much changes that today is not reached: less of the past has to do.
        span = timeline.changes[-1].at - timeline.start
        timeline = scorer.timeline(raw, as_of, start=as_of - span // 2, is_wanted=is_wanted)
    if not is_wanted():
        return None
    now = Now(timeline.model.zone, as_of)
    past = [change for change in timeline.changes[1:] if change.at <= as_of]
    ahead = [change for change in timeline.changes[1:] if change.at > as_of]
    shown = (*past[-_MOST_PAST:], *ahead[:_MOST_AHEAD])
    before = {after.at: change for change, after in pairwise(timeline.changes)}
    turns: list[Turn] = []
    for change in shown:
        if not is_wanted():
            return None
        turns.append(_turn(timeline, before[change.at], change, say_moment(change.at, now)))
    curve = _curve(timeline)
    days = [say_moment(now.zone.midnight(now.zone.day(instant)), now) for instant in (curve.start + 1, curve.end)]
    first = sum(not turn.is_ahead for turn in turns)
    return Followed(timeline.contact.id, say_outlook(timeline), tuple(turns), first, curve, as_of, *days)


def _turn(timeline: Timeline, before: Change, change: Change, when: str) -> Turn:
    from leadline.reports.causes_said import say_change

    causes = timeline.why(change)
    first = causes[0] if causes else None
    return Turn(
        when,
        change.total,
        change.place or "",
        change.at > timeline.as_of,
        change.place != before.place,
        say_change(causes),
        first.name if first is not None and first.noun == "rule" else None,
        first.line if first is not None else None,
    )


def _curve(timeline: Timeline) -> Curve:
    """The totals up to where there is nothing more to see: the tail of a decay goes on for long and shows nothing."""
    changes = timeline.changes
    instants, totals = tuple(change.at for change in changes), tuple(change.total for change in changes)
    little = (max(totals) - min(totals)) // _NOTICED
    last = timeline.as_of
    for before, after in pairwise(changes):
        if abs(before.total - totals[-1]) > little or before.place != after.place:
            last = max(last, after.at)
    end = min(timeline.end, last + max(1, (last - timeline.start) // 10))
    return Curve(instants, totals, timeline.start, end)
