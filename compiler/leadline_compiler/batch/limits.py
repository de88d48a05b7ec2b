"""Limits of rules that count events: which of the newest events count, by contact, day and value."""

from __future__ import annotations

import numpy as np

from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.calendar import days_of
from leadline_compiler.batch.columns import Column, Flags, Numbers, Places, Whole
from leadline_compiler.batch.events import Key, Meant
from leadline_compiler.batch.groups import place_in_run, starts_of
from leadline_compiler.batch.measures import keys_of, ranks_of
from leadline_compiler.plan import plan as p


def counted_places(meant: Meant, body: p.EachBody, plan: p.Plan) -> Places:
    """The places, among those meant, of the events that every limit lets count."""
    names = [limit.property for limit in body.times if limit.property is not None]
    keys: list[Whole] = []
    for name in reversed(names):
        column = meant.column(*key_of(plan, body.occurrence, name))
        if column is not None:
            first, second = ranks_of(column)
            keys += [-second, -first]
    order = np.lexsort((*keys, -meant.at, meant.whose))
    whose = meant.whose[order]
    places = place_in_run(starts_of(whose), len(order))
    kept = places < (meant.counts - body.after_first)[whose]
    for limit in body.times:
        key = None
        if limit.per == "day":
            key = days_of(meant.at, plan.schema.zone)
        elif limit.property is not None:
            column = meant.column(*key_of(plan, body.occurrence, limit.property))
            key = None if column is None else _told_apart(column)
        kept &= _is_early(None if key is None else key[order], whose, limit.times)
    return order[kept]


def _is_early(key: Whole | None, whose: Places, times: int) -> Flags:
    """For events from the newest on, whether they are among the first few under their key."""
    if key is None:
        return place_in_run(starts_of(whose), len(whose)) < times
    by_key = np.lexsort((key, whose))
    places = np.empty(len(whose), np.int64)
    places[by_key] = place_in_run(starts_of(whose[by_key], key[by_key]), len(whose))
    return places < times


def _told_apart(column: Column) -> Whole:
    """A number for each value; missing is one of them."""
    if isinstance(column, Numbers):
        return np.where(column.known, column.values, np.iinfo(np.int64).min)
    return keys_of(column)


def key_of(plan: p.Plan, occurrence: int, name: str) -> Key:
    """A property that all events of an occurrence share."""
    events = [event for event in plan.schema.events if event.name in plan.nodes[occurrence][1]]
    kinds = (prop.type.kind for event in events for prop in event.properties if prop.name == name)
    return name, is_coded(next(kinds))
