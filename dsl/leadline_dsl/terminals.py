"""What the grammar calls the pieces of a statement: told by what the parser can take, and by what follows."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from leadline_dsl.faults import Fault
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token, scan_once
from leadline_dsl.words import counts_as_word

DEEPEST = 100
"""Open places of the parser at once; a statement that needs more is nested beyond reading."""

_MOST_PIECES = 50_000
"""Words, signs and texts of one statement; a longer one is a list that belongs into a file of its own."""

_WORD, _SIGN = Piece.WORD, Piece.SIGN
_TERMINALS = {Piece.TEXT: "STRING", Piece.NUMBER: "NUMBER", Piece.DATE: "DATE", Piece.QUOTED_NAME: "NAME"}


class Terminal(str):
    """A piece as the parser is handed it: its text, its terminal in the grammar as `type`, and its place.

    `line` is its number among the pieces of the statement. Those that are None are asked for by lark.
    """

    __slots__ = ("end_pos", "line", "start_pos", "type")
    column = end_line = end_column = None

    type: str
    start_pos: int
    end_pos: int
    line: int

    @property
    def span(self) -> Span:
        return Span(self.start_pos, self.end_pos)


def make_terminal(type_: str, raw: Token, index: int) -> Terminal:
    made = Terminal(raw[1])
    made.type = type_
    made.start_pos = raw[2]
    made.end_pos = raw[3]
    made.line = index
    return made


def pieces_of(text: str) -> Sequence[Token]:
    """The pieces of a statement without its comments. Raises Fault for too many of them."""
    raws = [raw for raw in scan_once(text) if raw.kind is not Piece.COMMENT] if "#" in text else scan_once(text)
    if len(raws) > _MOST_PIECES:
        span = Span(raws[0].start, raws[0].end)
        hint = 'many values belong into a file: `list NAME from "values.txt"`'
        raise Fault(f"this statement has more than {_MOST_PIECES:,} words and signs", span, hint)
    return raws


class Namer:
    """Decides whether a word is a name and what a comma separates. `words` and `signs` are the grammar's terminals by
    how they are written."""

    def __init__(self, words: Mapping[str, str], signs: Mapping[str, str]) -> None:
        self._words = words
        self._signs = signs

    def terminal(self, raws: Sequence[Token], index: int, takes: Container[str]) -> str:
        """The name under which the grammar knows a piece, where the parser can take `takes`."""
        kind, text, _, _ = raws[index]
        if kind is _WORD:
            keyword = self._words.get(text)
            if keyword is None or keyword not in takes:
                return "NAME" if keyword is None or "NAME" in takes else keyword
            if "NAME" not in takes:
                return keyword
            return keyword if counts_as_word(text, raws[index + 1 : index + 3]) else "NAME"
        if kind is _SIGN:
            is_comma = text == "," and "VALUE_COMMA" in takes
            if is_comma and ("COMMA" not in takes or _begins_value(raws[index + 1 : index + 3])):
                return "VALUE_COMMA"
            return self._signs.get(text, "STRAY")
        return _TERMINALS.get(kind, "STRAY")


def _begins_value(following: Sequence[Token]) -> bool:
    if not following:
        return False
    first = following[0]
    if first.kind in (Piece.TEXT, Piece.NUMBER, Piece.DATE) or first.text in ("+", "-"):
        return True
    is_declared = len(following) > 1 and following[1].text == ":"
    return first.text in ("yes", "no") and not is_declared
