"""Contacts and events as the scorers see them: every value already of its field's type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | bool | tuple[str, ...] | None
"""TEXT and CHOICE: the trimmed text as written; NUMBER: millionths; YES_NO: a bool; DATE: a moment in
microseconds; LIST: trimmed texts. None is missing."""


@dataclass(frozen=True, slots=True)
class Event:
    """A declared event at a moment. Properties without a value may be absent from `values`."""

    type: str
    at: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with its events in any order. Fields without a value may be absent from `values`."""

    id: str
    values: Mapping[str, Value]
    events: tuple[Event, ...] = ()
