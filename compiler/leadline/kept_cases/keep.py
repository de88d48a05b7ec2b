"""Keeps a case: works out what is written, writes it in one step, and only if the file then says just that."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from leadline.expectations import compare
from leadline.kept_cases.json_place import place_in_json
from leadline.kept_cases.places import Insertion, NoPlaceError
from leadline.kept_cases.record import Record, yaml_lines
from leadline.kept_cases.yaml_place import place_in_yaml
from leadline.readers import DataError, Samples, read_samples
from leadline.replacing import replace_file, say_unwritable
from leadline.sample_text import write_moment
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Kind, Schema
from leadline_compiler.zones import Zone

_SUFFIXES = (".yaml", ".yml", ".json")
_NO_ROOM = "it is laid out in a way that one more contact cannot be added to by itself"
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class KeepError(Exception):
    """A case that cannot be kept. `message` is one clause in the user's words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a case has gone: the file, the id it bears there, and whether the file is new."""

    path: str
    id: str
    is_new: bool


def keep_case(path: str, outcome: Outcome, now: int) -> Kept:
    """Puts a contact with what it gets into a sample file, as one more of its contacts.

    A file that does not exist is made. In one that does, every other byte stays; what it held before is kept beside it
    as `.NAME.bak`. Where the file is scored as of another day, times are moved by as much; `now` is that day where it
    names none. Nothing is written unless the file then reads as before, with the case, and the case passes. Raises
    KeepError.
    """
    if Path(path).suffix.lower() not in _SUFFIXES:
        raise KeepError(f"{path} is no sample file: its name must end in .yaml or .json")
    try:
        if not os.path.exists(path):
            return _make(path, outcome)
        return _add(path, outcome, now)
    except DataError as error:
        raise KeepError(str(error)) from None
    except OSError as error:
        raise KeepError(say_unwritable(error, path)) from None


def _make(path: str, outcome: Outcome) -> Kept:
    id_ = outcome.contact.id or "case"
    record = Record(outcome.contact, id_, outcome, None)
    as_of = write_moment(outcome.as_of, outcome.model.zone)
    if _is_end_of_day(outcome.as_of, outcome.model.zone):
        as_of = outcome.model.zone.day(outcome.as_of).isoformat()
    if Path(path).suffix.lower() == ".json":
        from leadline.json_text import write_json
        from leadline.kept_cases.record import json_object

        text = write_json({"as of": as_of, "contacts": [json_object(record)]}, indent=2) + "\n"
    else:
        text = "\n".join([f"as of: {as_of}", "contacts:", *yaml_lines(record, "  ")]) + "\n"
    _write(path, text.encode(), _Check(outcome.model, None, record, outcome.as_of))
    return Kept(path, id_, True)


def _is_end_of_day(instant: int, zone: Zone) -> bool:
    return instant == zone.last_microsecond(zone.day(instant))


def _add(path: str, outcome: Outcome, now: int) -> Kept:
    model = outcome.model
    raw = Path(path).read_bytes()
    samples = read_samples(model.schema, path, default_as_of=now)
    as_of = now if samples.as_of is None else samples.as_of
    moved = _moved(outcome.contact, as_of - outcome.as_of, model.schema)
    id_ = _free_id(outcome.contact.id or "case", samples)
    record = Record(moved, id_, outcome, as_of if samples.as_of is None else None)
    text, encoding = _decode(raw)
    insertion = _place(path, text, record)
    _write(path, insertion.into(text).encode(encoding), _Check(model, samples, record, as_of), raw)
    return Kept(path, id_, False)


def _place(path: str, text: str, record: Record) -> Insertion:
    # A mark of the byte order is the file's, not the text's.
    mark = len(text) - len(text.removeprefix("\ufeff"))
    is_json = Path(path).suffix.lower() == ".json"
    try:
        found = (place_in_json if is_json else place_in_yaml)(text[mark:], record)
    except NoPlaceError as error:
        raise KeepError(f"{path} cannot take the case: {error.message}") from None
    except (ValueError, yaml.YAMLError):
        raise KeepError(f"{path} cannot be read") from None
    return replace(found, offset=found.offset + mark)


def _decode(raw: bytes) -> tuple[str, str]:
    encoding = _UTF_16.get(raw[:2], "utf-8")
    return raw.decode(encoding), encoding


def _moved(contact: Contact, by: int, schema: Schema) -> Contact:
    """The contact with all its times moved, so that as of another day it is as old as before."""
    if not by:
        return contact
    dates = {item.name for item in schema.fields if item.type.kind is Kind.DATE}
    properties = {
        (event.name, prop.name) for event in schema.events for prop in event.properties if prop.type.kind is Kind.DATE
    }
    events = tuple(
        Event(event.type, event.at + by, _shift(event.values, {n for k, n in properties if k == event.type}, by))
        for event in contact.events
    )
    return Contact(contact.id, _shift(contact.values, dates, by), events)


def _shift(values: Mapping[str, Value], names: set[str], by: int) -> dict[str, Value]:
    return {name: value + by if name in names and isinstance(value, int) else value for name, value in values.items()}


def _free_id(wanted: str, samples: Samples) -> str:
    """The id, or with the first number that makes it one that the file does not have."""
    taken = {sample.contact.id for sample in samples.samples} | {problem.contact for problem in samples.problems}
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted} {number}"
    return found


# ---- writing


@dataclass(frozen=True, slots=True)
class _Check:
    """What the new file has to hold: the samples as they were, and behind them one that passes."""

    model: Model
    before: Samples | None
    record: Record
    as_of: int

    def look_at(self, path: Path) -> None:
        """Raises KeepError where the file says something else."""
        try:
            after = read_samples(self.model.schema, str(path), default_as_of=self.as_of)
        except DataError:
            raise KeepError(_NO_ROOM) from None
        kept = after.samples[-1] if after.samples else None
        if kept is None or kept.contact.id != self.record.id or not self._has_all_else(after):
            raise KeepError(_NO_ROOM)
        if compare(interpret(self.model, kept.contact, self.as_of), kept.expect).failures:
            day = write_moment(self.as_of, self.model.zone)
            raise KeepError(f"as of {day}, the day of that file, the case gets something else: keep it in another file")

    def _has_all_else(self, after: Samples) -> bool:
        """Whether the file says of all other contacts what it said before."""
        if self.before is None:
            return len(after.samples) == 1
        is_same = after.as_of_text == self.before.as_of_text and len(after.problems) == len(self.before.problems)
        return is_same and _told(after)[:-1] == _told(self.before)


def _told(samples: Samples | None) -> list[tuple[Any, ...]]:
    return [] if samples is None else [(sample.raw, sample.expect, sample.contact) for sample in samples.samples]


def _write(path: str, raw: bytes, check: _Check, before: bytes | None = None) -> None:
    if before is not None:
        target = Path(os.path.realpath(path))
        replace_file(target.with_name(f".{target.name}.bak"), before, like=target)
    try:
        replace_file(path, raw, check.look_at)
    except KeepError as error:
        raise KeepError(f"{path} cannot take the case: {error.message}") from None
