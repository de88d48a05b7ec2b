"""What a plan needs of the data, and which of its nodes are used more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from leadline_compiler.plan.ops import OPS
from leadline_compiler.plan.plan import Body, EachBody, EveryBody, Node, Plan, TableBody, WhenBody

_MEASURES = frozenset({"sum", "average", "lowest", "highest", "latest", "earliest", "different"})


def arguments(node: Node) -> Iterator[tuple[str, object]]:
    """Sort and value of each argument of a node."""
    yield from zip(OPS[node[0]].sorts, node[1:], strict=True)


def nodes_below(node: Node) -> Iterator[int]:
    """The nodes that a node asks for in its own place; what a `where` asks of events is not among them."""
    for sort, argument in arguments(node):
        match sort, argument:
            case "node", int():
                yield argument
            case "nodes", tuple():
                yield from argument
            case "windows", tuple():
                yield from (bound for kind, bound in argument if kind.endswith("_date"))


def reached(plan: Plan, roots: Iterable[int], done: Container[int] = ()) -> list[int]:
    """The nodes that the roots need, themselves among them, each after those it needs; without those done before."""
    found: set[int] = set()
    open_ = list(roots)
    while open_:
        index = open_.pop()
        if index not in found and index not in done:
            found.add(index)
            open_.extend(nodes_below(plan.nodes[index]))
    return sorted(found)


def uses_of(plan: Plan, roots: Iterable[int]) -> Counter[int]:
    """How often each node is asked for by the roots and by the nodes that they need."""
    roots = list(roots)
    uses = Counter(roots)
    for index in reached(plan, roots):
        uses.update(nodes_below(plan.nodes[index]))
    return uses


def roots_of(plan: Plan) -> Iterator[int]:
    """The nodes that the statements of a model ask for."""
    yield from plan.ignored
    for rule in plan.rules:
        yield root_of(rule.body)
    yield from (score.without for score in plan.scores if score.without is not None)
    yield from (exit_.condition for exit_ in plan.exits)
    yield from (stage.condition for stage in plan.stages)


def root_of(body: Body) -> int:
    """The condition, occurrence or amount of a rule."""
    match body:
        case WhenBody():
            return body.condition
        case EachBody():
            return body.occurrence
        case EveryBody() | TableBody():
            return body.amount


def fields_read(plan: Plan) -> list[int]:
    """The indexes of the fields that scoring or the coverage reads."""
    asked = {plan.nodes[index][1] for index in reached(plan, roots_of(plan)) if plan.nodes[index][0] == "field"}
    return sorted(asked | set(plan.read_fields))


def properties_read(plan: Plan) -> dict[str, set[str]]:
    """The properties that are read of each declared event."""
    read: dict[str, set[str]] = {event.name: set() for event in plan.schema.events}
    for index in reached(plan, roots_of(plan)):
        node = plan.nodes[index]
        if node[0] == "events" and node[2] is not None:
            asked = {plan.nodes[below][1] for below in reached(plan, [node[2]]) if plan.nodes[below][0] == "property"}
            for kind in node[1]:
                read[kind] |= asked
        elif node[0] in _MEASURES:
            for kind in plan.nodes[node[1]][1]:
                read[kind].add(node[2])
    # Limits take events of one instant in the order of all that they hold.
    for rule in plan.rules:
        if isinstance(rule.body, EachBody) and rule.body.times:
            for event in plan.schema.events:
                if event.name in plan.nodes[rule.body.occurrence][1]:
                    read[event.name].update(prop.name for prop in event.properties)
    return read
