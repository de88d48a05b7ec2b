"""Texts as they compare."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

LONGEST_REMEMBERED = 64


class Text(NamedTuple):
    """A text as it compares and as it was written."""

    folded: str
    written: str


class Texts(NamedTuple):
    """A list of texts, as they compare and as they were written."""

    folded: tuple[str, ...]
    written: tuple[str, ...]


def fold(text: str) -> str:
    """NFKC, full case folding, NFKC again, trimmed."""
    if text.isascii():
        return text.lower().strip()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def normalised(text: str) -> str:
    """NFKC and trimmed."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def make_text(written: str) -> Text | None:
    """The text, None where it is blank."""
    return short_text(written) if len(written) <= LONGEST_REMEMBERED else fold_text(written)


def fold_text(written: str) -> Text | None:
    written = written.strip()
    folded = fold(written)
    return Text(folded, written) if folded else None


short_text = lru_cache(maxsize=65536)(fold_text)


def domain_of(text: Text | None) -> Text | None:
    """What follows the last `@`."""
    if text is None or "@" not in text.folded:
        return None
    return make_text(text.folded.rpartition("@")[2])


def letter_text(letter: str | None) -> Text | None:
    """The letter of a grade as a text that can be compared."""
    return None if letter is None else Text(fold(letter), letter)


def is_text(text: Text | None, wanted: Collection[str]) -> bool:
    return text is not None and text.folded in wanted


def is_in_list(text: Text | None, entries: Collection[str]) -> bool:
    return text is not None and text.folded in entries


def contains_any(text: Text | None, wanted: Iterable[str]) -> bool:
    return text is not None and any(one in text.folded for one in wanted)


def starts_any(text: Text | None, wanted: tuple[str, ...]) -> bool:
    return text is not None and text.folded.startswith(wanted)


def ends_any(text: Text | None, wanted: tuple[str, ...]) -> bool:
    return text is not None and text.folded.endswith(wanted)


def includes_any(texts: Texts | None, wanted: Iterable[str]) -> bool:
    return texts is not None and any(one in texts.folded for one in wanted)


def includes_all(texts: Texts | None, wanted: Iterable[str]) -> bool:
    return texts is not None and all(one in texts.folded for one in wanted)


def matches(text: Text | None, pattern: re.Pattern[str]) -> bool:
    """Whether the pattern is found anywhere in the trimmed NFKC text."""
    return text is not None and pattern.search(normalised(text.written)) is not None


def compile_deep(regex: str) -> re.Pattern[str]:
    """A pattern whose groups lie so deep inside each other that Python's usual limit would refuse it."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + 50_000)
    try:
        return re.compile(regex)
    finally:
        sys.setrecursionlimit(limit)
