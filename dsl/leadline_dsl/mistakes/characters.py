"""Characters that the language does not have, brackets, and what stands at a statement's end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, removal
from leadline_dsl.mistakes.quotes import QUOTES
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token

_MEANT = {
    "、": ",",
    "，": ",",
    "；": ",",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "×": "*",
    "÷": "/",
    "∗": "*",
}
_MEANT |= {"≥": ">=", "≤": "<=", "≧": ">=", "≦": "<=", "⩾": ">=", "⩽": "<=", "。": "", "∕": "/", "·": "*"}
_OF_THE_LANGUAGE = frozenset("+-*/(),:%<>=.") | frozenset("0123456789")


def _meant(raw: Token) -> str | None:
    """What was meant by a character from another keyboard, "" for an invisible one, None if it is none such."""
    if raw.kind is not Piece.STRAY:
        return None
    if raw.text in _MEANT or raw.text.isascii():
        return _MEANT.get(raw.text)
    if unicodedata.category(raw.text[0]) in ("Cf", "Mn"):
        return ""
    digit = unicodedata.decimal(raw.text[0], None)
    plain = str(digit) if digit is not None else unicodedata.normalize("NFKC", raw.text)
    return plain if plain in _OF_THE_LANGUAGE else None


def _other_characters(failure: Failure) -> Iterator[Finding]:
    """（ ） ， ： ＞ ＝ ５ − and their like: all of the statement at once."""
    found = [(raw, meant) for raw in failure.raws if (meant := _meant(raw)) is not None]
    near = [(raw, meant) for raw, meant in found if raw.end >= failure.place.start]
    if not near:
        return
    first, meant = near[0]
    if meant:
        message = f"{quoted(first.text)} is not a sign of the language; it is written {quoted(meant)}"
        help = f"write {quoted(meant)}"
    elif unicodedata.category(first.text[0]) in ("Cf", "Mn"):
        message, help = f"an invisible character (U+{ord(first.text[0]):04X}) stands here", "take it away"
    else:
        message, help = f"{quoted(first.text)} does not belong here", f"take {quoted(first.text)} away"
    span = Span(first.start, first.end)
    for equal in ("=", "is"):
        edits = (Edit(Span(raw.start, raw.end), _fitted(failure, raw, right, equal)) for raw, right in found)
        yield Finding(message, span, help, tuple(edits))


def _fitted(failure: Failure, raw: Token, right: str, equal: str) -> str:
    if right != "=" or equal == "=":
        return right
    before = "" if failure.text[raw.start - 1 : raw.start].isspace() else " "
    after = "" if failure.text[raw.end : raw.end + 1].isspace() else " "
    return before + equal + after


_PAIRS = {"(": ")", "[": "]", "{": "}"}


def _brackets(failure: Failure) -> Iterator[Finding]:
    """`is one of ("a", "b")`, `["a", "b"]`: a list needs none; a condition takes parentheses only."""
    closing = _PAIRS.get(failure.here)
    if closing is None or (failure.kind == "event_statement" and failure.index == 1):
        return
    last = next((i for i in range(failure.index + 1, len(failure.raws)) if failure.at(i) == closing), None)
    if last is None:
        return
    opened, closed = failure.place, failure.span(last, last)
    inner = failure.text[opened.end : closed.start].strip()
    if closing != ")":
        message = f"parentheses are round: `(`, not {quoted(failure.here)}"
        yield Finding(message, opened, f"write {quoted('(' + inner + ')')}", (Edit(opened, "("), Edit(closed, ")")))
    message = f"no {quoted(failure.here + closing)} belongs around this"
    yield Finding(message, opened, f"write {quoted(inner)}", (_without(failure, opened), _without(failure, closed)))


def _without(failure: Failure, bracket: Span) -> Edit:
    """Takes a bracket away, and leaves a space if words would grow together."""
    around = failure.text[bracket.start - 1 : bracket.start] + failure.text[bracket.end : bracket.end + 1]
    return Edit(bracket, " " if len(around) == 2 and around.replace('"', "a").isalnum() else "")


def _parentheses(failure: Failure) -> Iterator[Finding]:
    """One that is not closed, or one that closes nothing."""
    depth = 0
    opened: list[int] = []
    for index in range(failure.index):
        if failure.at(index) == "(":
            opened.append(index)
        elif failure.at(index) == ")" and opened:
            opened.pop()
    depth = len(opened) + sum((raw.text == "(") - (raw.text == ")") for raw in failure.raws[failure.index :])
    if failure.here == ")" and not opened:
        yield removal(failure, failure.index, failure.index, "this parenthesis closes nothing")
    if opened and depth > 0 and "RPAR" in failure.takes:
        end = failure.raws[failure.index - 1].end
        span = failure.span(opened[-1], opened[-1])
        where = f"before {quoted(failure.here)}" if failure.here else "at the end"
        yield Finding("this parenthesis is not closed", span, f"write `)` {where}", (Edit(Span(end, end), ")"),))


def _loose_ends(failure: Failure) -> Iterator[Finding]:
    """`,`, `.`, `and` at the end of a statement, with nothing behind it."""
    last = len(failure.raws) - 1
    if last < 1 or failure.index < last:
        return
    word = failure.at(last)
    if word in ("and", "or", "not"):
        help = f"write another condition after it, or take {quoted(word)} away"
        yield removal(failure, last, last, f"nothing stands after {quoted(word)}", help)
    elif word in (",", ":", ".", ";", "!"):
        yield removal(failure, last, last, f"{quoted(word)} at the end, with nothing after it")


def _doubled(failure: Failure) -> Iterator[Finding]:
    """`and and`, `, ,`, `when when`."""
    if failure.index and failure.here and failure.here == failure.at(failure.index - 1):
        yield removal(failure, failure.index, failure.index, f"{quoted(failure.here)} stands here twice")


CHARACTERS: tuple[Recogniser, ...] = (*QUOTES, _other_characters, _loose_ends, _doubled, _brackets, _parentheses)
