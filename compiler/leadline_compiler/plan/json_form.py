"""A plan as JSON, and back.

Points are whole thousandths, numbers whole millionths, moments and lengths whole microseconds: all integers, which
a reader must take with 64 bits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, TypeVar

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.ops import OPS
from leadline_compiler.plan.soundness import DamageError, require_sound, require_sound_record
from leadline_compiler.schema import EventType, Field, Kind, Property, Schema, ValueType
from leadline_compiler.zones import Zone, zone_exists


class PlanError(Exception):
    """A JSON document that is no plan of this version. `message` is one sentence in the user's words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


_BODY_KINDS: dict[type, str] = {
    p.WhenBody: "when",
    p.EachBody: "each",
    p.EveryBody: "every",
    p.TableBody: "table",
}


def write_plan(plan: p.Plan) -> str:
    """The plan as a JSON document, with a line for each node, each rule and the like."""
    tables = {item.name: getattr(plan, item.name) for item in fields(plan) if item.name != "version"}
    document = {"leadline_plan": plan.version, **tables, "schema": _schema_json(plan.schema)}
    return "{\n" + ",\n".join(_lines(document)) + "\n}\n"


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if value and isinstance(value, tuple):
            rows = ",\n  ".join(map(_write, value))
            yield f' "{name}": [\n  {rows}\n ]'
        else:
            yield f' "{name}": {_write(value)}'


def _record(record: Any) -> dict[str, Any]:
    """One of the plan's records by the names of its fields, each body with its kind."""
    plain = {name: getattr(record, name) for name in record.__match_args__}
    kind = _BODY_KINDS.get(type(record))
    return {"kind": kind, **plain} if kind else plain


_write = json.JSONEncoder(ensure_ascii=False, default=_record).encode


def _schema_json(schema: Schema) -> dict[str, Any]:
    return {
        "zone": schema.zone.name,
        "identifier": schema.identifier,
        "fields": [{"name": item.name, "heading": item.heading, **_type_json(item.type)} for item in schema.fields],
        "events": [
            {
                "name": event.name,
                "source_name": event.source_name,
                "properties": [{"name": prop.name, **_type_json(prop.type)} for prop in event.properties],
            }
            for event in schema.events
        ],
    }


def _type_json(type_: ValueType) -> dict[str, Any]:
    return {"type": type_.kind.value, **({"choices": list(type_.choices)} if type_.choices else {})}


def plan_from_json(data: Any) -> p.Plan:
    """The plan of a JSON document. Raises PlanError where it is none, or one of another version."""
    if not isinstance(data, Mapping) or "leadline_plan" not in data:
        raise PlanError("this is no plan: a plan is made by `leadline compile RULES --to json`")
    if data["leadline_plan"] != p.PLAN_VERSION:
        raise PlanError(
            f"this plan is of version {data['leadline_plan']}, not {p.PLAN_VERSION}: compile it anew from its rules"
        )
    try:
        plan = _read_plan(data)
        require_sound(plan)
    except DamageError as error:
        raise PlanError(f"this plan is damaged: {error}; compile it again from its rules") from None
    return plan


_Record = TypeVar("_Record")


@contextmanager
def _within(part: str) -> Iterator[None]:
    """Says of a fault in which part of the plan it is."""
    try:
        yield
    except KeyError as error:
        raise DamageError(f"{part} has no `{error.args[0]}`") from None
    except (TypeError, ValueError, IndexError, AttributeError, RecursionError):
        raise DamageError(f"{part} holds something of the wrong kind") from None


def _read_each(data: Mapping[str, Any], name: str, read: Callable[[Any], _Record]) -> tuple[_Record, ...]:
    """The entries of a list, which are counted from 1 where one is damaged."""
    if not isinstance(data[name], list):
        raise DamageError(f"`{name}` is no list")
    found = []
    for number, item in enumerate(data[name], 1):
        with _within(f"entry {number} of `{name}`"):
            found.append(read(item))
    return tuple(found)


def _reader(kind: type[_Record]) -> Callable[[Any], _Record]:
    return lambda data: _read(kind, data)


def _read_plan(data: Mapping[str, Any]) -> p.Plan:
    with _within("it"):
        return p.Plan(
            name=_text(data, "name"),
            schema=_read_schema(data["schema"]),
            nodes=_read_nodes(data),
            lists=_frozen(data["lists"]),
            ignored=_frozen(data["ignored"]),
            scores=_read_each(data, "scores", _reader(p.PlanScore)),
            groups=_read_each(data, "groups", _reader(p.PlanGroup)),
            rules=_read_each(data, "rules", _reader(p.PlanRule)),
            terms=_read_each(data, "terms", _reader(p.PlanTerm)),
            total_low=data["total_low"],
            total_high=data["total_high"],
            grades=_read_each(data, "grades", _reader(p.PlanGrade)),
            exits=_read_each(data, "exits", _reader(p.PlanExit)),
            stages=_read_each(data, "stages", _reader(p.PlanStage)),
            read_fields=_frozen(data["read_fields"]),
        )


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise DamageError(f"`{name}` is no text")
    return value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _read_nodes(data: Mapping[str, Any]) -> tuple[p.Node, ...]:
    with _within("`nodes`"):
        return tuple(_read_node(index, *node) for index, node in enumerate(data["nodes"]))


def _read_node(index: int, name: str, *arguments: Any) -> p.Node:
    if name not in OPS:
        raise DamageError(f"node {index} is of a kind that there is not")
    sorts = OPS[name].sorts
    if len(sorts) != len(arguments):
        raise DamageError(f"node {index} needs {len(sorts)} arguments")
    return (name, *_frozen(list(arguments)))


_NESTED: dict[tuple[type, str], type] = {
    (p.EachBody, "decay"): p.DecayTable,
    (p.PlanScore, "decay"): p.DecayTable,
}


def _read(kind: Any, data: Mapping[str, Any]) -> Any:
    values = {}
    for name in kind.__match_args__:
        value = data[name]
        nested = _NESTED.get((kind, name))
        if nested is not None:
            value = None if value is None else _read(nested, value)
        elif name == "body":
            value = _read_body(value)
        elif name == "times" and kind is p.EachBody:
            value = tuple(_read(p.TimesLimit, limit) for limit in value)
        elif name == "rows" and kind is p.TableBody:
            value = tuple(_read(p.PlanRow, row) for row in value)
        values[name] = _frozen(value)
    require_sound_record(kind, values)
    return kind(**values)


def _read_body(data: Mapping[str, Any]) -> p.Body:
    kind = next((kind for kind, name in _BODY_KINDS.items() if name == data["kind"]), None)
    if kind is None:
        raise DamageError("the body of a rule is of a kind that there is not")
    body: p.Body = _read(kind, data)
    return body


def _read_schema(data: Mapping[str, Any]) -> Schema:
    with _within("`schema`"):
        if not zone_exists(_text(data, "zone")):
            raise DamageError(f"there is no time zone `{data['zone']}`")
        return Schema(
            Zone(data["zone"]),
            _text(data, "identifier"),
            _read_each(data, "fields", lambda item: Field(item["name"], _read_type(item), item["heading"])),
            _read_each(data, "events", _read_event),
        )


def _read_event(data: Mapping[str, Any]) -> EventType:
    properties = _read_each(data, "properties", lambda prop: Property(prop["name"], _read_type(prop)))
    return EventType(data["name"], properties, data["source_name"])


def _read_type(data: Mapping[str, Any]) -> ValueType:
    return ValueType(Kind(data["type"]), tuple(data.get("choices", ())))
