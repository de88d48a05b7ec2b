"""Rebuilding a plan's table of nodes, for the passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.ops import OPS


@dataclass(slots=True)
class Table:
    """A table of nodes as it grows; equal nodes are one."""

    nodes: list[p.Node] = field(default_factory=list)
    known: dict[p.Node, int] = field(default_factory=dict)

    def add(self, *node: Any) -> int:
        """The index of a node, which is added where there is no equal one."""
        index = self.known.get(node)
        if index is None:
            index = self.known[node] = len(self.nodes)
            self.nodes.append(node)
        return index

    def __getitem__(self, index: int) -> p.Node:
        return self.nodes[index]


Rewrite: TypeAlias = Callable[[p.Node, Table], int]
"""Given a node whose arguments point into the new table, adds what shall stand for it, and answers its index."""

_SORTS = {name: op.sorts for name, op in OPS.items()}


def moved(node: p.Node, index: Callable[[int], int]) -> p.Node:
    """The node with every reference to another replaced."""
    arguments = []
    for sort, argument in zip(_SORTS[node[0]], node[1:], strict=True):
        if sort == "node" or (sort == "node?" and argument is not None):
            argument = index(argument)
        elif sort == "nodes":
            argument = tuple(map(index, argument))
        elif sort == "windows":
            argument = tuple((name, index(at) if name.endswith("_date") else at) for name, at in argument)
        arguments.append(argument)
    return (node[0], *arguments)


def needed_by(node: p.Node) -> Iterator[int]:
    """The indexes of the nodes that a node needs."""
    for sort, argument in zip(_SORTS[node[0]], node[1:], strict=True):
        if sort == "node" or (sort == "node?" and argument is not None):
            yield argument
        elif sort == "nodes":
            yield from argument
        elif sort == "windows":
            yield from (at for name, at in argument if name.endswith("_date"))


def rebuild(plan: p.Plan, rewrite: Rewrite) -> p.Plan:
    """The plan with every node rewritten, needed ones first."""
    table = Table()
    places: list[int] = []
    for node in plan.nodes:
        places.append(rewrite(moved(node, places.__getitem__), table))
    return with_roots_moved(replace(plan, nodes=tuple(table.nodes)), places.__getitem__)


def keep(node: p.Node, table: Table) -> int:
    """The rewriting that changes nothing."""
    return table.add(*node)


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


def with_roots_moved(plan: p.Plan, index: Callable[[int], int]) -> p.Plan:
    """The plan with every reference to a node from outside of the table replaced."""
    return replace(
        plan,
        ignored=tuple(map(index, plan.ignored)),
        rules=tuple(replace(rule, body=_body_moved(rule.body, index)) for rule in plan.rules),
        scores=tuple(
            score if score.without is None else replace(score, without=index(score.without)) for score in plan.scores
        ),
        exits=tuple(replace(item, condition=index(item.condition)) for item in plan.exits),
        stages=tuple(replace(item, condition=index(item.condition)) for item in plan.stages),
    )


def _body_moved(body: p.Body, index: Callable[[int], int]) -> p.Body:
    match body:
        case p.WhenBody():
            return p.WhenBody(index(body.condition))
        case p.EachBody():
            return replace(body, occurrence=index(body.occurrence))
        case p.EveryBody():
            return replace(body, amount=index(body.amount))
        case p.TableBody():
            return replace(body, amount=index(body.amount))
