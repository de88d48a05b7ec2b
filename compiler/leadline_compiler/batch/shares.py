"""The rules of a plan by what they go by, so that those that go by the same are worked out together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from leadline_compiler.batch.decay_points import is_decaying
from leadline_compiler.batch.events import Key
from leadline_compiler.batch.keyed_points import key_of_rule
from leadline_compiler.batch.sources import FIELD, NEWEST, OLDEST, Source, Sources, is_static, parts_of
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by

ANY = -1
"""Stands for the kind of occurrences that may mean several kinds of events."""


@dataclass(slots=True)
class Shares:
    """The indexes of rules by the field or the occurrence that they go by, or by the kind of their events.

    `counts` go by how often the occurrence occurred, `ages` by how long ago. `decaying` lose worth with age, `keyed`
    have one limit by day or value; `joint` are conditions joined with `and` that each go by one field or how often
    one occurrence occurred. `rest` is judged contact by contact.
    """

    fields: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    ages: dict[Source, list[int]] = field(default_factory=lambda: defaultdict(list))
    decaying: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    keyed: dict[tuple[int, Key | str], list[int]] = field(default_factory=lambda: defaultdict(list))
    joint: dict[int, list[tuple[Source, int]]] = field(default_factory=dict)
    rest: list[int] = field(default_factory=list)


def share_out(plan: p.Plan, kinds: Kinds) -> Shares:
    """Every rule at its place."""
    shares, sources = Shares(), Sources(plan)
    for index, rule in enumerate(plan.rules):
        source = sources.only(rule)
        if source is not None:
            if source[0] in (NEWEST, OLDEST):
                shares.ages[source].append(index)
            else:
                (shares.fields if source[0] == FIELD else shares.counts)[source[1]].append(index)
            continue
        parts = parts_of(plan, rule, sources)
        if parts is not None:
            shares.joint[index] = parts
            continue
        body = rule.body
        if isinstance(body, p.EachBody) and is_static(plan.nodes, body.occurrence):
            kind, key = kinds.of(body.occurrence), key_of_rule(plan, rule)
            if is_decaying(rule):
                shares.decaying[kind].append(index)
                continue
            if key is not None:
                shares.keyed[kind, key].append(index)
                continue
        shares.rest.append(index)
    return shares


class Kinds:
    """The kind of events that each occurrence means."""

    def __init__(self, plan: p.Plan) -> None:
        self._names = {event.name: number for number, event in enumerate(plan.schema.events)}
        self._nodes = plan.nodes

    def of(self, occurrence: int) -> int:
        """The index of the declared kind; ANY where there are several."""
        names = self._nodes[occurrence][1]
        return self._names[names[0]] if len(names) == 1 else ANY


def counted_by(plan: p.Plan, rules: Iterable[int]) -> dict[int, bool]:
    """The occurrences of which some rules, the exits and the stages ask how often they occurred.

    By occurrence whether it matters how often, beyond once.
    """
    nodes = plan.nodes
    asked = [*(item.condition for item in plan.exits), *(item.condition for item in plan.stages)]
    found: dict[int, bool] = {}
    for index in rules:
        match plan.rules[index].body:
            case p.WhenBody(condition=node) | p.EveryBody(amount=node) | p.TableBody(amount=node):
                asked.append(node)
            case p.EachBody(occurrence=occurrence):
                found[occurrence] = True
    for node in _needed(nodes, asked):
        if nodes[node][0] in ("has", "count"):
            occurrence = nodes[node][1]
            found[occurrence] = found.get(occurrence, False) or nodes[node][0] == "count"
    return {occurrence: matters for occurrence, matters in found.items() if is_static(nodes, occurrence)}


def _needed(nodes: Sequence[p.Node], roots: Iterable[int]) -> set[int]:
    waiting = list(roots)
    seen = set(waiting)
    while waiting:
        more = [index for index in needed_by(nodes[waiting.pop()]) if index not in seen]
        seen.update(more)
        waiting += more
    return seen
