"""The parser's loop over the pieces of a well-formed statement: half the time of lark's own, and the same tree.

lark looks each rule up by comparing it, piece for piece; here everything that a step needs is in one table. A
statement that this loop cannot read is left to lark, which knows what it would have taken instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from lark.parsers.lalr_analysis import Shift

from leadline_dsl.grammar import parser
from leadline_dsl.lexer import DEEPEST, StatementLexer, pieces_of

UNREAD = object()
"""What `read` answers for a statement that it cannot read."""


class _Reduction(NamedTuple):
    """A rule that is complete: how many values it takes, its name, and what makes one value of them."""

    size: int
    name: str
    build: Callable[[list[Any]], Any]


_Action: TypeAlias = int | _Reduction
"""The state that a piece leads to, or the rule that it completes."""


class _Tables(NamedTuple):
    states: dict[int, dict[str, _Action]]
    starts: dict[str, int]
    ends: dict[str, int]
    lexer: StatementLexer


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    front: Any = parser().parser
    inner = front.parser.parser
    table, callbacks = inner.parse_table, inner.callbacks
    rules: dict[int, _Reduction] = {}

    def action_of(kind: Any, target: Any) -> _Action:
        if kind is Shift:
            return int(target)
        if id(target) not in rules:
            rules[id(target)] = _Reduction(len(target.expansion), str(target.origin.name), callbacks[target])
        return rules[id(target)]

    states = {
        state: {str(name): action_of(*action) for name, action in actions.items()}
        for state, actions in table.states.items()
    }
    return _Tables(states, table.start_states, table.end_states, front.lexer)


def read(kind: str, text: str) -> Any:
    """The node of a statement of a kind; UNREAD where it is not well formed. Raises Fault for what means nothing."""
    states, starts, ends, lexer = _tables()
    raws = pieces_of(text)
    stack, values = [starts[kind]], []
    for index, raw in enumerate(raws):
        if len(stack) > DEEPEST:
            return UNREAD
        takes = states[stack[-1]]
        terminal = lexer.terminal(raw, raws[index + 1 : index + 3], takes)
        action = takes.get(terminal)
        while type(action) is _Reduction:
            _reduce(action, stack, values, states)
            action = states[stack[-1]].get(terminal)
        if action is None:
            return UNREAD
        stack.append(action)
        values.append(lexer.token(terminal, raw, index))
    while stack[-1] != ends[kind]:
        action = states[stack[-1]].get("$END")
        if type(action) is not _Reduction:
            return UNREAD
        _reduce(action, stack, values, states)
    return values[-1]


def _reduce(rule: _Reduction, stack: list[int], values: list[Any], states: dict[int, dict[str, Any]]) -> None:
    size, name, build = rule
    taken = []
    if size:
        taken = values[-size:]
        del values[-size:], stack[-size:]
    values.append(build(taken))
    stack.append(states[stack[-1]][name])
