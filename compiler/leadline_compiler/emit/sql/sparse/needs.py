"""What conditions and amounts look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from leadline_compiler.plan import Plan
from leadline_compiler.plan.ops import OPS
from leadline_compiler.plan.plan import Node

_MEASURED = {"has": "many", "count": "many", "days_since_last": "newest", "days_since_first": "oldest"}


@dataclass(frozen=True, slots=True)
class Needs:
    """Columns of the contact (field and facet), measures of its events (name and occurrence), properties of an event.

    `now` is whether the instant of the run is needed, `more` whether anything else is: a score, another aggregate.
    """

    columns: frozenset[tuple[int, str]] = frozenset()
    measures: frozenset[tuple[str, int]] = frozenset()
    properties: frozenset[str] = frozenset()
    now: bool = False
    more: bool = False

    def __or__(self, other: Needs) -> Needs:
        return Needs(
            self.columns | other.columns,
            self.measures | other.measures,
            self.properties | other.properties,
            self.now or other.now,
            self.more or other.more,
        )

    def field(self, *, fixed: bool) -> int | None:
        """The one field of the contact that is looked at, if that is all; `fixed` is whether all have one instant."""
        fields = {index for index, _ in self.columns}
        others = self.measures or self.properties or self.more or (self.now and not fixed)
        return next(iter(fields)) if len(fields) == 1 and not others else None

    @property
    def measure(self) -> tuple[str, int] | None:
        """The one measure that is looked at, if that is all."""
        alone = len(self.measures) == 1 and not (self.columns or self.properties or self.now or self.more)
        return next(iter(self.measures)) if alone else None


NOTHING = Needs()


def needs_of(plan: Plan) -> list[Needs]:
    """What each node of the plan looks at; an occurrence what its `where` does."""
    found: list[Needs] = []
    for node in plan.nodes:
        found.append(_needs(node, plan, found))
    return found


def _needs(node: Node, plan: Plan, before: list[Needs]) -> Needs:
    name = node[0]
    if name in _MEASURED:
        return Needs(measures=frozenset([(_MEASURED[name], node[1])]))
    match name:
        case "field":
            return Needs(columns=frozenset([(node[1], "folded")]))
        case "property":
            return Needs(properties=frozenset([node[1]]))
        case "matches" if plan.nodes[node[1]][0] == "field":
            return Needs(columns=frozenset([(plan.nodes[node[1]][1], "pattern")]))
        case "score" | "grade" | "sum" | "average" | "lowest" | "highest" | "latest" | "earliest" | "different":
            return Needs(more=True)
        case "events":
            return NOTHING if node[2] is None else before[node[2]]
    below = reduce(Needs.__or__, (before[index] for index in _arguments(node)), NOTHING)
    return below | Needs(now=True) if name in ("days_since", "days_until") else below


def _arguments(node: Node) -> list[int]:
    """The nodes that a node is made of."""
    found: list[int] = []
    for sort, value in zip(OPS[node[0]].sorts, node[1:], strict=True):
        if sort == "node":
            found.append(value)
        elif sort == "nodes":
            found += value
    return found
