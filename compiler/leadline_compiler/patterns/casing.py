"""Closing character sets under case, by Unicode's simple case folding.

Characters belong together when they fold to the same single character: `k`, `K` and the Kelvin sign, the three
sigmas, `ß` and `ẞ`. Foldings that change the length (`ß` to `ss`) do not count, and neither do the Turkish
ones: the dotted capital and the dotless small letter stand alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from leadline_compiler.patterns.ranges import Range, Ranges, join

LAST_ASCII = 0x7F
# The two characters beyond ASCII that fold to ASCII letters.
KELVIN_SIGN = 0x212A
LONG_S = 0x017F
# Scripts with case lie in these blocks. Ideographs and Hangul, which lie between, would only make the search slow.
CASED_BLOCKS = (range(0x80, 0x2E80), range(0xA000, 0xAC00), range(0xFB00, 0xFF60), range(0x10400, 0x1F000))


@lru_cache(maxsize=4096)
def close_under_case(ranges: Ranges) -> Ranges:
    """The set with every character added that differs from one of its own only in case."""
    if not ranges:
        return ranges
    variants = _ascii_variants if ranges[-1][1] <= LAST_ASCII else _variants
    return join(chain(ranges, *(variants(low, high) for low, high in ranges)))


def _ascii_variants(low: int, high: int) -> Iterator[Range]:
    """The case variants of the characters in a range inside ASCII, without the cost of the table of all orbits."""
    for first, last, shift in ((ord("A"), ord("Z"), 32), (ord("a"), ord("z"), -32)):
        start, end = max(low, first), min(high, last)
        if start <= end:
            yield (start + shift, end + shift)
    for letters, variant in (("Kk", KELVIN_SIGN), ("Ss", LONG_S)):
        if any(low <= ord(letter) <= high for letter in letters):
            yield (variant, variant)


def _variants(low: int, high: int) -> Iterator[Range]:
    cased, others = _orbits()
    for index in range(bisect_left(cased, low), bisect_right(cased, high)):
        for other in others[index]:
            if not low <= other <= high:
                yield (other, other)


@lru_cache(maxsize=1)
def _orbits() -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """All code points that have case variants, sorted, and beside each the others of its orbit."""
    orbits: dict[int, set[int]] = {}
    for code_point in chain(range(LAST_ASCII + 1), *CASED_BLOCKS):
        folded = _simple_fold(chr(code_point))
        if folded != code_point:
            orbits.setdefault(folded, {folded}).add(code_point)
    others = {member: tuple(sorted(orbit - {member})) for orbit in orbits.values() for member in orbit}
    cased = tuple(sorted(others))
    return cased, tuple(others[code_point] for code_point in cased)


def _simple_fold(character: str) -> int:
    for candidate in (character.casefold(), character.lower()):
        if len(candidate) == 1:
            return ord(candidate)
    return ord(character)
