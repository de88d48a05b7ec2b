"""Sets of characters as sorted tuples of inclusive code point ranges that neither overlap nor touch."""

from collections.abc import Iterable

Range = tuple[int, int]
Ranges = tuple[Range, ...]

LAST_CODE_POINT = 0x10FFFF
EVERYTHING: Ranges = ((0, LAST_CODE_POINT),)


def join(ranges: Iterable[Range]) -> Ranges:
    """The set of all characters in any of the ranges, which may come in any order and overlap."""
    joined: list[Range] = []
    for each in sorted(ranges):
        if not joined or each[0] > joined[-1][1] + 1:
            joined.append(each)
        elif each[1] > joined[-1][1]:
            joined[-1] = (joined[-1][0], each[1])
    return tuple(joined)


def complement(ranges: Ranges) -> Ranges:
    """Every character that is not in the set."""
    gaps: list[Range] = []
    free_from = 0
    for low, high in ranges:
        if low > free_from:
            gaps.append((free_from, low - 1))
        free_from = high + 1
    if free_from <= LAST_CODE_POINT:
        gaps.append((free_from, LAST_CODE_POINT))
    return tuple(gaps)


def boundaries(ranges: Ranges) -> tuple[int, ...]:
    """Where membership flips: a code point is in the set if an odd number of the boundaries are at or below it."""
    return tuple(point for low, high in ranges for point in (low, high + 1))
