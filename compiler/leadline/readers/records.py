"""JSON objects as rows: wrappers of the known sources unwrapped, nested events brought into one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.readers.headings import normalise_heading
from leadline.readers.rows import Row

WRAPPERS = ("properties", "traits")
"""What the HubSpot and Segment interfaces put around the values."""
EVENT_NAMES = ("event", "event_type", "event_name")
TIMES = ("at", "timestamp", "time", "date", "datetime", "occurred_at", "event_time", "event_timestamp", "event_date")
DAYS_AGO = "days_ago"


def record_row(line: int | None, record: Mapping[Any, Any]) -> Row:
    """The row of an object: its keys are the headings."""
    flat = _unwrapped(record)
    return line, tuple(map(str, flat)), tuple(flat.values())


def _unwrapped(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    for wrapper in WRAPPERS:
        inner = record.get(wrapper)
        if isinstance(inner, Mapping):
            outer = {key: value for key, value in record.items() if key != wrapper}
            record = {**inner, **outer}
    return record


def unfold_event(record: Mapping[Any, Any], declared: frozenset[str]) -> Mapping[Any, Any]:
    """An event in the long form, `{"event": NAME, "at": WHEN, PROP: …}`, also where it came in the short one.

    `declared` are the names of the declared events. What is neither form comes back as it is.
    """
    if type(record.get("event")) is str:
        return record
    name = _short_name(record, declared)
    if name is None:
        return record
    inner = record[name]
    outer = {key: value for key, value in record.items() if key != name}
    return {**(inner if isinstance(inner, Mapping) else {}), "event": name, **outer}


def _short_name(record: Mapping[Any, Any], declared: frozenset[str]) -> str | None:
    """The key that names the event: a declared one, else the only one that holds properties or nothing."""
    normal = {key: normalise_heading(key) for key in record if isinstance(key, str)}
    if any(alias in EVENT_NAMES and not _holds_properties(record[key]) for key, alias in normal.items()):
        return None
    holding = [key for key in normal if _holds_properties(record[key])]
    known = [key for key in holding if key.strip() in declared]
    candidates = known or [key for key in holding if normal[key] not in (*TIMES, DAYS_AGO, "id")]
    return candidates[0] if len(candidates) == 1 else None


def _holds_properties(value: Any) -> bool:
    return value is None or value == "" or isinstance(value, Mapping)
