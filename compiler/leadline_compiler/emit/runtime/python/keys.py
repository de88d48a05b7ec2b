"""Which keys of the data mean what: those to the letter, else those that are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from leadline_compiler.emit.runtime.python.texts import normalised

Wanted: TypeAlias = tuple[str, str | None]
"""A name that is looked for, and the heading that the model gives it, if any."""
Keys: TypeAlias = tuple[str, ...]

PREFIX = re.compile(r"^(?:property_|properties\.|traits\.)", re.IGNORECASE | re.ASCII)
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
BETWEEN = re.compile(r"[\W_]+")
WRAPPERS = ("properties", "traits")
MOST_LAYOUTS = 500


@lru_cache(maxsize=4096)
def alike(key: str) -> str:
    """The form in which keys are alike: `Record ID`, `recordId` and `property_record_id` are `record_id`."""
    text = PREFIX.sub("", normalised(key).lstrip("\ufeff"))
    return BETWEEN.sub("_", HUMP.sub("_", text)).strip("_").lower()


def match_keys(wanted: Sequence[Wanted], keys: Keys) -> dict[str, int]:
    """Where each wanted name stands among the keys, those left out for which several would do alike.

    The heading that the model gives is the last word, else the name; only keys that nobody claims so are compared
    by what they are alike to, and a heading that is absent falls back on the name.
    """
    exact = places(enumerate(keys))
    found = {name: exact[own] for name, heading in wanted if (own := heading or name) in exact}
    if len(found) < len(wanted):
        claimed = {place for at in found.values() for place in at}
        free = [(place, key) for place, key in enumerate(keys) if place not in claimed]
        exact, loose = places(free), places((place, alike(key)) for place, key in free)
        loose.pop("", None)
        for name, heading in wanted:
            if name not in found:
                own_at = loose.get(alike(heading)) if heading else None
                found[name] = own_at or exact.get(name) or loose.get(alike(name)) or []
    return {name: at[0] for name, at in found.items() if len(at) == 1}


def places(keys: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    """At which places each key stands."""
    found: dict[str, list[int]] = {}
    for place, key in keys:
        found.setdefault(key, []).append(place)
    return found


def unwrapped(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """The object without the wrappers that HubSpot and Segment put around values."""
    for wrapper in WRAPPERS:
        if wrapper in record and isinstance(inner := record[wrapper], Mapping):
            record = {**inner, **{key: value for key, value in record.items() if key != wrapper}}
    return record


class RawContact(NamedTuple):
    """The raw values of a contact's fields by name, and what it has as its events."""

    fields: Mapping[str, Any]
    events: Any


class ContactKeys:
    """Where contacts have their fields; contacts with the same keys are looked at once."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted
        self.layouts: dict[Keys, tuple[dict[str, int], int | None]] = {}

    def of(self, keys: Keys) -> tuple[dict[str, int], int | None]:
        """The places of the fields by name, and that of the events."""
        layout = self.layouts.get(keys)
        if layout is None:
            if len(self.layouts) >= MOST_LAYOUTS:
                self.layouts.clear()
            fields = match_keys(self.wanted, keys)
            events = keys.index("events") if "events" in keys else None
            layout = self.layouts[keys] = fields, None if events in fields.values() else events
        return layout


def read_contact(contact: Any, keys: ContactKeys) -> RawContact:
    """The parts of a contact. Raises TypeError for what is no mapping."""
    if not isinstance(contact, Mapping):
        raise TypeError(f"contact is {name_of(contact)}, and must be a dict with the fields of one contact")
    flat = unwrapped(contact)
    fields, events = keys.of(tuple(map(str, flat)))
    cells = list(flat.values())
    return RawContact({name: cells[place] for name, place in fields.items()}, None if events is None else cells[events])


def take(contact: RawContact, name: str) -> Any:
    """The raw value of a field."""
    return contact.fields.get(name)


def name_of(value: Any) -> str:
    """What a value of a wrong type is called in a message."""
    return "None" if value is None else f"of type {type(value).__name__}"
