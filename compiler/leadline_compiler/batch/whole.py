"""Arithmetic on columns of whole numbers, exact where 64 bits do not hold what comes out between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Numbers, Whole
from leadline_compiler.numbers import LARGEST, MILLION, divide, multiply

_ROOM = 2**62
"""What is below it can still be added to itself."""


def largest(values: Whole) -> int:
    """The farthest from zero."""
    return 0 if not len(values) else max(int(values.max()), -int(values.min()))


def bounded(values: Whole, known: Any) -> Numbers:
    """The amounts that are not beyond what a number can be; the others are missing."""
    inside = (values >= -LARGEST) & (values <= LARGEST)
    return Numbers(values, known & inside)


def halves_away(numerator: Whole, denominator: Whole | int) -> Whole:
    """numerator / denominator as whole numbers, halves rounded away from zero; denominators are above 0."""
    size = (2 * np.abs(numerator) + denominator) // (2 * denominator)
    return np.where(numerator < 0, -size, size)


def add(left: Numbers, right: Numbers) -> Numbers:
    return bounded(left.values + right.values, left.known & right.known)


def subtract(left: Numbers, right: Numbers) -> Numbers:
    return bounded(left.values - right.values, left.known & right.known)


def multiplied(left: Numbers, right: Numbers) -> Numbers:
    known = left.known & right.known
    if largest(left.values) * largest(right.values) < _ROOM // 4:
        return bounded(halves_away(left.values * right.values, MILLION), known)
    return _one_by_one(multiply, left, right, known)


def divided(left: Numbers, right: Numbers) -> Numbers:
    known = left.known & right.known & (right.values != 0)
    if largest(left.values) < _ROOM // (4 * MILLION) and largest(right.values) < _ROOM // 4:
        numerator = np.where(right.values < 0, -left.values, left.values) * MILLION
        return bounded(halves_away(numerator, np.maximum(1, np.abs(right.values))), known)
    return _one_by_one(divide, left, right, known)


def _one_by_one(reckon: Callable[[int, int], int | None], left: Numbers, right: Numbers, known: Any) -> Numbers:
    lefts, rights, known = np.broadcast_arrays(left.values, right.values, known)
    values, known = np.zeros(len(known), np.int64), known.copy()
    for row in np.flatnonzero(known).tolist():
        found = reckon(int(lefts[row]), int(rights[row]))
        if found is None:
            known[row] = False
        else:
            values[row] = found
    return Numbers(values, known)


def times(values: Whole, factor: int) -> Whole:
    """Whole numbers times a factor. Raises OverflowError where 64 bits do not hold it."""
    if largest(values) * abs(factor) >= _ROOM:
        raise OverflowError
    return values * factor
