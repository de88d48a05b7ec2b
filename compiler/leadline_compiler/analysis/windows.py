"""Occurrences as sets of events: their windows become moments, and what was ignored is left out."""

from __future__ import annotations

from leadline_compiler.analysis.space import EventSet, Scope
from leadline_compiler.conditions import Ago, Before, Occurrence, Since, Within


def events_of(occurrence: Occurrence, scope: Scope) -> EventSet:
    """The events that an occurrence means, all `ignore` aside."""
    zone = scope.space.schema.zone
    first, last = scope.space.moments
    loose: list[Since | Before] = []
    for window in occurrence.windows:
        match window:
            case Within(duration):
                first = max(first, zone.back(scope.space.as_of, duration) + 1)
            case Ago(duration):
                last = min(last, zone.back(scope.space.as_of, duration))
            case Since(moment) if isinstance(moment, int):
                first = max(first, moment)
            case Before(moment) if isinstance(moment, int):
                last = min(last, moment - 1)
            case Since() | Before():
                loose.append(window)
    # Whichever way a set that holds nothing is written, it is the same set.
    if first > last:
        first, last = scope.space.as_of + 1, scope.space.as_of
    return EventSet(tuple(sorted(occurrence.events)), occurrence.where, first, last, tuple(loose))
