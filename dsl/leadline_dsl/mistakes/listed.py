"""Several values behind one test, joined like conditions: `country is "US" or "UK"`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted
from leadline_dsl.mistakes.pieces import TESTS, is_kind, subject, word_at, written
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token

_VALUES = (Piece.TEXT, Piece.NUMBER, Piece.DATE)
_OR = frozenset({"or", "nor"})
_JOINERS = frozenset({"or", "and", "nor"})

_LISTED = {
    ("is",): "is one of",
    ("is", "not"): "is none of",
    ("contains",): "contains any of",
    ("starts", "with"): "starts with any of",
    ("ends", "with"): "ends with any of",
    ("does", "not", "contain"): "does not contain any of",
    ("does", "not", "start", "with"): "does not start with any of",
    ("does", "not", "end", "with"): "does not end with any of",
    ("includes",): "includes any of",
}
_OF: set[tuple[str, ...]] = {("is", "one"), ("is", "none"), ("includes", "all")}
_OF |= {tuple(right.split()[:-1]) for right in _LISTED.values() if right.endswith("any of")}
_SINGLE = frozenset({*_LISTED, ("matches",), ("does", "not", "include")})
_TOGETHER = frozenset({("contains", "and"), ("matches", "and"), ("matches", "or")})
"""Tests that are repeated for each value, and the words between the values that say so without a doubt."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Values of one test: `loose` is the first that stands behind `or` or `and`; `right` is the test as it is
    written, and `edits` are empty where only the user knows what is meant."""

    loose: int
    span: Span
    right: str
    edits: tuple[Edit, ...]


def list_values(text: str, pieces: Sequence[Token], loose: int) -> Listed | None:
    """What the value at the piece `loose`, which stands behind `or` or `and` as if it were a condition, belongs to;
    None where it is not the value of a test."""
    first = _first_value(pieces, loose)
    if first is None:
        return None
    values, joiners = _values(pieces, first)
    start, test = _test_before(pieces, first)
    looks_at = subject(pieces, first - 1) if test else None
    behind = next((value for value, joiner in zip(values[1:], joiners, strict=True) if joiner != ","), None)
    if looks_at is None or behind is None:
        return None
    about = written(text, pieces, *looks_at)
    right, edits = _mended(pieces, values, joiners, start, test, about)
    span = Span(pieces[looks_at[0]].start, pieces[values[-1]].end)
    if right.startswith("not "):
        edits = (Edit(Span(span.start, span.start), "not "), *edits)
    return Listed(behind, span, right, edits)


def _mended(
    pieces: Sequence[Token], values: list[int], joiners: list[str], start: int, test: tuple[str, ...], about: str
) -> tuple[str, tuple[Edit, ...]]:
    """The test as it is written, and the edits that make it so."""
    shown = [pieces[value].text for value in values]
    listed = ", ".join(shown)
    words = {joiner for joiner in joiners if joiner != ","}
    operator = Span(pieces[start].start, pieces[values[0] - 1].end)
    commas = tuple(edit for pair in pairwise(values) for edit in _comma(pieces, *pair))
    if test == ("does", "not", "include"):
        edits = (Edit(operator, "includes any of"), *commas) if words <= _OR else ()
        return f"not {about} includes any of {listed}", edits
    several = _several(test, words)
    if several is not None:
        edits = commas if several == " ".join(test) else (Edit(operator, several), *commas)
        return f"{about} {several} {listed}", edits
    joiner = "and" if "and" in words else "or"
    if (*test, joiner) not in _TOGETHER:
        return f"{about} {_LISTED[test]} {listed}", ()
    said = f"{about} {' '.join(test)}"
    is_open = word_at(pieces, values[0] - len(test) - 2) == "where"
    is_alone = len({piece.text for piece in pieces if piece.text in ("and", "or", ",", "not")}) == 1 and not is_open
    edits = tuple(Edit(Span(at, at), f"{said} ") for at in (pieces[value].start for value in values[1:]))
    return f" {joiner} ".join(f"{said} {value}" for value in shown), edits if is_alone else ()


def _several(test: tuple[str, ...], joiners: set[str]) -> str | None:
    """The test that takes several values, where the words between them leave no doubt."""
    if test[-1] == "of":
        return " ".join(test)
    if test == ("is", "not"):
        return "is none of"
    if test == ("includes",) and joiners == {"and"}:
        return "includes all of"
    return _LISTED.get(test) if joiners <= _OR else None


def _first_value(pieces: Sequence[Token], loose: int) -> int | None:
    """The first of the values that are joined up to `loose`."""
    first = loose
    while True:
        before = first - 1
        if word_at(pieces, before) in _JOINERS and word_at(pieces, before - 1) == ",":
            before -= 1
        if word_at(pieces, before) not in (*_JOINERS, ",") or not is_kind(pieces, before - 1, *_VALUES):
            return first if first < loose else None
        first = before - 1


def _values(pieces: Sequence[Token], first: int) -> tuple[list[int], list[str]]:
    """The values from `first` on, and what joins each to the one before."""
    values = [first]
    joiners: list[str] = []
    while True:
        following = values[-1] + 1
        joiner = word_at(pieces, following)
        if joiner == "," and word_at(pieces, following + 1) in _JOINERS:
            following += 1
            joiner = word_at(pieces, following)
        following += 1
        if joiner not in (*_JOINERS, ",") or not is_kind(pieces, following, *_VALUES):
            return values, joiners
        if is_kind(pieces, following, Piece.NUMBER) and word_at(pieces, following + 1) in (*TESTS, *"+-*/"):
            return values, joiners
        values.append(following)
        joiners.append(joiner)


def _test_before(pieces: Sequence[Token], first: int) -> tuple[int, tuple[str, ...]]:
    """Where the test begins whose first value is the piece `first`, and its words; no words if it is none."""
    for length in range(5, 0, -1):
        words = tuple(word_at(pieces, i) for i in range(first - length, first))
        if first > length and (words in _SINGLE or (words[-1] == "of" and words[:-1] in _OF)):
            return first - length, words
    return first, ()


def _comma(pieces: Sequence[Token], before: int, after: int) -> Iterator[Edit]:
    """A comma instead of what stands between two values; comments in between stay."""
    end = pieces[before].end
    if word_at(pieces, before + 1) != ",":
        yield Edit(Span(end, end), ",")
    if word_at(pieces, after - 1) in _JOINERS:
        joiner = pieces[after - 1]
        is_spaced = joiner.end < pieces[after].start
        yield Edit(Span(joiner.start, joiner.end + is_spaced), "")


def tell_listed(listed: Listed, pieces: Sequence[Token]) -> tuple[str, str]:
    """The message and the help about such values."""
    value = pieces[listed.loose].text
    joiner = word_at(pieces, listed.loose - 1)
    message = f"{quoted(value)} behind {quoted(joiner)} is a value, not a condition of its own"
    return message, f"write {quoted(listed.right, 200)}"


def _listed_values(failure: Failure) -> Iterator[Finding]:
    """`where path is "/a" or "/b" in the last 30 days`, where the reading stops at what follows."""
    for at in range(failure.index + 1, max(0, failure.index - 3), -1):
        if failure.at(at - 1) in _JOINERS and failure.is_a(at, *_VALUES):
            listed = list_values(failure.text, failure.raws, at)
            if listed and listed.edits:
                message, help = tell_listed(listed, failure.raws)
                yield Finding(message, listed.span, help, listed.edits)
                return


LISTED: tuple[Recogniser, ...] = (_listed_values,)
