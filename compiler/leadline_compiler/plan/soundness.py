"""Whether what a JSON document holds is a plan: a file may have been edited, cut off, or made to do harm.

What is generated from a plan, and what runs it, takes for granted what is made sure of here: the types of all values,
that every index is one of something that there is, and that every operation is given what it can work with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.ops import OPS, WINDOWS
from leadline_compiler.plan.references import needed_by
from leadline_compiler.schema import EventType, Kind

_FAR = 2**63
"""Whole numbers of a plan lie below, and not below its opposite."""
_MOST_MONTHS = 120_000
_WHOLE = 100_000_000
"""A hundred per cent, in millionths of one."""
_TEXTS = (Kind.TEXT.value, Kind.CHOICE.value)
_ANY = tuple(kind.value for kind in Kind)
_WANTED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("contains", "starts", "ends", "matches", "in_list", "domain"), _TEXTS),
    **dict.fromkeys(("includes_any", "includes_all"), (Kind.LIST.value,)),
    **dict.fromkeys(("add", "subtract", "multiply", "divide"), (Kind.NUMBER.value,)),
    **dict.fromkeys(("days_since", "days_until"), (Kind.DATE.value,)),
    **dict.fromkeys(("above", "least", "within"), (Kind.NUMBER.value, Kind.DATE.value)),
    **dict.fromkeys(("and", "or", "not"), ("truth",)),
    **dict.fromkeys(("one_of", "known"), _ANY),
    "yes": (Kind.YES_NO.value,),
}
"""What the nodes may be worth that an operation works with; it is events for all others."""


class DamageError(Exception):
    """What of a plan is missing or of the wrong kind, in words."""


def require_sound_record(kind: type, values: Mapping[str, Any]) -> None:
    """Raises TypeError where a record's value has not the type of its field."""
    for name, hint in _hints(kind).items():
        if not fits(hint, values[name]):
            raise TypeError(name)


def fits(hint: Any, value: Any) -> bool:
    """Whether a value is of a type: of whole numbers, texts, truths, records and tuples of them."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return type(value) is str and value in parts
    if origin is UnionType:
        return any(fits(part, value) for part in parts)
    if origin is tuple:
        if type(value) is not tuple:
            return False
        if parts[-1] is Ellipsis:
            return all(fits(parts[0], item) for item in value)
        return len(value) == len(parts) and all(map(fits, parts, value))
    return type(value) is hint and (hint is not int or -_FAR <= value < _FAR)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def require_sound(plan: p.Plan) -> None:
    """Raises DamageError where parts of a plan do not fit together."""
    for name, hint in _hints(p.Plan).items():
        if name not in ("schema", "nodes", "version") and not fits(hint, getattr(plan, name)):
            raise DamageError(f"`{name}` holds something of the wrong kind")
    _require_schema(plan)
    worth: list[str] = []
    for index, node in enumerate(plan.nodes):
        if not _is_sound(plan, index, node, worth):
            raise DamageError(f"node {index} does not fit what it works with")
        worth.append(_worth(plan, node))
    for what, number, is_sound in _records(plan, worth):
        if not is_sound:
            raise DamageError(f"entry {number} of `{what}` does not fit the rest")


def _require_schema(plan: p.Plan) -> None:
    fields, events = plan.schema.fields, plan.schema.events
    texts = [part for field in fields for part in (field.name, field.heading or "", *field.type.choices)]
    texts += [part for event in events for part in (event.name, event.source_name or "")]
    texts += [part for event in events for prop in event.properties for part in (prop.name, *prop.type.choices)]
    if not all(type(part) is str for part in texts):
        raise DamageError("`schema` holds a name that is no text")


def _is_sound(plan: p.Plan, index: int, node: p.Node, worth: Sequence[str]) -> bool:
    """Whether a node has arguments of the right sorts, and works with nodes before it of the right worth."""
    op = OPS[node[0]]
    arguments = dict(zip([name for name, _ in op.arguments], node[1:], strict=True))
    if not all(_is_of_sort(plan, sort, arguments[name]) for name, sort in op.arguments):
        return False
    needed = needed_by(node)
    if not all(other < index for other in needed):
        return False
    if op.name == "events":
        return _is_occurrence(plan, arguments, worth)
    if op.name == "grade":
        return arguments["score"] in [grade.score for grade in plan.grades]
    wanted = _WANTED.get(op.name, ("events",))
    found = [worth[other] for other in needed]
    if not all(kind in wanted for kind in found) or (op.name in ("above", "least") and len(set(found)) > 1):
        return False
    if "property" in arguments:
        kinds = _same_as(arguments.get("type", Kind.NUMBER.value))
        return _is_declared(plan, plan.nodes[needed[0]][1], arguments["property"], kinds)
    return True


def _is_of_sort(plan: p.Plan, sort: str, value: Any) -> bool:
    match sort:
        case "node" | "field" | "list":
            many = {"node": plan.nodes, "field": plan.schema.fields, "list": plan.lists}[sort]
            return _is_index(value, many)
        case "node?":
            return value is None or _is_index(value, plan.nodes)
        case "nodes":
            return type(value) is tuple and all(_is_index(item, plan.nodes) for item in value)
        case "score":
            return value is None or _is_index(value, plan.scores)
        case "int":
            return fits(int, value)
        case "text":
            return type(value) is str
        case "type":
            return value in _ANY
        case "values":
            return fits(tuple[str | int | bool, ...], value)
        case "events":
            names = {event.name for event in plan.schema.events}
            return fits(tuple[str, ...], value) and names.issuperset(value)
        case _:
            return fits(tuple[tuple[str, int], ...], value) and all(_is_window(plan, *window) for window in value)


def _is_window(plan: p.Plan, name: str, value: int) -> bool:
    if name.endswith("_date"):
        return name in WINDOWS and _is_index(value, plan.nodes)
    if name.endswith("_months"):
        return name in WINDOWS and 0 <= value <= _MOST_MONTHS
    return name in WINDOWS and (value >= 0 or name in ("since", "before"))


def _is_index(value: Any, many: Sequence[Any]) -> bool:
    return type(value) is int and 0 <= value < len(many)


def _is_occurrence(plan: p.Plan, arguments: Mapping[str, Any], worth: Sequence[str]) -> bool:
    where, names = arguments["where"], arguments["events"]
    dated = [bound for name, bound in arguments["windows"] if name.endswith("_date")]
    if where is None:
        return all(worth[node] == Kind.DATE.value for node in dated)
    asked = [plan.nodes[node] for node in _reached(plan, where) if plan.nodes[node][0] == "property"]
    is_declared = all(_is_declared(plan, names, name, _same_as(kind)) for _, name, kind in asked)
    return is_declared and worth[where] == "truth" and all(worth[node] == Kind.DATE.value for node in dated)


def _reached(plan: p.Plan, start: int) -> Iterable[int]:
    waiting, seen = [start], {start}
    while waiting:
        new = [node for node in needed_by(plan.nodes[waiting.pop()]) if node not in seen]
        seen.update(new)
        waiting += new
    return seen


def _same_as(kind: str) -> Sequence[str]:
    """The types that a property may have for one event that has this one for another."""
    return _TEXTS if kind in _TEXTS else (kind,)


def _is_declared(plan: p.Plan, events: Sequence[str], name: str, kinds: Sequence[str]) -> bool:
    """Whether all these events have a property of one of the types."""
    declared: dict[str, EventType] = {event.name: event for event in plan.schema.events}
    types = [[prop.type.kind.value for prop in declared[event].properties if prop.name == name] for event in events]
    return all(any(kind in kinds for kind in of_event) for of_event in types)


def _worth(plan: p.Plan, node: p.Node) -> str:
    """What kind of value a node has."""
    name, *arguments = node
    if name == "field":
        return plan.schema.fields[arguments[0]].type.kind.value
    kind = OPS[name].yields
    return arguments[-1] if kind == "value" else kind


def _records(plan: p.Plan, worth: Sequence[str]) -> Iterable[tuple[str, int, bool]]:
    """Every record with its table and number, and whether it fits what there is."""

    def of(node: int, *kinds: str) -> bool:
        return _is_index(node, worth) and worth[node] in kinds

    yield from _numbered("ignored", [of(node, "events") for node in plan.ignored])
    yield from _numbered("read_fields", [_is_index(field, plan.schema.fields) for field in plan.read_fields])
    yield from _numbered("groups", [_is_index(group.score, plan.scores) for group in plan.groups])
    yield from _numbered("terms", [_is_index(term.score, plan.scores) for term in plan.terms])
    graded = [grade.score is None or _is_index(grade.score, plan.scores) for grade in plan.grades]
    yield from _numbered("grades", graded)
    yield from _numbered("exits", [of(door.condition, "truth") for door in plan.exits])
    yield from _numbered("stages", [of(door.condition, "truth") for door in plan.stages])
    quiet = [score.without is None or of(score.without, "events") for score in plan.scores]
    fading = [score.decay is None or _is_decay(score.decay) for score in plan.scores]
    yield from _numbered("scores", map(all, zip(quiet, fading, strict=True)))
    for number, rule in enumerate(plan.rules, 1):
        is_placed = _is_index(rule.group, plan.groups) and plan.groups[rule.group].score == rule.score
        yield "rules", number, is_placed and _is_body(plan, rule.body, of)


def _numbered(table: str, found: Iterable[bool]) -> Iterable[tuple[str, int, bool]]:
    return [(table, number, is_sound) for number, is_sound in enumerate(found, 1)]


def _is_body(plan: p.Plan, body: p.Body, of: Callable[..., bool]) -> bool:
    match body:
        case p.WhenBody(condition):
            return of(condition, "truth")
        case p.EveryBody(step, amount, up_to):
            return step > 0 and (up_to is None or up_to >= 0) and of(amount, Kind.NUMBER.value)
        case p.TableBody(amount):
            return of(amount, *_ANY)
        case p.EachBody(occurrence, times, after_first, decay, up_to):
            is_bounded = after_first >= 0 and (up_to is None or up_to >= 0)
            if not of(occurrence, "events") or not is_bounded or (decay is not None and not _is_decay(decay)):
                return False
            names = plan.nodes[occurrence][1]
            return all(_is_limit(plan, names, limit) for limit in times)


def _is_limit(plan: p.Plan, events: Sequence[str], limit: p.TimesLimit) -> bool:
    if limit.per != "property":
        return limit.times >= 0 and limit.property is None
    return limit.times >= 0 and limit.property is not None and _is_declared(plan, events, limit.property, _ANY)


def _is_decay(decay: p.DecayTable) -> bool:
    return decay.step > 0 and 0 <= decay.percent <= _WHOLE and (decay.kind != "fading" or decay.days > 0)
