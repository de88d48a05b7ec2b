"""One change of a case, as people type it: `job_role = CEO`, `+page_view path=/pricing 2d`, `-3`, `today = +14d`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from leadline.readers.event_names import EventNames
from leadline.readers.headings import normalise_heading
from leadline.readers.single import ContactConverter
from leadline.what_if.case import Case, events_of
from leadline_compiler.contacts import Contact
from leadline_compiler.resolve.scope import closest
from leadline_compiler.schema import EventType, Field, Property, Schema
from leadline_compiler.zones import DAY, HOUR, MINUTE, WEEK, parse_as_of, parse_date

HOW = "write `field = value`, `+event property=value 2d`, `-1` for the newest event, or `today = +14d`"
TODAY = ("today", "as of")
"""What the day of the case is called; a field of that name goes first."""
_ASSIGNMENT = re.compile(r"\s*(`[^`]*`|\"[^\"]*\"|[^=]*?)\s*=\s*(.*?)\s*", re.DOTALL)
_WORD = re.compile(r"(?:`[^`]*`|\"[^\"]*\"|[^\s`\"])+")
_AGE = re.compile(r"(\d{1,6})\s*([a-z]+)(?:\s+ago)?", re.IGNORECASE)
_SHIFT = re.compile(r"([+-])\s*(\d{1,6})\s*([a-z]+)", re.IGNORECASE)
_UNITS = {
    "m": MINUTE,
    "min": MINUTE,
    "minute": MINUTE,
    "h": HOUR,
    "hour": HOUR,
    "d": DAY,
    "day": DAY,
    "w": WEEK,
    "week": WEEK,
}


class ChangeError(Exception):
    """A change that cannot be made. `message` is one clause that says what would be right."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def change_case(case: Case, text: str, schema: Schema) -> Case:
    """The case after a change. Raises ChangeError for a text that is none, or that does not fit the contact."""
    said = text.strip()
    if said.startswith("+"):
        changed = _add(case, said[1:].strip(), schema)
    elif said.startswith("-"):
        changed = _drop(case, said[1:].strip())
    else:
        changed = _assign(case, said, schema)
    return replace(changed, changes=(*case.changes, said))


# ---- fields, and the day


def _assign(case: Case, text: str, schema: Schema) -> Case:
    match = _ASSIGNMENT.fullmatch(text)
    if match is None or not match[1]:
        raise ChangeError(HOW)
    name, value = _bare(match[1]), _bare(match[2])
    field = find_field(name, schema)
    if field is None and name.casefold() in TODAY:
        return replace(case, as_of=_moved(case.as_of, value, schema))
    if name == schema.identifier or (field is not None and field.name == schema.identifier):
        raise ChangeError("what tells contacts apart cannot be changed")
    if field is None:
        close = closest(name, [*(item.name for item in schema.fields), *TODAY])
        raise ChangeError(f"there is no field `{name}`" + (f"; did you mean `{close}`?" if close else ""))
    read = _read({schema.identifier: case.contact.id, field.heading or field.name: value}, case, schema)
    values = {**case.contact.values, field.name: read.values.get(field.name)}
    return replace(case, contact=replace(case.contact, values=values))


def find_field(name: str, schema: Schema) -> Field | None:
    """The field that is meant by its name, by its heading, or by something alike."""
    exact = [item for item in schema.fields if name == item.name] or [
        item for item in schema.fields if name == item.heading
    ]
    if exact:
        return exact[0]
    alike = normalise_heading(name)
    near = [item for item in schema.fields if alike in map(normalise_heading, (item.name, item.heading or item.name))]
    return near[0] if len(near) == 1 and alike else None


def _moved(as_of: int, text: str, schema: Schema) -> int:
    shift = _SHIFT.fullmatch(text)
    if shift is not None:
        length = _length(shift[3])
        if length is not None:
            return as_of + (1 if shift[1] == "+" else -1) * int(shift[2]) * length
    instant = parse_as_of(text, schema.zone)
    if instant is None:
        raise ChangeError(f"`{text}` is no day: write `today = +14d`, `today = -3d` or `today = 2026-11-21`")
    return instant


def _length(unit: str) -> int | None:
    return _UNITS.get(unit.lower()) or _UNITS.get(unit.lower().removesuffix("s"))


# ---- events


def _add(case: Case, text: str, schema: Schema) -> Case:
    words = _WORD.findall(text)
    kinds = EventNames(schema.events)
    index = kinds.find(_bare(words[0])) if words else None
    if index is None:
        known = ", ".join(event.name for event in schema.events[:6])
        hint = f"there is {known}" if known else "the rules declare none"
        if not words:
            raise ChangeError(f"name an event behind the plus; {hint}")
        close = closest(_bare(words[0]), kinds.declared)
        raise ChangeError(f"there is no event `{_bare(words[0])}`; " + (f"did you mean `{close}`?" if close else hint))
    event = schema.events[index]
    values, when = _properties(event, words[1:])
    at = _event_time(when, case.as_of, schema)
    # The time is put in afterwards: readers take texts, and this one is known to the microsecond.
    raw = {**values, "event": event.name, "at": "2000-01-01"}
    read = _read({schema.identifier: case.contact.id, "events": [raw]}, case, schema)
    added = tuple(replace(item, at=at) for item in read.events)
    return replace(case, contact=replace(case.contact, events=(*case.contact.events, *added)))


def _properties(event: EventType, words: Sequence[str]) -> tuple[dict[str, str], str]:
    """The properties that are given, and the words that are left, which say when."""
    values: dict[str, str] = {}
    rest = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            rest.append(word)
            continue
        found = _find_property(event, _bare(name))
        values[found.name] = _bare(value)
    return values, " ".join(rest)


def _find_property(event: EventType, name: str) -> Property:
    found = event.property_named(name)
    if found is None:
        names = [prop.name for prop in event.properties]
        close = closest(name, names)
        hint = f"did you mean `{close}`?" if close else f"it has {', '.join(names)}" if names else "it has none"
        raise ChangeError(f"`{event.name}` has no property `{name}`; {hint}")
    return found


def _event_time(text: str, as_of: int, schema: Schema) -> int:
    if text in ("", "now"):
        return as_of
    age = _AGE.fullmatch(text)
    length = _length(age[2]) if age is not None else None
    if age is not None and length is not None:
        return as_of - int(age[1]) * length
    moment = parse_date(text, schema.zone)
    if moment is None:
        raise ChangeError(f"`{text}` is no time: write `2d` for two days ago, or `2026-11-20T09:00`")
    return moment


def _drop(case: Case, text: str) -> Case:
    events = events_of(case.contact)
    if text.isdecimal():
        number = int(text)
        if not 1 <= number <= len(events):
            if not events:
                raise ChangeError("the contact has no event to take away")
            raise ChangeError(f"there is no event {number}: the contact has {len(events)}, the newest is 1")
        gone = events[number - 1]
    else:
        name = _bare(text)
        found = next((event for event in events if event.type == name), None)
        if found is None:
            close = closest(name, {event.type for event in events})
            raise ChangeError(f"the contact has no `{name}`" + (f"; did you mean `{close}`?" if close else ""))
        gone = found
    kept = tuple(event for event in case.contact.events if event is not gone)
    return replace(case, contact=replace(case.contact, events=kept))


# ---- values


def _read(raw: dict[str, object], case: Case, schema: Schema) -> Contact:
    """The values as the readers of data take them."""
    contact, problems = ContactConverter(schema, as_of=case.as_of).convert(raw)
    if problems:
        raise ChangeError(problems[0].message)
    return contact


def _bare(text: str) -> str:
    """A name or a value without the quotes around it."""
    quoted = len(text) >= 2 and text[0] == text[-1] and text[0] in '`"'
    return text[1:-1] if quoted else text
