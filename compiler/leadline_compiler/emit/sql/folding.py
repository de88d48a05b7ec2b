"""The letters that an engine's own functions do not fold as the language does.

Only texts with letters beyond ASCII come here. The tables hold what is written in Latin, Greek, Cyrillic, Armenian,
Kana, Han and Hangul, with full-width and half-width forms, ligatures, and enclosed and squared characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BLOCKS = (
    range(0x80, 0x590),  # Latin, Greek, Cyrillic, Armenian
    range(0x1100, 0x1200),  # Hangul letters
    range(0x1C80, 0x1C90),  # old Cyrillic
    range(0x1E00, 0x2E80),  # Latin and Greek with marks, letter-like signs, Latin and Cyrillic extended
    range(0x2E80, 0x3400),  # radicals, Kana, enclosed and squared
    range(0xA640, 0xA800),  # Cyrillic and Latin extended
    range(0xAB30, 0xAB70),  # Latin extended
    range(0xFB00, 0xFB18),  # ligatures
    range(0xFE30, 0xFE70),  # vertical and small forms
    range(0xFF00, 0xFFF0),  # full and half width
)


@dataclass(frozen=True, slots=True)
class Letters:
    """A letter for each letter of `one`, a text for each of `many`."""

    one: tuple[tuple[str, str], ...]
    many: tuple[tuple[str, str], ...]

    @property
    def sources(self) -> str:
        return "".join(source for source, _ in self.one)

    @property
    def targets(self) -> str:
        return "".join(target for _, target in self.one)


def _letters() -> Iterator[str]:
    for block in _BLOCKS:
        yield from map(chr, block)


def _sorted(pairs: list[tuple[str, str]]) -> Letters:
    one = tuple((source, target) for source, target in pairs if len(target) == 1)
    return Letters(one, tuple((source, target) for source, target in pairs if len(target) != 1))


@lru_cache(maxsize=1)
def compatibility() -> Letters:
    """Letters whose NFKC form is not their NFC form."""
    pairs = [(letter, unicodedata.normalize("NFKC", letter)) for letter in _letters()]
    return _sorted([pair for pair in pairs if pair[1] != unicodedata.normalize("NFC", pair[0])])


@lru_cache(maxsize=1)
def canonical() -> Letters:
    """Letters whose NFC form is another: for engines that know no normal forms."""
    letters = (*_letters(), *map(chr, range(0xF900, 0xFB00)))
    pairs = [(letter, unicodedata.normalize("NFC", letter)) for letter in letters]
    return _sorted([pair for pair in pairs if pair[1] != pair[0]])


@lru_cache(maxsize=1)
def cases() -> Letters:
    """Letters in NFKC form that full case folding changes, ASCII ones too."""
    letters = [*map(chr, range(0x80)), *_letters()]
    pairs = [(letter, unicodedata.normalize("NFKC", letter.casefold())) for letter in letters if _is_settled(letter)]
    return _sorted([pair for pair in pairs if pair[0] != pair[1]])


@lru_cache(maxsize=1)
def odd_cases() -> Letters:
    """Those whose folding is not their lower case."""
    table = cases()
    one = tuple(pair for pair in table.one if pair[0].lower() != pair[1])
    return Letters(one, table.many)


def _is_settled(letter: str) -> bool:
    return unicodedata.normalize("NFKC", letter) == letter


@lru_cache(maxsize=1)
def compositions() -> tuple[tuple[str, str], ...]:
    """Pairs of letters, the second a mark, and the one letter that NFC makes of them (Hangul aside).

    What is itself the first of a pair stands before that pair.
    """
    found: dict[str, str] = {}
    for letter in _letters():
        parts = unicodedata.decomposition(letter)
        if parts and not parts.startswith("<") and " " in parts:
            pair = "".join(chr(int(part, 16)) for part in parts.split(" "))
            if unicodedata.normalize("NFC", pair) == letter:
                found[pair] = letter
    return tuple(sorted(found.items(), key=lambda pair: len(unicodedata.normalize("NFD", pair[1]))))
