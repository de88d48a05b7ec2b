"""Which events an occurrence means."""

from __future__ import annotations

from leadline_compiler.conditions import Ago, Amount, Before, Occurrence, Since, Window, Within
from leadline_compiler.contacts import Event
from leadline_compiler.interpreter.view import View


def matching(occurrence: Occurrence, view: View) -> tuple[Event, ...]:
    """The events that an occurrence means, newest first."""
    found = view.memo.get(id(occurrence))
    if found is None:
        # The occurrence is kept with its events, so that its identity cannot be given to another.
        found = view.memo[id(occurrence)] = (occurrence, _matching(occurrence, view))
    events: tuple[Event, ...] = found[1]
    return events


def _matching(occurrence: Occurrence, view: View) -> tuple[Event, ...]:
    first, last = span_of_windows(occurrence.windows, view)
    named = [event for event in view.events if event.type in occurrence.events and first <= event.at <= last]
    return tuple(event for event in named if passes(occurrence, event, view))


def passes(occurrence: Occurrence, event: Event, view: View) -> bool:
    """Whether an event of the right kind passes the occurrence's `where`."""
    from leadline_compiler.interpreter.tests import holds

    return occurrence.where is None or holds(occurrence.where, view.at_event(event))


def span_of_windows(windows: tuple[Window, ...], view: View) -> tuple[int, int]:
    """The first and the last microsecond that all windows let through; the first is later where nothing passes."""
    first, last = -(10**20), view.as_of
    for window in windows:
        low, high = _span(window, view)
        first, last = max(first, low), min(last, high)
    return first, last


_NEVER = (0, -1)


def _span(window: Window, view: View) -> tuple[int, int]:
    match window:
        case Within(duration):
            return view.zone.back(view.as_of, duration) + 1, view.as_of
        case Ago(duration):
            return -(10**20), view.zone.back(view.as_of, duration)
        case Since(moment):
            start = _moment(moment, view)
            return _NEVER if start is None else (start, view.as_of)
        case Before(moment):
            end = _moment(moment, view)
            return _NEVER if end is None else (-(10**20), end - 1)


def _moment(moment: int | Amount, view: View) -> int | None:
    from leadline_compiler.interpreter.amounts import value_of

    if isinstance(moment, int):
        return moment
    value = value_of(moment, view)
    return value if isinstance(value, int) else None
