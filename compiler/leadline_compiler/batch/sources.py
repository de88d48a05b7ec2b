"""What each node of a plan goes by: fields, how often or how long ago something occurred, or anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from leadline_compiler.batch.windows import is_dated
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.plan import Node
from leadline_compiler.plan.references import needed_by

Source: TypeAlias = tuple[str, int]
"""A kind of source, and the index of the field or of the node of the occurrence."""

FIELD, COUNT, NEWEST, OLDEST, OTHER = "field", "count", "newest", "oldest", "other"
_AGES = {"days_since_last": NEWEST, "days_since_first": OLDEST}


class Sources:
    """The sources of every node of a plan that contacts are asked for."""

    def __init__(self, plan: p.Plan) -> None:
        self._nodes = plan.nodes
        self._known: list[frozenset[Source]] = []
        for node in plan.nodes:
            self._known.append(self._find(node))

    def of(self, node: int) -> frozenset[Source]:
        return self._known[node]

    def only(self, rule: p.PlanRule) -> Source | None:
        """The one field or occurrence that a rule goes by; None where there are several, or others."""
        found = self.of_rule(rule)
        if len(found) != 1:
            return None
        (source,) = found
        return None if source[0] == OTHER else source

    def of_rule(self, rule: p.PlanRule) -> frozenset[Source]:
        """What decides a rule's points. Events of a `for each` are a source where only their number matters."""
        match rule.body:
            case p.WhenBody(condition=node) | p.EveryBody(amount=node) | p.TableBody(amount=node):
                return self.of(node)
            case p.EachBody(occurrence=node, times=times, decay=decay):
                is_count = decay is None and all(limit.per == "all" for limit in times)
                return frozenset({(COUNT, node) if is_count and self.is_static(node) else (OTHER, 0)})

    def is_static(self, occurrence: int) -> bool:
        """Whether it does not depend on the contact's fields which events an occurrence means."""
        return is_static(self._nodes, occurrence)

    def _find(self, node: Node) -> frozenset[Source]:
        name = node[0]
        if name == "field":
            return frozenset({(FIELD, node[1])})
        if name in ("has", "count"):
            return frozenset({(COUNT, node[1]) if self.is_static(node[1]) else (OTHER, 0)})
        if name in _AGES and self.is_static(node[1]):
            return frozenset({(_AGES[name], node[1])})
        if name in ("score", "grade", "events", "property") or self._asks_events(node):
            return frozenset({(OTHER, 0)})
        return frozenset().union(*(self._known[needed] for needed in needed_by(node)))

    def _asks_events(self, node: Node) -> bool:
        return any(self._nodes[needed][0] == "events" for needed in needed_by(node))


def parts_of(plan: p.Plan, rule: p.PlanRule, sources: Sources) -> list[tuple[Source, int]] | None:
    """The joined conditions, with the one field or occurrence that each goes by; None for a rule of another kind."""
    body = rule.body
    if not isinstance(body, p.WhenBody) or plan.nodes[body.condition][0] != "and":
        return None
    found = []
    for node in plan.nodes[body.condition][1]:
        of_node = sources.of(node)
        if len(of_node) != 1:
            return None
        (source,) = of_node
        if source[0] not in (FIELD, COUNT):
            return None
        found.append((source, node))
    return found


def is_static(nodes: Sequence[Node], occurrence: int) -> bool:
    """Whether an occurrence has no window that begins or ends with a date of the contact."""
    return not any(is_dated(name) for name, _ in nodes[occurrence][3])
