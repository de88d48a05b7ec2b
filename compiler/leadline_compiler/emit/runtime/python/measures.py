"""What can be told of some events: how many, how much, how long ago."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import takewhile
from typing import Any

from leadline_compiler.emit.runtime.python.events import Event
from leadline_compiler.emit.runtime.python.moments import DAY
from leadline_compiler.emit.runtime.python.numbers import MILLION, bounded, round_half_away
from leadline_compiler.emit.runtime.python.values import Value


def known_values(events: Sequence[Event], name: str) -> list[Any]:
    """The values of a property that are not missing."""
    return [value for event in events if (value := event.values[name]) is not None]


def has_some(events: Sequence[Event]) -> bool:
    return len(events) > 0


def count(events: Sequence[Event]) -> int:
    return len(events) * MILLION


def sum_of_known(events: Sequence[Event], name: str) -> int | None:
    return bounded(sum(known_values(events, name)))


def average(events: Sequence[Event], name: str) -> int | None:
    values = known_values(events, name)
    return bounded(round_half_away(sum(values), len(values))) if values else None


def lowest(events: Sequence[Event], name: str) -> Any:
    return min(known_values(events, name), default=None)


def highest(events: Sequence[Event], name: str) -> Any:
    return max(known_values(events, name), default=None)


def latest(events: Sequence[Event], name: str) -> Any:
    """Of the newest instant, the largest value."""
    tied = takewhile(lambda event: event.at == events[0].at, events)
    return max((event.values[name] for event in tied), key=rank, default=None)


def earliest(events: Sequence[Event], name: str) -> Any:
    """Of the oldest instant, the largest value."""
    return latest(events[::-1], name)


def different(events: Sequence[Event], name: str) -> int:
    return len({key_of(value) for value in known_values(events, name)}) * MILLION


def rank(value: Value) -> tuple[Any, ...]:
    """An order of values of one type, missing first."""
    return (0,) if value is None else (1, value)


def key_of(value: Value) -> Hashable:
    """What makes values the same."""
    return value.folded if isinstance(value, tuple) else value


def days_since(moment: int | None, as_of: int) -> int | None:
    return None if moment is None else (as_of - moment) // DAY * MILLION


def days_until(moment: int | None, as_of: int) -> int | None:
    return None if moment is None else (moment - as_of) // DAY * MILLION


def days_since_last(events: Sequence[Event], as_of: int) -> int | None:
    return days_since(events[0].at, as_of) if events else None


def days_since_first(events: Sequence[Event], as_of: int) -> int | None:
    return days_since(events[-1].at, as_of) if events else None
