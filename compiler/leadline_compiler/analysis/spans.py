"""Sets of whole numbers as sorted tuples of spans, both ends in, that neither overlap nor touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]

FAR = 10**30
"""Beyond every number, moment and count that a model can speak of."""

EVERYTHING: Spans = ((-FAR, FAR),)


def from_to(low: int, high: int) -> Spans:
    """The numbers from low to high, none where low is above high."""
    return ((low, high),) if low <= high else ()


def join(spans: Iterable[Span]) -> Spans:
    """The numbers that lie in any of the spans, which may come in any order and overlap."""
    joined: list[Span] = []
    for low, high in sorted(spans):
        if not joined or low > joined[-1][1] + 1:
            joined.append((low, high))
        elif high > joined[-1][1]:
            joined[-1] = (joined[-1][0], high)
    return tuple(joined)


def common(left: Spans, right: Spans) -> Spans:
    """The numbers that lie in both."""
    if len(left) == 1 and len(right) == 1:
        low, high = max(left[0][0], right[0][0]), min(left[0][1], right[0][1])
        return ((low, high),) if low <= high else ()
    found = []
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            found.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def outside(spans: Spans, low: int, high: int) -> Spans:
    """The numbers from low to high that lie in none of the spans."""
    found = []
    free = low
    for first, last in spans:
        if first > free:
            found.append((free, min(first - 1, high)))
        free = max(free, last + 1)
    if free <= high:
        found.append((free, high))
    return tuple(span for span in found if span[0] <= span[1])


def scaled_down(spans: Spans, unit: int) -> Spans:
    """The whole numbers n for which n * unit lies in the spans."""
    found = []
    for low, high in spans:
        first = low if low <= -FAR else -(-low // unit)
        last = high if high >= FAR else high // unit
        if first <= last:
            found.append((first, last))
    return join(found)
