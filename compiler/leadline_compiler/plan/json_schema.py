"""The JSON Schema of plans, made from the table of operations and the classes of the plan."""

from __future__ import annotations

from typing import Any

from leadline_compiler.plan.ops import OPS, WINDOWS
from leadline_compiler.plan.plan import PLAN_VERSION
from leadline_compiler.schema import Kind

_INTEGER = {"type": "integer"}
_INDEX = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_OPEN_INTEGER = {"type": ["integer", "null"]}
_OPEN_INDEX = {"type": ["integer", "null"], "minimum": 0}
_OPEN_TEXT = {"type": ["string", "null"]}
_YES_NO = {"type": "boolean"}
_KIND = {"enum": [kind.value for kind in Kind]}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _pair(first: Any, second: Any) -> dict[str, Any]:
    return {"type": "array", "prefixItems": [first, second], "items": False, "minItems": 2}


def _record(**properties: Any) -> dict[str, Any]:
    required = [name for name in properties if name != "choices"]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_SORTS: dict[str, Any] = {
    "node": _INDEX,
    "node?": _OPEN_INDEX,
    "nodes": _list(_INDEX),
    "int": _INTEGER,
    "text": _TEXT,
    "type": _KIND,
    "field": _INDEX,
    "score": _OPEN_INDEX,
    "list": _INDEX,
    "values": _list({"type": ["string", "integer", "boolean"]}),
    "events": _list(_TEXT),
    "windows": _list(_pair({"enum": list(WINDOWS)}, _INTEGER)),
}

_DECAY = {
    "anyOf": [
        {"type": "null"},
        _record(
            kind={"enum": ["halving", "losing of rest", "losing of original", "fading"]},
            step=_INTEGER,
            percent=_INTEGER,
            days=_INTEGER,
        ),
    ]
}

_TIMES = _record(times=_INTEGER, per={"enum": ["all", "day", "property"]}, property=_OPEN_TEXT)
_ROW = _record(
    points=_INTEGER,
    values=_list({"type": ["string", "boolean"]}),
    ranges=_list(_pair(_OPEN_INTEGER, _OPEN_INTEGER)),
    missing=_YES_NO,
    otherwise=_YES_NO,
)
_BODY = {
    "oneOf": [
        _record(kind={"const": "when"}, condition=_INDEX),
        _record(
            kind={"const": "each"},
            occurrence=_INDEX,
            times=_list(_TIMES),
            after_first=_INTEGER,
            decay=_DECAY,
            up_to=_OPEN_INTEGER,
        ),
        _record(kind={"const": "every"}, step=_INTEGER, amount=_INDEX, up_to=_OPEN_INTEGER),
        _record(kind={"const": "table"}, amount=_INDEX, rows=_list(_ROW)),
    ]
}


def _node_schemas() -> list[dict[str, Any]]:
    return [
        {
            "type": "array",
            "description": op.meaning,
            "prefixItems": [{"const": op.name}, *(_SORTS[sort] for sort in op.sorts)],
            "items": False,
            "minItems": 1 + len(op.sorts),
        }
        for op in OPS.values()
    ]


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of plans of this version."""
    typed = {"type": _KIND, "choices": _list(_TEXT)}
    schema = _record(
        zone=_TEXT,
        identifier=_TEXT,
        fields=_list(_record(name=_TEXT, heading=_OPEN_TEXT, **typed)),
        events=_list(_record(name=_TEXT, source_name=_OPEN_TEXT, properties=_list(_record(name=_TEXT, **typed)))),
    )
    root = _record(
        leadline_plan={"const": PLAN_VERSION},
        name=_TEXT,
        schema=schema,
        nodes=_list({"oneOf": _node_schemas()}),
        lists=_list(_list(_TEXT)),
        ignored=_list(_INDEX),
        scores=_list(_record(name=_TEXT, low=_OPEN_INTEGER, high=_OPEN_INTEGER, decay=_DECAY, without=_OPEN_INDEX)),
        groups=_list(_record(name=_OPEN_TEXT, score=_INDEX, low=_OPEN_INTEGER, high=_OPEN_INTEGER)),
        rules=_list(_record(name=_TEXT, points=_INTEGER, body=_BODY, score=_INDEX, group=_INDEX, line=_INTEGER)),
        terms=_list(_record(score=_INDEX, weight=_INTEGER)),
        total_low=_OPEN_INTEGER,
        total_high=_OPEN_INTEGER,
        grades=_list(_record(score=_OPEN_INDEX, rows=_list(_pair(_TEXT, _INTEGER)), otherwise=_OPEN_TEXT)),
        exits=_list(_record(kind={"enum": ["disqualify", "exclude"]}, name=_TEXT, condition=_INDEX)),
        stages=_list(_record(name=_TEXT, condition=_INDEX)),
        read_fields=_list(_INDEX),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Leadline plan, version {PLAN_VERSION}",
        "description": "Points are thousandths, numbers millionths, moments and lengths microseconds: 64-bit integers.",
        **root,
    }
