"""One contact while a plan runs over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from leadline_compiler.contacts import Event, Value
from leadline_compiler.zones import Zone


@dataclass(slots=True)
class Run:
    """`fields` are the contact's values by index; `events` those not later than as-of and not ignored, newest first.

    `memo` holds what nodes were worth; `event` is the one that a `where` looks at.
    """

    fields: Sequence[Value]
    events: Sequence[Event]
    as_of: int
    zone: Zone
    memo: dict[int, Any] = field(default_factory=dict)
    scores: Sequence[int] = ()
    total: int = 0
    grades: Mapping[int | None, str | None] = field(default_factory=dict)
    event: Mapping[str, Value] = field(default_factory=dict)


Evaluate: TypeAlias = Callable[[Run], Any]
"""Works a node out for a run."""
