"""Lines that were meant to begin a statement, and were read as the rest of the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted
from leadline_dsl.mistakes.pieces import is_kind, word_at, written
from leadline_dsl.mistakes.unknown import BEGINNINGS, meant_word
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token, quote_text
from leadline_grammars import language_words


def points_first(text: str, pieces: Sequence[Token], first: int) -> tuple[Span, str] | None:
    """`if a then +5 "X"`, `add 5 points if a`: the line from the piece `first` on as the rule that it means."""
    last = _last_of_line(text, pieces, first)
    opener = word_at(pieces, first).lower()
    if opener in ("if", "when", "whenever"):
        then = next((i for i in range(first + 2, last) if word_at(pieces, i).lower() in ("then", ":", "=>")), None)
        begins = then if then is not None else _sign(pieces, first + 2, last)
        if begins is None:
            return None
        condition = (first + 1, begins - 1)
        worth = _worth(pieces, begins + (then is not None), last)
    elif opener in ("add", "give", "award", "plus", "subtract", "deduct", "minus"):
        when = next((i for i in range(first + 1, last) if word_at(pieces, i).lower() in ("if", "when")), None)
        if when is None:
            return None
        condition = (when + 1, last)
        worth = _worth(pieces, first + 1, when - 1, opener in ("subtract", "deduct", "minus"))
    else:
        return None
    if worth is None or condition[0] > condition[1]:
        return None
    points, title = worth
    said = written(text, pieces, *condition)
    title = title or quote_text(re.sub(r'["`\\]', "", said)[:40].strip())
    return Span(pieces[first].start, pieces[last].end), f"{points} {title} when {said}"


def _last_of_line(text: str, pieces: Sequence[Token], first: int) -> int:
    end = text.find("\n", pieces[first].start)
    return max(i for i, piece in enumerate(pieces) if end < 0 or piece.start < end)


def _sign(pieces: Sequence[Token], first: int, last: int) -> int | None:
    """Where points stand behind a condition: `when ok +5 "X"`."""
    for index in range(first, last):
        is_signed = word_at(pieces, index) in ("+", "-") and is_kind(pieces, index + 1, Piece.NUMBER)
        if is_signed and (index + 1 == last or is_kind(pieces, index + 2, Piece.TEXT)):
            return index
    return None


def _worth(pieces: Sequence[Token], first: int, last: int, is_taken: bool = False) -> tuple[str, str] | None:
    """The points with their sign and the name, if there is one, between two pieces that hold nothing else."""
    sign, number, title = "-" if is_taken else "+", "", ""
    for index in range(first, last + 1):
        word = word_at(pieces, index)
        if word in ("+", "-") and not number:
            sign = word
        elif is_kind(pieces, index, Piece.NUMBER) and not number:
            number = word
        elif is_kind(pieces, index, Piece.TEXT) and not title:
            title = word
        elif word.lower() not in _NOISE:
            return None
    return (sign + number, title) if number else None


_NOISE = frozenset(["points", "point", "pts", "add", "give", "score", "to", "the", "for", ":", ",", "="])


def _above(failure: Failure) -> str | None:
    """The statement up to the line that begins with the piece where the reading stopped."""
    if failure.index < 1 or failure.index >= len(failure.raws):
        return None
    end = failure.raws[failure.index - 1].end
    return failure.text[:end] if "\n" in failure.text[end : failure.place.start] else None


def _swallowed_line(failure: Failure) -> Iterator[Finding]:
    """`Events` alone on its line, `if a then +5 "X"`, `total is fit`."""
    above = _above(failure)
    if above is None or not failure.is_a(failure.index, Piece.WORD):
        return
    rule = points_first(failure.text, failure.raws, failure.index)
    if rule is not None:
        span, right = rule
        message = "a rule begins with its points"
        yield Finding(message, span, f"write {quoted(right, 200)}", (Edit(span, right),), tried=above)
    if failure.here == "total" and failure.at(failure.index + 1) in ("is", ":", "equals", "as"):
        span = failure.span(failure.index, failure.index + 1)
        edits = (Edit(span, "total ="),)
        yield Finding("a total is written `total = …`", span, "write `total =`", edits, tried=above)
    meant = meant_word(failure.here)
    if meant and meant != failure.here:
        message = f"no statement begins with {quoted(failure.here)}; did you mean {quoted(meant)}?"
        yield Finding(message, failure.place, f"write {quoted(meant)}", (Edit(failure.place, meant),), tried=above)


_ROW = re.compile(
    r'(?m)^[ \t]*(?:for[ \t]+)?("[^"\n]+"(?:[ \t]*,[ \t]*"[^"\n]+")*)[ \t]*(?:[:=]|->|=>)?[ \t]*([+-]?)([0-9.]+)'
)


def _rows_turned_round(failure: Failure) -> Iterator[Finding]:
    """`"US": 5`, `"US" = +5` and `for "US" +5` below `points`: all such rows at once."""
    above = _above(failure)
    if failure.kind not in ("points_statement", "row_statement") or above is None:
        return
    rows = [row for row in _ROW.finditer(failure.text) if row.start() >= len(above)]
    edits = []
    for row in rows:
        start = row.start() + len(row.group()) - len(row.group().lstrip())
        edits.append(Edit(Span(start, row.end()), f"{row[2] or '+'}{row[3]} for {row[1]}"))
    if edits and edits[0].span.start == failure.place.start:
        help = f"write {quoted(edits[0].text, 80)}"
        yield Finding("a row of `points` begins with its points", edits[0].span, help, tuple(edits), tried=above)


def _line_of_nothing(failure: Failure) -> Iterator[Finding]:
    """Any other line that begins no statement and does not go on with the one above either."""
    above = _above(failure)
    if above is None or failure.here in language_words() or failure.here in _GOES_ON:
        return
    message = f"no statement begins with {quoted(failure.here)}, and the one above does not go on so"
    help = "a comment begins with `#`" if failure.here in _COMMENTS else BEGINNINGS
    yield Finding(message, failure.place, help, (), tried=above)


_GOES_ON = frozenset(["(", ")", ",", ">", "<", ">=", "<=", "=", "&&", "||"])
_COMMENTS = frozenset([";", "'", "%", "!", "/", "<"])

LINES: tuple[Recogniser, ...] = (_rows_turned_round, _swallowed_line)
LAST_LINES: tuple[Recogniser, ...] = (_line_of_nothing,)
