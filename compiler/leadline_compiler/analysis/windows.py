"""Occurrences as sets of events: their windows become moments, and what was ignored is left out."""

from __future__ import annotations

from leadline_compiler.analysis.constants import constant_value, is_constant, plain
from leadline_compiler.analysis.space import EventSet, Loose, Scope
from leadline_compiler.conditions import Ago, Before, Occurrence, Since, Window, Within


def events_of(occurrence: Occurrence, scope: Scope) -> EventSet:
    """The events that an occurrence means, all `ignore` aside."""
    zone = scope.space.schema.zone
    first, last = scope.space.moments
    loose: dict[Loose, None] = {}
    for window in occurrence.windows:
        match _with_moment(window, scope):
            case Within(duration):
                first = max(first, zone.back(scope.space.as_of, duration) + 1)
            case Ago(duration):
                last = min(last, zone.back(scope.space.as_of, duration))
            case Since(moment) if isinstance(moment, int):
                first = max(first, moment)
            case Before(moment) if isinstance(moment, int):
                last = min(last, moment - 1)
            case Since(moment) if not isinstance(moment, int):
                loose[Loose(plain(moment), True)] = None
            case Before(moment) if not isinstance(moment, int):
                loose[Loose(plain(moment), False)] = None
    # Whichever way a set that holds nothing is written, it is the same set.
    if first > last:
        first, last = scope.space.as_of + 1, scope.space.as_of
    return EventSet(
        tuple(sorted(occurrence.events)), occurrence.where, first, last, tuple(sorted(loose, key=_by_field))
    )


def _with_moment(window: Window, scope: Scope) -> Window:
    """The window with its moment, where that hangs on nothing but the rules."""
    if isinstance(window, Since | Before) and not isinstance(window.moment, int) and is_constant(window.moment):
        moment = constant_value(window.moment, scope)
        return type(window)(moment) if isinstance(moment, int) else window
    return window


def _by_field(one: Loose) -> tuple[str, bool]:
    return one.field or "", one.after
