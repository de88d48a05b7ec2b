"""How many columns a text takes on a screen of fixed-width letters."""

from __future__ import annotations

import unicodedata

_NO_WIDTH = frozenset({"Mn", "Me", "Cf", "Cc"})
_JAMO_THAT_JOIN = range(0x1160, 0x1200)


def display_width(text: str) -> int:
    """Columns of a text: wide letters of East Asia take two, marks and joiners none, all others one."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH or ord(character) in _JAMO_THAT_JOIN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
