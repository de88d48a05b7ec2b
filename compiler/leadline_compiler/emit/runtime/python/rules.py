"""What rules give, and the result of it all. Points are whole thousandths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from leadline_compiler.emit.runtime.python.decays import Decay, left_after
from leadline_compiler.emit.runtime.python.events import Event
from leadline_compiler.emit.runtime.python.measures import key_of, rank
from leadline_compiler.emit.runtime.python.moments import DAY, Zone
from leadline_compiler.emit.runtime.python.numbers import round_half_away, write_points
from leadline_compiler.emit.runtime.python.values import Value

Named: TypeAlias = tuple[str, bool]


Rule: TypeAlias = tuple[str, str, str | None, int]
"""A rule's name, its score and group, and the line of the rules file on which it stands."""

Fired: TypeAlias = tuple[Rule, int, int]
"""A rule, its points, and how many events counted, else 1."""

Limit: TypeAlias = tuple[int, str, str | None]
"""How many of the newest events are kept of "all", of each "day", or of each value of the named "property"."""

Row: TypeAlias = tuple[int, Collection[str | bool], Sequence[tuple[int | None, int | None]], bool]
"""The points of a row, folded texts or yes and no, ranges with None for an open end, and whether it takes missing."""


def clamp(points: int, low: int | None, high: int | None) -> int:
    if low is not None and points < low:
        return low
    return high if high is not None and points > high else points


def bound(points: int, up_to: int | None) -> int:
    return points if up_to is None else clamp(points, -up_to, up_to)


def fire(fired: list[Fired], rule: Rule, points: int, times: int = 1) -> int:
    fired.append((rule, points, times))
    return points


def when(fired: list[Fired], rule: Rule, points: int, holds: bool) -> int:
    """The points if the condition holds."""
    return fire(fired, rule, points) if holds else 0


def for_each(fired: list[Fired], rule: Rule, points: int, events: Sequence[Event], up_to: int | None = None) -> int:
    """The points for every event."""
    return fire(fired, rule, bound(points * len(events), up_to), len(events)) if events else 0


def for_each_decayed(
    fired: list[Fired], rule: Rule, points: int, events: Sequence[Event], decay: Decay, as_of: int, up_to: int | None
) -> int:
    """What is left of the points for every event."""
    if not events:
        return 0
    earned = sum(left_after(points, decay, (as_of - event.at) // decay.step) for event in events)
    return fire(fired, rule, bound(earned, up_to), len(events))


def for_every(
    fired: list[Fired], rule: Rule, points: int, step: int, amount: int | None, up_to: int | None = None
) -> int:
    """The points once for every step in the amount."""
    steps = 0 if amount is None else max(0, amount // step)
    return fire(fired, rule, bound(steps * points, up_to)) if steps else 0


def by_row(fired: list[Fired], rule: Rule, value: Value, rows: Iterable[Row], otherwise: int | None) -> int:
    """The points of the row that takes the value."""
    points = next((row[0] for row in rows if takes(row, value)), otherwise)
    return 0 if points is None else fire(fired, rule, points)


def takes(row: Row, value: Value) -> bool:
    _, values, ranges, missing = row
    if value is None:
        return missing
    if isinstance(value, tuple):
        return value.folded in values
    if isinstance(value, bool):
        return value in values
    return any((low is None or value >= low) and (high is None or value <= high) for low, high in ranges)


def but_the_first(events: Sequence[Event], many: int) -> Sequence[Event]:
    """All but so many of the oldest."""
    return events[: max(0, len(events) - many)]


def limited(events: Sequence[Event], limits: Sequence[Limit], zone: Zone) -> list[Event]:
    """The events that break none of the limits, the newest being taken first."""
    ordered = newest_first(events, limits)
    return [event for event, broken in zip(ordered, broken_by(ordered, limits, zone), strict=True) if not broken]


def limited_but_the_first(events: Sequence[Event], limits: Sequence[Limit], many: int, zone: Zone) -> list[Event]:
    """The same without so many of the oldest, which use up the limits too."""
    ordered = newest_first(events, limits)
    broken = broken_by(ordered, limits, zone)
    kept = range(max(0, len(ordered) - many))
    return [ordered[index] for index in kept if not broken[index]]


def newest_first(events: Sequence[Event], limits: Sequence[Limit]) -> Sequence[Event]:
    """The events in an order that does not depend on that of the data."""
    if all(events[index].at != events[index + 1].at for index in range(len(events) - 1)):
        return events

    def place(event: Event) -> tuple[Any, ...]:
        named = [rank(event.values[name]) for _, _, name in limits if name is not None]
        values = sorted((name, rank(value)) for name, value in event.values.items() if value is not None)
        return event.at, named, event.kind, values

    return sorted(events, key=place, reverse=True)


def broken_by(events: Sequence[Event], limits: Sequence[Limit], zone: Zone) -> list[bool]:
    """For each event whether a limit has let enough newer ones through."""
    broken = [False] * len(events)
    for limit in limits:
        seen: Counter[Hashable] = Counter()
        for index, event in enumerate(events):
            key = limit_key(limit, event, zone)
            seen[key] += 1
            broken[index] = broken[index] or seen[key] > limit[0]
    return broken


def limit_key(limit: Limit, event: Event, zone: Zone) -> Hashable:
    _, per, name = limit
    if per == "day":
        return zone.wall(event.at) // DAY
    return None if name is None else key_of(event.values[name])


def decayed_score(points: int, decay: Decay, events: Sequence[Event], as_of: int) -> int:
    """What is left of a score since the newest of the events; all of it where there is none."""
    return left_after(points, decay, (as_of - events[0].at) // decay.step) if events else points


def weighted(points: int, weight: int) -> int:
    return round_half_away(points * weight, 1000)


def letter_of(points: int, rows: Iterable[tuple[str, int]], otherwise: str | None) -> str | None:
    """The letter of the first row that the points reach; the highest stands first."""
    return next((letter for letter, start in rows if points >= start), otherwise)


def last_that_holds(stages: Iterable[Named]) -> str | None:
    found = None
    for name, holds in stages:
        found = name if holds else found
    return found


def result(
    head: Mapping[str, Any],
    known: Sequence[Value],
    scores: Mapping[str, int],
    total: int,
    grades: Mapping[str, str | None],
    excluded: Iterable[Named],
    disqualified: Iterable[Named],
    stage: str | None,
    fired: Iterable[Fired],
) -> dict[str, Any]:
    """The result object."""
    out, dead = ([name for name, holds in exits if holds] for exits in (excluded, disqualified))
    return {
        **head,
        "status": "excluded" if out else "disqualified" if dead else "scored",
        "reasons": out or dead,
        "coverage": {"known": sum(value is not None for value in known), "of": len(known)},
        "total": write_points(total),
        "scores": {name: write_points(points) for name, points in scores.items()},
        "grades": dict(grades),
        "stage": None if out or dead else stage,
        "rules": [write_rule(*one) for one in fired],
    }


def write_rule(rule: Rule, points: int, times: int) -> dict[str, Any]:
    name, score, group, line = rule
    return {
        "rule": name,
        "score": score,
        "group": group,
        "points": write_points(points),
        "times": times,
        "line": line,
    }
