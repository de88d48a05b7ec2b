"""Words that may follow the beginning of a statement, joined into phrases as far as there is only one way on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leadline_dsl.reading import parser_tables
from leadline_dsl.statements import UNKNOWN
from leadline_dsl.terminals import DEEPEST, Namer, pieces_of
from leadline_dsl.tokens import Piece, Token, scan
from leadline_dsl.words import needs_backquotes

_LONGEST_STATEMENT = 20_000
"""Characters of a statement in which anything is proposed."""
_LONGEST = 5
"""Words of a phrase."""
_OPENS_EXPRESSION = "LPAR"
"""Where a parenthesis may follow, anything may: a phrase ends there."""
_VALUES = frozenset({"YES", "NO"})
"""Words that are values: a phrase does not go on with one."""
_END = "$END"
_UNITS = ("minute", "hour", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Taken:
    """A beginning of a statement that has been read: the open states, and the terminals that may follow."""

    kind: str
    states: tuple[int, ...]
    terminals: frozenset[str]
    is_complete: bool

    def takes(self, terminal: str) -> bool:
        return terminal in self.terminals


_FOLLOWING = ("x", '"x"')
_DECIDING = ("of x", "x of", "of (", "of different", "different x", "since x", "event")
"""What makes a word that may be a name the word of the language that it also is."""


def take(kind: str, text: str) -> tuple[Taken, ...]:
    """Ways to read the beginning of a statement that goes on; none where it cannot be one.

    What a word or a comma at the end is may depend on what follows it: a name and a text are tried.
    """
    if kind == UNKNOWN or len(text) > _LONGEST_STATEMENT:
        return ()
    found: dict[frozenset[str], Taken] = {}
    decides = any(needs_backquotes(token.text) for token in scan(text)[-2:])
    for following in (*_FOLLOWING, *_DECIDING) if decides else _FOLLOWING:
        taken = _take(kind, text, following)
        if taken is not None:
            found.setdefault(taken.terminals, taken)
    return tuple(found.values())


def _take(kind: str, text: str, following: str) -> Taken | None:
    states: tuple[int, ...] = (parser_tables().starts[kind],)
    after = scan(following)
    raws = [*pieces_of(text), *after]
    for index in range(len(raws) - len(after)):
        terminal = _namer().terminal(raws, index, parser_tables().states[states[-1]])
        fed = _feed_states(states, terminal)
        if fed is None or len(fed) > DEEPEST:
            return None
        states = fed
    return _taken(kind, states)


def _taken(kind: str, states: tuple[int, ...]) -> Taken:
    tables = parser_tables()
    known = tables.states[states[-1]]
    terminals = frozenset(
        name for name in known if name.isupper() and name != _END and _feed_states(states, name) is not None
    )
    return Taken(kind, states, terminals, _ends(kind, states))


def _feed_states(states: tuple[int, ...], terminal: str) -> tuple[int, ...] | None:
    """The states after a piece; None where it cannot stand there."""
    stack = _reduced(states, terminal)
    action = parser_tables().states[stack[-1]].get(terminal)
    return None if action is None else (*stack, action)


def _reduced(states: tuple[int, ...], terminal: str) -> list[int]:
    """The states once every rule that ends in front of a piece is complete."""
    tables, stack = parser_tables(), list(states)
    while True:
        action = tables.states[stack[-1]].get(terminal)
        if action is None or action >= 0:
            return stack
        rule = tables.rules[~action]
        if rule.size:
            del stack[-rule.size :]
        stack.append(tables.states[stack[-1]][rule.name])


def _ends(kind: str, states: tuple[int, ...]) -> bool:
    return _reduced(states, _END)[-1] == parser_tables().ends[kind]


@lru_cache(maxsize=1)
def _namer() -> Namer:
    return Namer(parser_tables().words, parser_tables().signs)


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
    fed = _feed_states(taken.states, terminal)
    if fed is None:
        return
    following = _taken(taken.kind, fed)
    words = _words()
    more = [name for name in following.terminals if name in words and name not in _VALUES]
    others = following.terminals - set(more) - _VALUES
    is_open = _OPENS_EXPRESSION in others
    if others or following.is_complete or not more or length == _LONGEST:
        yield phrase
    if is_open or "NAME" in others or length == _LONGEST or following.is_complete:
        return
    for name in sorted(more, key=lambda name: _order().get(name, 0)):
        yield from _go_on(following, name, f"{phrase} {words[name]}", length + 1)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """The words of the language by the names of their terminals, in the order of the grammar."""
    return {terminal: word for word, terminal in parser_tables().words.items()}


@lru_cache(maxsize=1)
def _order() -> dict[str, int]:
    return {terminal: index for index, terminal in enumerate(_words())}
