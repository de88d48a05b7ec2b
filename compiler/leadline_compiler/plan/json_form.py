"""A plan as JSON, and back.

Points are whole thousandths, numbers whole millionths, moments and lengths whole microseconds: all integers, which
a reader must take with 64 bits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.ops import OPS
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
        return _read_plan(data)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise PlanError(f"this plan is damaged ({type(error).__name__}: {error}): compile it anew") from None


def _read_plan(data: Mapping[str, Any]) -> p.Plan:
    return p.Plan(
        name=_text(data["name"]),
        schema=_read_schema(data["schema"]),
        nodes=_read_nodes(data["nodes"]),
        lists=_frozen(data["lists"]),
        ignored=_frozen(data["ignored"]),
        scores=tuple(_read(p.PlanScore, item) for item in data["scores"]),
        groups=tuple(_read(p.PlanGroup, item) for item in data["groups"]),
        rules=tuple(_read(p.PlanRule, item) for item in data["rules"]),
        terms=tuple(_read(p.PlanTerm, item) for item in data["terms"]),
        total_low=data["total_low"],
        total_high=data["total_high"],
        grades=tuple(_read(p.PlanGrade, item) for item in data["grades"]),
        exits=tuple(_read(p.PlanExit, item) for item in data["exits"]),
        stages=tuple(_read(p.PlanStage, item) for item in data["stages"]),
        read_fields=_frozen(data["read_fields"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _read_nodes(nodes: list[list[Any]]) -> tuple[p.Node, ...]:
    read = []
    for index, (name, *arguments) in enumerate(nodes):
        sorts = OPS[name].sorts
        if len(sorts) != len(arguments):
            raise ValueError(f"node {index} needs {len(sorts)} arguments")
        frozen = _frozen(arguments)
        for sort, argument in zip(sorts, frozen, strict=True):
            _check_references(sort, argument, index)
        read.append((name, *frozen))
    return tuple(read)


def _check_references(sort: str, argument: Any, index: int) -> None:
    needed: tuple[Any, ...] = ()
    if sort == "node" or (sort == "node?" and argument is not None):
        needed = (argument,)
    elif sort == "nodes":
        needed = argument
    elif sort == "windows":
        needed = tuple(bound for name, bound in argument if name.endswith("_date"))
    if not all(isinstance(other, int) and 0 <= other < index for other in needed):
        raise ValueError(f"node {index} needs a node that does not stand before it")


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
    return kind(**values)


def _read_body(data: Mapping[str, Any]) -> p.Body:
    kind = next(kind for kind, name in _BODY_KINDS.items() if name == data["kind"])
    body: p.Body = _read(kind, data)
    return body


def _read_schema(data: Mapping[str, Any]) -> Schema:
    if not zone_exists(data["zone"]):
        raise ValueError(f"there is no time zone {data['zone']!r}")
    return Schema(
        Zone(data["zone"]),
        _text(data["identifier"]),
        tuple(Field(item["name"], _read_type(item), item["heading"]) for item in data["fields"]),
        tuple(
            EventType(
                event["name"],
                tuple(Property(prop["name"], _read_type(prop)) for prop in event["properties"]),
                event["source_name"],
            )
            for event in data["events"]
        ),
    )


def _read_type(data: Mapping[str, Any]) -> ValueType:
    return ValueType(Kind(data["type"]), tuple(data.get("choices", ())))
