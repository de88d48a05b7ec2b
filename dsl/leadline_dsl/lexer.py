"""Words, names and commas of one statement, told apart by what the parser can take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Token
from lark.lexer import Lexer

from leadline_dsl.faults import Fault
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, scan
from leadline_dsl.tokens import Token as Raw
from leadline_dsl.words import counts_as_word

DEEPEST = 100
"""Open places of the parser at once; a statement that needs more is nested beyond reading."""

_MOST_PIECES = 50_000
"""Words, signs and texts of one statement; a longer one is a list that belongs into a file of its own."""

_TERMINALS = {Piece.TEXT: "STRING", Piece.NUMBER: "NUMBER", Piece.DATE: "DATE", Piece.QUOTED_NAME: "NAME"}


def pieces_of(text: str) -> list[Raw]:
    """The pieces of a statement without its comments. Raises Fault for too many of them."""
    raws = [raw for raw in scan(text) if raw.kind is not Piece.COMMENT]
    if len(raws) > _MOST_PIECES:
        span = Span(raws[0].start, raws[0].end)
        hint = 'many values belong into a file: `list NAME from "values.txt"`'
        raise Fault(f"this statement has more than {_MOST_PIECES:,} words and signs", span, hint)
    return raws


class StatementLexer(Lexer):
    """Decides, from what the parser can take, whether a word is a name and what a comma separates."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        patterns: dict[str, str] = {t.pattern.value: t.name for t in lexer_conf.terminals}
        self._keywords = {text: name for text, name in patterns.items() if text.isalpha()}
        self._signs = {text: name for text, name in patterns.items() if not text.isalpha()}

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        raws = pieces_of(lexer_state.text.text)
        states, stack = parser_state.parse_conf.states, parser_state.state_stack
        for index, raw in enumerate(raws):
            if len(stack) > DEEPEST:
                raise Fault("this is nested too deep to be read", Span(raw.start, raw.end), help="use a `define`")
            yield self.token(self.terminal(raw, raws[index + 1 : index + 3], states[stack[-1]]), raw, index)

    @staticmethod
    def token(terminal: str, raw: Raw, index: int) -> Token:
        """What the parser is handed of a piece; its `line` is the number of the piece."""
        return Token(terminal, raw.text, raw.start, index, None, None, None, raw.end)

    def terminal(self, raw: Raw, following: list[Raw], takes: Any) -> str:
        """The name under which the grammar knows a piece, where the parser can take `takes`."""
        if raw.kind is Piece.WORD:
            keyword = self._keywords.get(raw.text)
            if keyword is None or keyword not in takes:
                return "NAME" if keyword is None or "NAME" in takes else keyword
            return keyword if "NAME" not in takes or counts_as_word(raw.text, following) else "NAME"
        if raw.kind is Piece.SIGN:
            if raw.text == "," and "VALUE_COMMA" in takes and ("COMMA" not in takes or _begins_value(following)):
                return "VALUE_COMMA"
            return self._signs.get(raw.text, "STRAY")
        return _TERMINALS.get(raw.kind, "STRAY")


def _begins_value(following: list[Raw]) -> bool:
    if not following:
        return False
    first = following[0]
    if first.kind in (Piece.TEXT, Piece.NUMBER, Piece.DATE) or first.text in ("+", "-"):
        return True
    is_declared = len(following) > 1 and following[1].text == ":"
    return first.text in ("yes", "no") and not is_declared
