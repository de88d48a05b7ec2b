"""The pieces of a statement for lark's parser, which asks for them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark.lexer import Lexer

from leadline_dsl.faults import Fault
from leadline_dsl.source import Span
from leadline_dsl.terminals import DEEPEST, Namer, make_terminal, pieces_of


class StatementLexer(Lexer):
    """Names each piece by what the parser can take where it stands."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        self.words, self.signs = words_and_signs(lexer_conf.terminals)
        self._namer = Namer(self.words, self.signs)

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        raws = pieces_of(lexer_state.text.text)
        states, stack = parser_state.parse_conf.states, parser_state.state_stack
        for index, raw in enumerate(raws):
            if len(stack) > DEEPEST:
                raise Fault("this is nested too deep to be read", Span(raw.start, raw.end), help="use a `define`")
            yield make_terminal(self._namer.terminal(raws, index, states[stack[-1]]), raw, index)


def words_and_signs(terminals: Any) -> tuple[dict[str, str], dict[str, str]]:
    """The terminals of the grammar by how they are written: words, then signs."""
    patterns: dict[str, str] = {terminal.pattern.value: terminal.name for terminal in terminals}
    words = {text: name for text, name in patterns.items() if text.isalpha()}
    return words, {text: name for text, name in patterns.items() if text not in words}
