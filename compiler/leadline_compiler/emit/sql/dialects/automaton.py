"""Patterns as tables of states, for engines that have no regular expressions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.patterns import LAST_CODE_POINT, Pattern, Place
from leadline_compiler.patterns.classes import WORD
from leadline_compiler.patterns.program import Program, compile_program
from leadline_compiler.patterns.ranges import boundaries

FOUND = -1
"""The state in which the pattern has been found."""
END = -1
"""What stands for the end of the text among the code points."""
_MOST_ROWS = 3000
_LINE_FEED = (10, 11)
_WORD_EDGES = boundaries(WORD)


@dataclass(frozen=True, slots=True)
class Row:
    """In a state, a code point of low..high leads to the next state. What has no row leads nowhere."""

    state: int
    low: int
    high: int
    following: int


_Key = tuple[tuple[int, ...], int]
"""The steps that wait for a character, and a code point like the one before (END at the start)."""


@dataclass(slots=True)
class _States:
    program: Program
    numbers: dict[_Key, int] = field(default_factory=dict)
    waiting: list[_Key] = field(default_factory=list)

    def number(self, key: _Key) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self.waiting.append(key)
        return self.numbers[key]


def table_of(pattern: Pattern) -> list[Row]:
    """The table of a pattern that may be found anywhere; the first state is 0."""
    program = compile_program(pattern)
    samples = _samples(program)
    states = _States(program)
    states.number(((), END))
    rows: list[Row] = []
    while states.waiting:
        key = states.waiting.pop()
        rows += _joined(states.numbers[key], _following(key, samples, states))
        if len(rows) > _MOST_ROWS:
            raise RefusedError(f"its pattern needs more than {_MOST_ROWS} rows as a table of states")
    return rows


def _samples(program: Program) -> list[tuple[int, int]]:
    """Ranges of code points that the program cannot tell apart."""
    edges = {0, *(edge for flips in program.sets for edge in flips)}
    if program.places:
        edges.update(_LINE_FEED, _WORD_EDGES)
    starts = sorted(edge for edge in edges if edge <= LAST_CODE_POINT)
    return list(zip(starts, [*(start - 1 for start in starts[1:]), LAST_CODE_POINT], strict=True))


def _following(key: _Key, samples: list[tuple[int, int]], states: _States) -> Iterator[tuple[int, int, int]]:
    paths, before = key
    program = states.program
    for low, high in [(END, END), *samples]:
        reached = _reach(program, paths, before, low)
        if reached is None:
            yield low, high, FOUND
        elif low != END:
            taken = tuple(
                sorted(step + 1 for step in reached if bisect_right(program.sets[program.takes[step]], low) & 1)
            )
            yield low, high, states.number((taken, _like(low) if program.places else 0))


def _like(code_point: int) -> int:
    """A code point that stands for all of its kind: a line feed, a letter of a word, another."""
    if code_point == _LINE_FEED[0]:
        return code_point
    return _WORD_EDGES[0] if bisect_right(_WORD_EDGES, code_point) & 1 else 0


def _reach(program: Program, paths: tuple[int, ...], before: int, after: int) -> list[int] | None:
    """The steps that take the next character, on all paths and on the one that begins here; None if it is found."""
    reached: list[int] = []
    seen = {0, *paths}
    pending = list(seen)
    while pending:
        step = pending.pop()
        if step == len(program.takes):
            return None
        if program.takes[step] >= 0:
            reached.append(step)
        elif step not in program.places or _holds(program.places[step], before, after):
            new = [following for following in program.nexts[step] if following not in seen]
            seen.update(new)
            pending.extend(new)
    return reached


def _holds(place: Place, before: int, after: int) -> bool:
    match place:
        case Place.TEXT_START:
            return before == END
        case Place.TEXT_END:
            return after == END
        case Place.LINE_START:
            return before in (END, _LINE_FEED[0])
        case Place.LINE_END:
            return after in (END, _LINE_FEED[0])
        case Place.WORD_EDGE:
            return _is_word(before) != _is_word(after)
        case Place.NO_WORD_EDGE:
            return _is_word(before) == _is_word(after)


def _is_word(code_point: int) -> bool:
    return code_point != END and bool(bisect_right(_WORD_EDGES, code_point) & 1)


def _joined(state: int, found: Iterator[tuple[int, int, int]]) -> Iterator[Row]:
    """Rows in which ranges that lead to the same state are one."""
    last: Row | None = None
    for low, high, following in found:
        if last is not None and last.high + 1 == low and last.following == following and last.high != END:
            last = Row(state, last.low, high, following)
            continue
        if last is not None:
            yield last
        last = Row(state, low, high, following)
    if last is not None:
        yield last
