"""JSON in which every number keeps all its digits."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

_MARK = "\ue000number:"
_MARKED = re.compile(f'"{_MARK}([^"]*)"')


def write_json(value: Any, indent: int | None = None) -> str:
    """A value as JSON; a Decimal is written digit by digit, as no float could be."""
    found: list[Decimal] = []

    def mark(item: Any) -> str:
        if not isinstance(item, Decimal):
            raise TypeError(f"{type(item).__name__} is no JSON value")
        found.append(item)
        return f"{_MARK}{item}"

    text = json.dumps(value, ensure_ascii=False, indent=indent, default=mark)
    return _MARKED.sub(r"\1", text) if found else text
