"""Where characters as people see them begin and end: a flag or a family is one, whatever it is made of."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})


def before(line: str, column: int) -> int:
    """The column where the character in front of a column begins; 0 at the start of the line."""
    if line.isascii():
        return max(0, column - 1)
    starts = _starts(line)
    return starts[max(0, bisect_left(starts, column) - 1)]


def behind(line: str, column: int) -> int:
    """The column behind the character at a column; the line's length at its end."""
    if line.isascii():
        return min(len(line), column + 1)
    starts = _starts(line)
    return starts[min(len(starts) - 1, bisect_right(starts, column))]


def snap(line: str, column: int) -> int:
    """The column itself where a character begins there, else the beginning of the one that it is in."""
    if line.isascii():
        return column
    starts = _starts(line)
    return starts[max(0, bisect_right(starts, column) - 1)]


@lru_cache(maxsize=256)
def _starts(line: str) -> tuple[int, ...]:
    """The columns where characters begin, and the line's length."""
    starts = [0]
    flags = 0
    for column in range(1, len(line)):
        last, here = line[column - 1], line[column]
        flags = flags + 1 if _is_half_flag(last) else 0
        if not (_extends(here) or (last == _JOINER and ord(here) >= 0x2190) or _joins(last, here, flags)):
            starts.append(column)
    return (*starts, len(line))


def _extends(character: str) -> bool:
    """Whether a character changes the one before it: accents, joiners, skin tones, the letters of a flag's tag."""
    code = ord(character)
    if code < 0x300:
        return False
    is_tone_or_tag = 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F
    return is_tone_or_tag or code in (0x200C, 0x200D) or unicodedata.category(character) in _MARKS


def _is_half_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _joins(last: str, here: str, flags: int) -> bool:
    """Whether two characters make one: halves of a flag, jamo of a Korean syllable."""
    if _is_half_flag(here):
        return flags % 2 == 1
    if "\u1160" <= here <= "\u11ff":
        return "\u1100" <= last <= "\u11ff" or "\uac00" <= last <= "\ud7a3"
    return False
