"""YAML, written without a library: every scalar as JSON, which is YAML too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any


def yaml_lines(value: Any, indent: int = 0) -> list[str]:
    """The lines of a mapping or a list; rows of a list that hold plain values stand on one line."""
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            lines += _entry(f"{pad}{key}:", inner, indent)
    else:
        for item in value:
            if _is_flat(item):
                lines.append(f"{pad}- {_flow(item)}")
            else:
                first, *rest = yaml_lines(item, indent + 2)
                lines += [f"{pad}- {first.lstrip()}", *rest]
    return lines


def _entry(head: str, value: Any, indent: int) -> list[str]:
    if isinstance(value, Mapping | list | tuple) and value and not (isinstance(value, Mapping) and _is_row(value)):
        if isinstance(value, list | tuple) and not any(isinstance(item, Mapping | list | tuple) for item in value):
            return [f"{head} {_flow(value)}"]
        return [head, *yaml_lines(value, indent + 2)]
    return [f"{head} {_flow(value)}"]


class Row(dict[str, Any]):
    """A mapping that is written on one line."""


def _is_row(value: Mapping[str, Any]) -> bool:
    return isinstance(value, Row)


def _is_flat(value: Any) -> bool:
    return isinstance(value, Row) or not isinstance(value, Mapping | list | tuple)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
