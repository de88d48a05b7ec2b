"""What moves with time in a plan: windows, decays and counts of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from leadline_compiler.numbers import MILLION
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.ops import OPS
from leadline_compiler.plan.references import needed_by


@dataclass(frozen=True, slots=True)
class Window:
    """The events of a node enter or leave once they are so old: microseconds, or calendar months."""

    events: int
    length: int
    is_months: bool


@dataclass(frozen=True, slots=True)
class Moments:
    """Where moments come from: a field, a constant, a property of some kinds of events, or when they happened."""

    field: int | None = None
    constant: int | None = None
    kinds: frozenset[str] = frozenset()
    property: str | None = None


@dataclass(frozen=True, slots=True)
class DayCount:
    """Whole days since moments, or until them. `edges` are the counts at which something depends on it; None: any."""

    of: tuple[Moments, ...]
    until: bool
    edges: frozenset[int] | None


Moving: TypeAlias = Window | DayCount


@dataclass(frozen=True, slots=True)
class Part:
    """What some nodes depend on: nodes of events, and what moves with time."""

    events: frozenset[int]
    moving: frozenset[Moving]


class Parts:
    """What the nodes of a plan depend on."""

    def __init__(self, plan: p.Plan) -> None:
        self._plan = plan
        edges = _edges(plan)
        self._parts: list[Part] = []
        for index, node in enumerate(plan.nodes):
            own: tuple[Moving, ...] = ()
            if node[0] == "events":
                own = tuple(_windows(index, node))
            elif node[0] in _SOURCES:
                own = (DayCount(_moments(plan, node), node[0] == "days_until", edges[index]),)
            self._parts.append(self._joined(needed_by(node), {index} if node[0] == "events" else (), own))
        self._ignoring = self._joined(plan.ignored)
        # Whether such an event is ignored is settled when it happens.
        if not self._ignoring.moving and self._ignoring.events == frozenset(plan.ignored):
            self._ignoring = Part(frozenset(), frozenset())

    def of(self, nodes: Iterable[int]) -> Part:
        """What some nodes depend on, with what settles which events they see."""
        found, ignoring = self._joined(nodes), self._ignoring
        if not found.events:
            return found
        return Part(found.events | ignoring.events, found.moving | ignoring.moving)

    def is_timeless(self, node: int) -> bool:
        """Whether a node is always worth the same."""
        return not self._parts[node].moving

    def _joined(self, nodes: Iterable[int], events: Iterable[int] = (), moving: Iterable[Moving] = ()) -> Part:
        needed = [self._parts[index] for index in nodes]
        return Part(
            frozenset(events).union(*(part.events for part in needed)),
            frozenset(moving).union(*(part.moving for part in needed)),
        )


def _kinds(plan: p.Plan, occurrence: int) -> frozenset[str]:
    return kinds_of(plan, plan.nodes[occurrence])


def kinds_of(plan: p.Plan, node: p.Node) -> frozenset[str]:
    """The kinds of events that an occurrence means, by name."""
    return frozenset(plan.schema.events[kind].name if isinstance(kind, int) else kind for kind in node[1])


def _windows(index: int, node: p.Node) -> Iterator[Window]:
    for name, length in node[3]:
        if name in ("within", "ago", "within_months", "ago_months"):
            yield Window(index, length, name.endswith("months"))


_SOURCES = frozenset({"days_since", "days_until", "days_since_first", "days_since_last"})


def _moments(plan: p.Plan, node: p.Node) -> tuple[Moments, ...]:
    if node[0] in ("days_since_first", "days_since_last"):
        return (Moments(kinds=_kinds(plan, node[1])),)
    return tuple(_moments_of(plan, plan.nodes[node[1]]))


def _moments_of(plan: p.Plan, node: p.Node) -> Iterator[Moments]:
    """All moments that a node of dates may have as its value, whatever else it depends on."""
    match node[0]:
        case "field":
            yield Moments(field=node[1])
        case "moment":
            yield Moments(constant=node[1])
        case "property":
            yield Moments(kinds=frozenset(event.name for event in plan.schema.events), property=node[1])
        case _:
            yield Moments(kinds=_kinds(plan, node[1]), property=node[2])


# ---- at which counts something changes


def _edges(plan: p.Plan) -> list[frozenset[int] | None]:
    """For each node, the whole numbers at which a change of its value can matter; None where any may."""
    found: list[set[int] | None] = [set() for _ in plan.nodes]

    def need(index: int, edges: set[int] | None) -> None:
        known = found[index]
        found[index] = None if known is None or edges is None else known | edges

    for node in plan.nodes:
        _edges_of_node(plan, node, need)
    for rule in plan.rules:
        match rule.body:
            case p.TableBody(amount, rows):
                need(amount, {edge for row in rows for range_ in row.ranges for edge in _edges_of_range(*range_)})
            case p.EveryBody(amount=amount):
                need(amount, None)
    return [None if edges is None else frozenset(edges) for edges in found]


def _edges_of_node(plan: p.Plan, node: p.Node, need: Any) -> None:
    match node[0]:
        case "within":
            need(node[1], set(_edges_of_range(node[2], node[3])))
        case "one_of":
            need(node[1], {edge for value in node[2] if type(value) is int for edge in _edges_of_range(value, value)})
        case "above" | "least":
            for one, other in ((node[1], node[2]), (node[2], node[1])):
                constant = plan.nodes[other]
                need(one, set(_edges_around(constant[1])) if constant[0] == "number" else None)
        case "known":
            pass
        case _:
            for sort, argument in zip(OPS[node[0]].sorts, node[1:], strict=True):
                for index in _nodes_in(sort, argument):
                    need(index, None)


def _nodes_in(sort: str, argument: Any) -> tuple[int, ...]:
    if sort == "nodes":
        return tuple(argument)
    if sort == "windows":
        return tuple(value for name, value in argument if name.endswith("_date"))
    return (argument,) if sort.startswith("node") and argument is not None else ()


def _edges_around(millionths: int) -> tuple[int, int]:
    """The whole numbers next to a number: passing it from either side changes a comparison at one of them."""
    return millionths // MILLION, millionths // MILLION + 1


def _edges_of_range(low: int | None, high: int | None) -> Iterator[int]:
    for bound in (low, high):
        if bound is not None:
            yield from (edge + beyond for edge in _edges_around(bound) for beyond in (-1, 0))
