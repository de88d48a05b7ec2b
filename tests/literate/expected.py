"""What the sample contacts of a page expect, compared with what they get."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

_PARTS = ("total", "scores", "grades", "stage", "status", "reasons", "rules")


def differences(expect: Mapping[str, Any], result: Mapping[str, Any]) -> list[str]:
    """One line for everything that is not as expected; a rule that did not fire gives 0."""
    fired = {rule["rule"]: rule["points"] for rule in result["rules"]}
    found = []
    for part, wanted in expect.items():
        if part not in _PARTS:
            found.append(f"nothing is called `{part}` that one could expect")
        elif part == "rules":
            found += [_told(rule, points, fired.get(rule, 0)) for rule, points in wanted.items()]
        elif isinstance(wanted, Mapping):
            found += [_told(name, value, result[part].get(name)) for name, value in wanted.items()]
        else:
            found.append(_told(part, wanted, result[part]))
    return [line for line in found if line]


def _told(name: str, wanted: Any, got: Any) -> str:
    return "" if _plain(wanted) == _plain(got) else f"{name}: {wanted} is expected, {got} comes out"


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, list):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return str(value)
