"""Words of the language in the wrong case, or misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, replacement
from leadline_dsl.mistakes.phrases import words_of_wordings
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece
from leadline_grammars import language_words

_LONGEST = 24
_CLOSE = 0.75


def closest(word: str, words: Iterable[str], most: int = 3) -> list[str]:
    """Those of `words` that `word` could be a slip of, the likeliest first. Words beyond 24 letters have none."""
    if not 2 <= len(word) <= _LONGEST:
        return []
    scored = [(_closeness(word, other), other) for other in words if abs(len(other) - len(word)) <= 3]
    return [other for score, other in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score >= _CLOSE][:most]


def _closeness(word: str, other: str) -> float:
    if len(word) == len(other) and sorted(word) == sorted(other):
        return 0.95
    # Letters that only one of the two has cannot match: that rules most words out at a twentieth of the cost.
    unmatched, both = len(set(word) ^ set(other)), len(word) + len(other)
    return SequenceMatcher(None, word, other).ratio() if 1 - unmatched / both >= _CLOSE else 0.0


def _wrong_case(failure: Failure) -> Iterator[Finding]:
    """`WHEN`, `AND`, `Is`: the language's words are small."""
    words = language_words()
    big = [
        (raw, index)
        for index, raw in enumerate(failure.raws)
        if raw.kind is Piece.WORD and raw.text not in words and raw.text.lower() in words
    ]
    near = [(raw, index) for raw, index in big if failure.index - 2 <= index <= failure.index]
    if not near:
        return
    first = near[-1][0]
    message = f"the words of the language are written small: {quoted(first.text.lower())}, not {quoted(first.text)}"
    span = Span(first.start, first.end)
    for chosen in (near[-1:], [(raw, index) for raw, index in big if index >= near[0][1]], near[:1]):
        edits = tuple(Edit(Span(raw.start, raw.end), raw.text.lower()) for raw, _ in chosen)
        yield Finding(message, span, f"write {quoted(first.text.lower())}", edits)


def _misspelt(failure: Failure) -> Iterator[Finding]:
    """A slip is noticed where it stands or up to two pieces later, since any word may be a name."""
    words = language_words()
    for index in (failure.index, failure.index - 1, failure.index - 2):
        written = failure.at(index)
        if not failure.is_a(index, Piece.WORD) or not written.islower():
            continue
        if written in words or written in words_of_wordings():
            continue
        for word in closest(written, words):
            yield replacement(failure, index, index, word, _slip(written, word))


def _misspelt_here(failure: Failure) -> Iterator[Finding]:
    """A slip in a statement that has further mistakes: judged by the words that could stand in its place."""
    wanted = [name.lower() for name in failure.takes if name.lower() in language_words()]
    if failure.is_a(failure.index, Piece.WORD) and failure.here.islower():
        for word in closest(failure.here, wanted):
            yield replacement(failure, failure.index, failure.index, word, _slip(failure.here, word))


def _slip(written: str, word: str) -> str:
    return f"{quoted(written)} is no word of the language here; did you mean {quoted(word)}?"


SPELLING: tuple[Recogniser, ...] = (_wrong_case, _misspelt)
WRONG_WORDS: tuple[Recogniser, ...] = (_wrong_case, _misspelt_here)
