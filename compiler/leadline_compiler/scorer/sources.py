"""What each node of a plan reads: one field, the count of one occurrence, the scores, or several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by

Source: TypeAlias = tuple[str, int]
"""A kind of source, and the index of the field or of the node of the occurrence."""

FIELD, DAYS, COUNT, RECENT, EVENTS = "field", "days", "count", "recent", "events"
"""A field; whole days between it and as-of; how many events; whole days since the first and the last of them; the
events themselves."""
RESULT, CLOCK, OTHER = "result", "clock", "other"
"""Scores and grades; as-of alone; and what cannot be tabulated."""

_NOTHING: frozenset[Source] = frozenset()
_OF_EVENTS = {
    **dict.fromkeys(("count", "has"), COUNT),
    **dict.fromkeys(("sum", "average", "lowest", "highest", "latest", "earliest", "different"), EVENTS),
    **dict.fromkeys(("days_since_first", "days_since_last"), RECENT),
}
"""What operations read of the events of an occurrence."""


class Sources:
    """The sources of every node of a plan."""

    def __init__(self, plan: p.Plan) -> None:
        self._nodes = plan.nodes
        self._known: list[frozenset[Source]] = []
        for index in range(len(plan.nodes)):
            self._known.append(self._find(index))

    def of(self, node: int) -> frozenset[Source]:
        return self._known[node]

    def only(self, nodes: Sequence[int]) -> Source | None:
        """The one source of some nodes together; None where there are several, none, or one of no use for tables."""
        known = self._known
        return _only(known[nodes[0]] if len(nodes) == 1 else _NOTHING.union(*[known[node] for node in nodes]))

    def reads(self, node: int, kind: str) -> bool:
        """Whether a node has a source of a kind."""
        return any(found == kind for found, _ in self._known[node])

    def occurrences(self, node: int) -> Iterator[int]:
        """The occurrences whose events a node needs."""
        waiting, seen = [node], {node}
        while waiting:
            index = waiting.pop()
            if self._nodes[index][0] == "events":
                yield index
                continue
            more = [needed for needed in needed_by(self._nodes[index]) if needed not in seen]
            seen.update(more)
            waiting += more

    def is_banded(self, occurrence: int) -> bool:
        """Whether it depends on an event's kind, properties and age alone which events an occurrence means."""
        return not self._known[occurrence]

    def _find(self, index: int) -> frozenset[Source]:
        node = self._nodes[index]
        name = node[0]
        if name == "field":
            return frozenset({(FIELD, node[1])})
        kind = _OF_EVENTS.get(name)
        if kind is not None:
            return self._of_events(kind, node[1])
        if name in ("score", "grade"):
            return frozenset({(RESULT, 0)})
        if name in ("days_since", "days_until"):
            return self._of_days(node[1])
        found = _NOTHING
        for needed in needed_by(node):
            inner = self._known[needed]
            found = found | inner if found else inner
        return found

    def _of_events(self, kind: str, occurrence: int) -> frozenset[Source]:
        return frozenset({(OTHER, 0) if self._known[occurrence] else (kind, occurrence)})

    def _of_days(self, date: int) -> frozenset[Source]:
        node, inner = self._nodes[date], self._known[date]
        if node[0] == "field":
            return frozenset({(DAYS, node[1])})
        # What is taken from events is worked out anew for every contact, so the clock adds nothing to it.
        is_from_events = inner and all(kind == EVENTS for kind, _ in inner)
        return inner if is_from_events else inner | {(CLOCK, 0)}


def _only(sources: frozenset[Source]) -> Source | None:
    if len(sources) == 1:
        (found,) = sources
        return None if found[0] in (RESULT, CLOCK, OTHER) else found
    # How many events there are, and how old, are seen from the events themselves.
    if sources and all(kind in (COUNT, RECENT, EVENTS) for kind, _ in sources):
        occurrences = {occurrence for _, occurrence in sources}
        return (EVENTS, occurrences.pop()) if len(occurrences) == 1 else None
    return None
