"""The two kinds of passes: those that look at one node after the other, and those that look at the whole plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import Places, moved
from leadline_compiler.plan.table import Rewrites, Table
from leadline_dsl.nodes import changed


@dataclass(frozen=True, slots=True)
class NodePass:
    """A pass that says what becomes of a node when all that it needs is known.

    Several of them need but one walk over the nodes, or none where the nodes are made one by one. `rewrites` are
    made anew for each table, since they may keep notes of it.
    """

    name: str
    purpose: str
    rewrites: Callable[[], Rewrites]

    def __call__(self, plan: p.Plan) -> p.Plan:
        return rebuild(plan, [self])


@dataclass(frozen=True, slots=True)
class PlanPass:
    """A pass that needs to see the whole plan."""

    name: str
    purpose: str
    run: Callable[[p.Plan], p.Plan]

    def __call__(self, plan: p.Plan) -> p.Plan:
        return self.run(plan)


Pass: TypeAlias = NodePass | PlanPass


def rebuild(plan: p.Plan, passes: Sequence[NodePass]) -> p.Plan:
    """The plan with every node gone through the passes, needed ones first."""
    table = Table([one.rewrites() for one in passes])
    places: list[int] = []
    for node in plan.nodes:
        places.append(table.add(*moved(node, places)))
    return with_nodes(plan, table.nodes, places)


def with_nodes(plan: p.Plan, nodes: Sequence[p.Node], places: Places) -> p.Plan:
    """The plan with other nodes, referred to by their new places."""
    return replace(
        plan,
        nodes=tuple(nodes),
        ignored=tuple(places[index] for index in plan.ignored),
        rules=tuple([_rule_moved(rule, places) for rule in plan.rules]),
        scores=tuple(
            score if score.without is None else changed(score, without=places[score.without]) for score in plan.scores
        ),
        exits=tuple(changed(item, condition=places[item.condition]) for item in plan.exits),
        stages=tuple(changed(item, condition=places[item.condition]) for item in plan.stages),
    )


def roots(plan: p.Plan) -> Iterator[int]:
    """The indexes of the nodes that the rest of the plan names."""
    yield from plan.ignored
    for rule in plan.rules:
        body = rule.body
        match body:
            case p.WhenBody():
                yield body.condition
            case p.EachBody():
                yield body.occurrence
            case p.EveryBody() | p.TableBody():
                yield body.amount
    yield from (score.without for score in plan.scores if score.without is not None)
    yield from (item.condition for item in plan.exits)
    yield from (item.condition for item in plan.stages)


def _rule_moved(rule: p.PlanRule, places: Places) -> p.PlanRule:
    # Written out rather than with `changed`: there are thousands of rules, and it takes three times as long.
    return p.PlanRule(rule.name, rule.points, _body_moved(rule.body, places), rule.score, rule.group, rule.line)


def _body_moved(body: p.Body, places: Places) -> p.Body:
    match body:
        case p.WhenBody():
            return p.WhenBody(places[body.condition])
        case p.EachBody():
            return p.EachBody(places[body.occurrence], body.times, body.after_first, body.decay, body.up_to)
        case p.EveryBody():
            return p.EveryBody(body.step, places[body.amount], body.up_to)
        case p.TableBody():
            return p.TableBody(places[body.amount], body.rows)
