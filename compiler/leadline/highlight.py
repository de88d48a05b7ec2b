"""What the pieces of a line of rules are, for whoever shows rules in colour.

A line is judged by itself: nothing of the language runs over the end of a line but what a line's beginning shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from leadline_dsl.tokens import Piece, Token, scan
from leadline_dsl.words import FOLLOWERS, STATEMENT_WORDS, counts_as_word, needs_backquotes
from leadline_grammars import language_words


class Ink(StrEnum):
    """What a piece of a line is."""

    STATEMENT = "statement"
    WORD = "word"
    TYPE = "type"
    NAME = "name"
    DECLARED = "declared"
    POINTS = "points"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    COMMENT = "comment"
    FAULTY = "faulty"


class Inked(NamedTuple):
    """Characters `start` up to, but not including, `end` of a line."""

    start: int
    end: int
    ink: Ink


_PLAIN = {
    Piece.TEXT: Ink.TEXT,
    Piece.OPEN_TEXT: Ink.FAULTY,
    Piece.DATE: Ink.DATE,
    Piece.NUMBER: Ink.NUMBER,
    Piece.QUOTED_NAME: Ink.NAME,
    Piece.STRAY: Ink.FAULTY,
    Piece.COMMENT: Ink.COMMENT,
}
_TYPES = frozenset({"text", "number", "date"})
_EXITS = frozenset({"disqualify", "exclude"})


def ink_line(line: str) -> tuple[Inked, ...]:
    """The pieces of a line (without its end) that have a colour of their own, in order."""
    return tuple(_ink(scan(line)))


def _ink(tokens: Sequence[Token]) -> Iterator[Inked]:
    """Signs have no ink, but for the one of points, which begins a rule or a row."""
    rest = 0
    if _begins_with_points(tokens):
        yield Inked(tokens[0].start, tokens[1].end, Ink.POINTS)
        rest = 2
    for index in range(rest, len(tokens)):
        token = tokens[index]
        if token.kind is Piece.WORD:
            yield Inked(token.start, token.end, _ink_of_word(tokens, index))
        elif token.kind is not Piece.SIGN:
            yield Inked(token.start, token.end, _PLAIN[token.kind])


def _begins_with_points(tokens: Sequence[Token]) -> bool:
    return (
        len(tokens) > 1
        and tokens[0].text in ("+", "-")
        and tokens[1].kind is Piece.NUMBER
        and tokens[0].end == tokens[1].start
    )


def _ink_of_word(tokens: Sequence[Token], index: int) -> Ink:
    word, following = tokens[index].text, tokens[index + 1 : index + 3]
    after = following[0].text if following else ""
    before = tokens[index - 1].text if index else ""
    if after == ":":
        return Ink.DECLARED
    if index == 0 and word in STATEMENT_WORDS and after not in _goes_on(word):
        return Ink.STATEMENT
    if before in STATEMENT_WORDS and index == 1:
        return Ink.WORD if word in ("by", "when", "identified") else Ink.DECLARED
    if before == ":" or (word in _TYPES and before == "of") or (word == "no" and before == "/"):
        return Ink.TYPE
    if word in _TYPES and not (word == "number" and after == "of"):
        return Ink.NAME
    if word in language_words() and (before == "the" or _is_number(tokens, index - 1)):
        return Ink.WORD
    if word not in language_words() or (word in STATEMENT_WORDS and word != "grade"):
        return Ink.NAME
    if needs_backquotes(word) and not counts_as_word(word, following):
        return Ink.NAME
    return Ink.WORD


def _is_number(tokens: Sequence[Token], index: int) -> bool:
    return index >= 0 and tokens[index].kind is Piece.NUMBER


def _goes_on(word: str) -> frozenset[str] | set[str]:
    """What turns a statement word that begins a line into a name of a wrapped condition (`total >= 65`)."""
    if word in _EXITS or word in ("stage", "points", "group"):
        return {">=", "<=", ">", "<", "is"}
    return FOLLOWERS | {">=", "<=", ">", "<"}
