"""Results side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from conformance.drawn_cases import Case
from conformance.published import Published

_WRITE = json.JSONEncoder(default=str).encode


def differences(name: str, case: Case | Published, results: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for each contact of a case whose result is not that of the interpreter.

    Numbers that no float holds may come as texts with the same digits.
    """
    found = []
    none: Mapping[str, Any] = {}
    for contact, result, expected in zip_longest(case.contacts, results, case.results, fillvalue=none):
        # What is written alike is alike; what is not may still differ in the order of its keys alone.
        written, right = _WRITE(result), _WRITE(expected)
        got, wanted = ({}, {}) if written == right else (json.loads(written), json.loads(right))
        if got != wanted:
            keys = [key for key in wanted if got.get(key) != wanted[key]]
            told = ", ".join(f"{key}: {got.get(key)} instead of {wanted[key]}" for key in keys)
            found.append(f"{name}: {told}, for {json.dumps(contact, ensure_ascii=False)}")
    return found
