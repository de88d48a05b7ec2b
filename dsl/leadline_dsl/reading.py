"""The parser's loop over the pieces of a statement, by the tables that lark makes of the grammar.

It is lark's own loop at half of its time: everything that a step needs stands in one table, and chains of rules that
only hand a value on (`?sum: product`, `?product: atom`, …) are gone through once. A statement that this loop cannot
read is left to lark, which knows what it would have taken instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from leadline_dsl.builder import Builder
from leadline_dsl.tables import Tables, load_tables
from leadline_dsl.terminals import DEEPEST, Namer, make_terminal, pieces_of

UNREAD = object()
"""What `read` answers for a statement that it cannot read."""

_END = "$END"

_Build: TypeAlias = Callable[[list[Any]], Any]
_Step: TypeAlias = tuple[int, str, _Build, tuple[int, ...], bool]
"""A rule with what makes one value of its values."""


class _Machine(NamedTuple):
    """The tables, ready to run. `handed_on` remembers what chains of rules that hand a value on lead to."""

    states: Sequence[Mapping[str, int]]
    steps: Sequence[_Step]
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    namer: Namer
    handed_on: dict[tuple[int, int, str], int]


@lru_cache(maxsize=1)
def _machine() -> _Machine:
    tables, builder = parser_tables(), Builder()
    steps = [
        (rule.size, rule.name, getattr(builder, rule.method) if rule.method else list, rule.spread, rule.is_same)
        for rule in tables.rules
    ]
    return _Machine(tables.states, steps, tables.starts, tables.ends, Namer(tables.words, tables.signs), {})


@lru_cache(maxsize=1)
def parser_tables() -> Tables:
    """The tables of the grammar."""
    known = load_tables()
    if known is not None:
        return known
    # Imported where tables are missing: only then is lark needed for a file without mistakes.
    from leadline_dsl.grammar import make_tables

    return make_tables()


def read(kind: str, text: str) -> Any:
    """The node of a statement of a kind; UNREAD where it is not well formed. Raises Fault for what means nothing."""
    machine = _machine()
    states, terminal_of = machine.states, machine.namer.terminal
    raws = pieces_of(text)
    stack = [machine.starts[kind]]
    values: list[Any] = []
    for index, raw in enumerate(raws):
        if len(stack) > DEEPEST:
            return UNREAD
        takes = states[stack[-1]]
        terminal = terminal_of(raws, index, takes)
        action = takes.get(terminal)
        if action is None or action < 0:
            action = _advance(machine, stack, values, terminal)
            if action is None:
                return UNREAD
        stack.append(action)
        values.append(make_terminal(terminal, raw, index))
    _advance(machine, stack, values, _END)
    return values[-1] if stack[-1] == machine.ends[kind] else UNREAD


def _advance(machine: _Machine, stack: list[int], values: list[Any], terminal: str) -> int | None:
    """Completes the rules that end in front of a piece, and answers the state that the piece leads to, if any."""
    states, steps = machine.states, machine.steps
    while True:
        action = states[stack[-1]].get(terminal)
        if action is None or action >= 0:
            return action
        size, name, build, spread, is_same = steps[~action]
        if is_same:
            stack[-1] = _hand_on(machine, stack[-2], stack[-1], terminal)
            continue
        taken = values[-size:] if size else []
        if size:
            del values[-size:], stack[-size:]
        if spread:
            taken = _spread_out(taken, spread)
        values.append(build(taken))
        stack.append(states[stack[-1]][name])


def _hand_on(machine: _Machine, below: int, state: int, terminal: str) -> int:
    """The state after all rules that only hand the last value on, in front of a piece."""
    key = below, state, terminal
    known = machine.handed_on.get(key)
    if known is None:
        while True:
            action = machine.states[state].get(terminal, 0)
            if action >= 0 or not machine.steps[~action][-1]:
                break
            state = machine.states[below][machine.steps[~action][1]]
        known = machine.handed_on[key] = state
    return known


def _spread_out(taken: list[Any], places: tuple[int, ...]) -> list[Any]:
    """The values with the lists among them spread out; the first one grows, so that long lists take linear time."""
    if places == (0,):
        first: list[Any] = taken[0]
        first += taken[1:]
        return first
    spread: list[Any] = []
    for place, value in enumerate(taken):
        if place in places:
            spread += value
        else:
            spread.append(value)
    return spread
