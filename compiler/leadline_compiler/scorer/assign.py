"""Gives every rule, exit and stage to the source that it reads, or cuts it into parts that have one source each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.decay_steps import most_steps
from leadline_compiler.scorer.literals import Literal, literals_of
from leadline_compiler.scorer.sources import COUNT, DAYS, EVENTS, FIELD, RESULT, Source, Sources


@dataclass(slots=True)
class Share:
    """What reads one source: conditions of rules, rules with an amount or with limits, parts of joints."""

    whens: list[tuple[list[Literal], int]] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    eaches: list[int] = field(default_factory=list)
    parts: list[tuple[list[Literal], int]] = field(default_factory=list)


@dataclass(slots=True)
class Joint:
    """A condition on several sources. `fields` are parts on a field each, `events` on an occurrence each.

    `rest` are the parts that have several sources themselves. It stands for a rule, or for the gate of an exit or a
    stage; an inverted one gives a rule's points where it does not hold.
    """

    rule: int | None
    gate: int | None
    inverted: bool = False
    fields: dict[Source, list[Literal]] = field(default_factory=dict)
    events: dict[Source, list[Literal]] = field(default_factory=dict)
    rest: list[Literal] = field(default_factory=list)


@dataclass(slots=True)
class Gate:
    """An exit's or a stage's condition: its joint, where it has one, and the parts that need the scores.

    `is_open` is False for a condition that never holds.
    """

    joint: int | None = None
    after: list[Literal] = field(default_factory=list)
    is_open: bool = True


class Assignment:
    """Every rule, exit and stage of a plan at its place."""

    def __init__(self, plan: p.Plan) -> None:
        self.plan = plan
        self.sources = Sources(plan)
        self.shares: dict[Source, Share] = defaultdict(Share)
        self.joints: list[Joint] = []
        self.always: list[int] = []
        """Rules that always fire."""
        self.plain: list[int] = []
        """Rules that are judged for every contact."""
        self.summed: dict[int, list[int]] = defaultdict(list)
        """Rules by occurrence that add up what every event gives by itself."""
        self.keyed: dict[int, list[int]] = defaultdict(list)
        """Rules by occurrence that add up what the newest few events of each day or value give."""
        for index, rule in enumerate(plan.rules):
            self._place(index, rule)
        self.exits = [self._gate(item.condition, number) for number, item in enumerate(plan.exits)]
        self.stages = [
            self._gate(item.condition, number) for number, item in enumerate(plan.stages, start=len(plan.exits))
        ]
        decays = {score.without for score in plan.scores if score.without is not None}
        self.is_whole = all(self.sources.is_banded(occurrence) for occurrence in {*decays, *plan.ignored})
        """Whether events can be told by kind, properties and age; else contacts are scored node by node."""

    def _place(self, index: int, rule: p.PlanRule) -> None:
        match rule.body:
            case p.WhenBody(condition):
                self._place_condition(index, condition)
            case p.EachBody():
                self._place_each(index, rule.body)
            case p.EveryBody(amount=amount) | p.TableBody(amount=amount):
                source = self.sources.only([amount])
                if source is None:
                    self.plain.append(index)
                else:
                    self.shares[source].bodies.append(index)

    def _place_each(self, index: int, body: p.EachBody) -> None:
        occurrence = body.occurrence
        if not self.sources.is_banded(occurrence):
            self.plain.append(index)
            return
        decay, points = body.decay, self.plan.rules[index].points
        is_plain = not body.times and not body.after_first
        if is_plain and (body.up_to is None if decay is None else most_steps(decay, points) is not None):
            self.summed[occurrence].append(index)
        elif decay is None and all(limit.per == "all" for limit in body.times):
            self.shares[COUNT, occurrence].eaches.append(index)
        elif len(body.times) == 1 and body.times[0].per != "all" and not body.after_first:
            self.keyed[occurrence].append(index)
        else:
            self.shares[EVENTS, occurrence].eaches.append(index)

    def _place_condition(self, index: int, condition: int) -> None:
        literals = literals_of(self.plan.nodes, condition)
        if literals is None:
            return
        if not literals:
            self.always.append(index)
            return
        source = self.sources.only([node for node, _ in literals])
        if source is not None:
            self.shares[source].whens.append((literals, index))
            return
        inverted = literals_of(self.plan.nodes, condition, wanted=False)
        if len(literals) == 1 and inverted is not None and len(inverted) > 1:
            self._join(Joint(index, None, inverted=True), inverted)
        else:
            self._join(Joint(index, None), literals)

    def _gate(self, condition: int, number: int) -> Gate:
        literals = literals_of(self.plan.nodes, condition)
        if literals is None:
            return Gate(is_open=False)
        after = [literal for literal in literals if self.sources.reads(literal[0], RESULT)]
        before = [literal for literal in literals if literal not in after]
        joint = self._join(Joint(None, number), before) if before else None
        return Gate(joint, after)

    def _join(self, joint: Joint, literals: Iterable[Literal]) -> int:
        for literal in literals:
            source = self.sources.only([literal[0]])
            if source is None:
                joint.rest.append(literal)
            elif source[0] in (FIELD, DAYS):
                joint.fields.setdefault(source, []).append(literal)
            else:
                joint.events.setdefault(source, []).append(literal)
        self.joints.append(joint)
        return len(self.joints) - 1
