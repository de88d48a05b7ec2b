"""The occurrences of a plan as conditions on an event's properties and on its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from leadline_compiler.model import Decay
from leadline_compiler.plan.plan import Node
from leadline_compiler.plan.references import needed_by
from leadline_compiler.scorer.literals import Literal, literals_of
from leadline_compiler.zones import Duration, Unit, Zone

Boundary: TypeAlias = tuple[str, int]
"""An age at which something changes: `age` in microseconds, `months` by the calendar, or the age of a `moment`."""


@dataclass(frozen=True, slots=True)
class Summed:
    """A rule that adds up what every event gives by itself; `steps` is how often its decay takes something away.

    Where the sum is bounded by `up_to`, `number` is its number among such rules.
    """

    rule: int
    points: int
    up_to: int | None = None
    number: int = 0
    decay: Decay | None = None
    step: int = 0
    steps: int = 0

    @property
    def boundaries(self) -> list[Boundary]:
        return [("age", self.step * number) for number in range(1, self.steps + 1)]


class Keyed(NamedTuple):
    """A rule with one limit, by `property` or, where that is None, by the day. `place` is its place among its like.

    Only those that are `even` count all events alike: they have no decay, and a limit that fits into a lane.
    """

    place: int
    property: str | None
    is_even: bool


@dataclass(slots=True)
class Occurrence:
    """Events of some kinds that pass `where`, and are younger than some boundaries and not younger than others.

    What it is for: `counted` is the lane that counts it, `marked` the bit that says that it occurred, and `recent` the
    first of those that say so of the spans between `edges`, in days since an event; `listed` is its number among the
    occurrences whose events are looked at one by one; `summed` are the rules that add up what each event gives,
    `keyed` those that do so for each day or value; or its events are ignored. `properties` are those that `where`
    looks at.
    """

    node: int
    events: tuple[str, ...]
    where: list[Literal]
    windows: list[tuple[Boundary, bool]]
    properties: frozenset[str]
    counted: int | None = None
    marked: int | None = None
    recent: int | None = None
    edges: tuple[Boundary, ...] = ()
    listed: int | None = None
    summed: list[Summed] = field(default_factory=list)
    keyed: list[Keyed] = field(default_factory=list)
    is_ignored: bool = False

    @property
    def boundaries(self) -> set[Boundary]:
        windows = {boundary for boundary, _ in self.windows}
        return windows.union(self.edges, *(rule.boundaries for rule in self.summed))


def read_occurrence(nodes: Sequence[Node], index: int) -> Occurrence | None:
    """A banded occurrence of a plan; None where its `where` can never hold."""
    _, events, where, windows = nodes[index]
    literals = [] if where is None else literals_of(nodes, where)
    if literals is None:
        return None
    properties = frozenset().union(*(properties_of(nodes, node) for node, _ in literals))
    return Occurrence(index, events, literals, [_window(name, bound) for name, bound in windows], properties)


def properties_of(nodes: Sequence[Node], test: int) -> frozenset[str]:
    """The properties that a test looks at."""
    found: set[str] = set()
    waiting = [test]
    while waiting:
        node = nodes[waiting.pop()]
        if node[0] == "property":
            found.add(node[1])
        waiting.extend(needed_by(node))
    return frozenset(found)


_WINDOWS: dict[str, tuple[str, bool]] = {
    "within": ("age", True),
    "ago": ("age", False),
    "within_months": ("months", True),
    "ago_months": ("months", False),
    "since": ("moment", True),
    "before": ("moment", False),
}


def _window(name: str, bound: int) -> tuple[Boundary, bool]:
    kind, is_younger = _WINDOWS[name]
    return (kind, bound), is_younger


def age_at(boundary: Boundary, as_of: int, zone: Zone) -> timedelta:
    """The age at which an event stops being younger than a boundary."""
    kind, bound = boundary
    if kind == "months":
        bound = as_of - zone.back(as_of, Duration(bound, Unit.MONTHS))
    elif kind == "moment":
        # An event of that very moment counts as younger.
        bound = as_of - bound + 1
    return timedelta(microseconds=bound)


Order: TypeAlias = tuple[Boundary, ...]
