"""What is typed to find something in a list: words, all of which must stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def words_of(wanted: str) -> Sequence[str]:
    """The words of what was typed, folded."""
    return wanted.casefold().split()


def has_words(text: str, words: Iterable[str]) -> bool:
    """Whether all the folded words stand in a text."""
    folded = text.casefold()
    return all(word in folded for word in words)
