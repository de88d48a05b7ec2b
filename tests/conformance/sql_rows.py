"""The rows of a query beside results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import isclose
from typing import Any


def differences_of_rows(
    name: str, results: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    """A line for each contact whose row is not its result, and for rows too many or too few."""
    by_id = {row["id"]: row for row in rows}
    if len(rows) != len(results):
        yield f"{name}: {len(rows)} rows for {len(results)} contacts"
    for result in results:
        expected, found = row_of(result), by_id.get(result["id"], {})
        points = {"total", *result["scores"]}
        got = {
            key: _told(value, expected.get(key)) if key in points else value
            for key, value in found.items()
            if key != "id"
        }
        keys = sorted(key for key in {*expected, *got} if got.get(key) != expected.get(key) or key not in got)
        if keys:
            lines = ", ".join(f"{key}: {got.get(key)} instead of {expected.get(key)}" for key in keys)
            yield f"{name}, {result['id']}: {lines}"


_EXACT_REAL = 9 * 10**15
"""Thousandths that a REAL, as which SQLite tells points, always holds."""


def _thousandths(points: Any) -> int:
    """Points in thousandths, by their digits: a float times a thousand would be rounded once more."""
    return round(Fraction(str(points)) * 1000)


def _told(points: Any, expected: Any) -> int:
    """Points in thousandths: the expected ones where a REAL that cannot hold them is as close as it can be."""
    found = _thousandths(points)
    is_large = isinstance(points, float) and isinstance(expected, int) and abs(expected) > _EXACT_REAL
    return expected if is_large and isclose(found, expected, rel_tol=2**-51) else found


def row_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result as the columns of a query, points in thousandths."""
    points = {name: _thousandths(value) for name, value in (*result["scores"].items(), ("total", result["total"]))}
    grades = {f"grade_{name}": letter for name, letter in result["grades"].items()}
    return {name: result[name] for name in ("model", "status", "stage")} | points | grades
