"""Words that may follow the beginning of a statement, joined into phrases as far as there is only one way on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Token as LarkToken
from lark import UnexpectedInput

from leadline_dsl.faults import Fault
from leadline_dsl.grammar import parser
from leadline_dsl.statements import UNKNOWN
from leadline_dsl.tokens import Piece, Token, scan
from leadline_dsl.words import needs_backquotes

_LONGEST = 5
"""Words of a phrase."""
_OPENS_EXPRESSION = "LPAR"
"""Where a parenthesis may follow, anything may: a phrase ends there."""
_VALUES = frozenset({"YES", "NO"})
"""Words that are values: a phrase does not go on with one."""
_UNITS = ("minute", "hour", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Taken:
    """A parser that has read the beginning of a statement, and the terminals that it would take next."""

    parser: Any
    terminals: frozenset[str]

    @property
    def is_complete(self) -> bool:
        return "$END" in self.terminals

    def takes(self, terminal: str) -> bool:
        return terminal in self.terminals


_FOLLOWING = ("x", '"x"')
_DECIDING = ("of x", "x of", "of (", "of different", "different x", "since x", "event")
"""What makes a word that may be a name the word of the language that it also is."""


def take(kind: str, text: str) -> tuple[Taken, ...]:
    """Ways to read the beginning of a statement that goes on; none where it cannot be one.

    What a word or a comma at the end is may depend on what follows it: a name and a text are tried.
    """
    if kind == UNKNOWN:
        return ()
    found: dict[frozenset[str], Taken] = {}
    decides = any(needs_backquotes(token.text) for token in scan(text)[-2:])
    for following in (*_FOLLOWING, *_DECIDING) if decides else _FOLLOWING:
        taken = _take(kind, text, following)
        if taken is not None:
            found.setdefault(taken.terminals, taken)
    return tuple(found.values())


def _take(kind: str, text: str, following: str) -> Taken | None:
    try:
        reading: Any = parser().parse_interactive(f"{text} {following}", start=kind)
        for token in reading.lexer_thread.lex(reading.parser_state):
            if token.start_pos >= len(text):
                break
            reading.feed_token(token)
        return Taken(reading, frozenset(reading.accepts()))
    except (Fault, UnexpectedInput):
        return None


def phrases_after(taken: Taken, tokens: list[Token]) -> tuple[str, ...]:
    """The phrases that may follow, in the order of the grammar; of units those that go with the number before."""
    last = tokens[-1] if tokens else None
    found = []
    for phrase in _phrases(taken):
        unit = phrase.removesuffix("s")
        counts = unit in _UNITS and last is not None and last.kind is Piece.NUMBER
        if not counts or (last is not None and last.text == "1") == (phrase == unit):
            found.append(phrase)
    return tuple(found)


def _phrases(taken: Taken) -> Iterator[str]:
    words = _words()
    for terminal in sorted(taken.terminals, key=lambda name: _order().get(name, 0)):
        if terminal in words:
            yield from _go_on(taken, terminal, words[terminal], 1)


def _go_on(taken: Taken, terminal: str, phrase: str, length: int) -> Iterator[str]:
    """The phrase itself where anything but a word may follow, and every longer one."""
    following = _feed(taken, terminal, phrase.rpartition(" ")[2])
    if following is None:
        return
    words = _words()
    more = [name for name in following.terminals if name in words and name not in _VALUES]
    others = following.terminals - set(more) - _VALUES
    is_open = _OPENS_EXPRESSION in others
    if others or not more or length == _LONGEST:
        yield phrase
    if is_open or "NAME" in others or length == _LONGEST or "$END" in others:
        return
    for name in sorted(more, key=lambda name: _order().get(name, 0)):
        yield from _go_on(following, name, f"{phrase} {words[name]}", length + 1)


def _feed(taken: Taken, terminal: str, text: str) -> Taken | None:
    reading = taken.parser.copy()
    try:
        reading.feed_token(LarkToken(terminal, text, 0, 0, None, None, None, 0))
        return Taken(reading, frozenset(reading.accepts()))
    except (Fault, UnexpectedInput):
        return None


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """The words of the language by the names of their terminals."""
    return {
        item.name: item.pattern.value for item in parser().terminals if item.pattern and item.pattern.value.isalpha()
    }


@lru_cache(maxsize=1)
def _order() -> dict[str, int]:
    return {item.name: index for index, item in enumerate(parser().terminals)}
