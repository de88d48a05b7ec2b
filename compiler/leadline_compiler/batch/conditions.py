"""The conditions of a plan as operations on rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from leadline_compiler.batch.columns import Coded, Column, Flags
from leadline_compiler.batch.events import Meant
from leadline_compiler.batch.rows import Operation, Program, Rows
from leadline_compiler.patterns import Pattern, compile_pattern, parse_pattern
from leadline_compiler.plan.plan import Node
from leadline_compiler.texts import fold, normalise_for_pattern


def always(index: int, node: Node, program: Program) -> Operation:
    return lambda rows: np.ones(1, np.bool_)


def never(index: int, node: Node, program: Program) -> Operation:
    return lambda rows: np.zeros(1, np.bool_)


def both(index: int, node: Node, program: Program) -> Operation:
    parts = node[1]

    def work_out(rows: Rows) -> Flags:
        flags: Flags = rows.found[parts[0]]
        for part in parts[1:]:
            flags = flags & rows.found[part]
        return flags

    return work_out


def either(index: int, node: Node, program: Program) -> Operation:
    parts = node[1]

    def work_out(rows: Rows) -> Flags:
        flags: Flags = rows.found[parts[0]]
        for part in parts[1:]:
            flags = flags | rows.found[part]
        return flags

    return work_out


def negated(index: int, node: Node, program: Program) -> Operation:
    part = node[1]
    return lambda rows: ~rows.found[part]


def yes(index: int, node: Node, program: Program) -> Operation:
    amount = node[1]

    def work_out(rows: Rows) -> Flags:
        column = rows.found[amount]
        flags: Flags = column.known & (column.values == 1)
        return flags

    return work_out


def above(index: int, node: Node, program: Program) -> Operation:
    return _compared(node, lambda left, right: left > right)


def least(index: int, node: Node, program: Program) -> Operation:
    return _compared(node, lambda left, right: left >= right)


def _compared(node: Node, compare: Callable[[Flags, Flags], Flags]) -> Operation:
    left, right = node[1], node[2]

    def work_out(rows: Rows) -> Flags:
        one, other = rows.found[left], rows.found[right]
        flags: Flags = one.known & other.known & compare(one.values, other.values)
        return flags

    return work_out


def within(index: int, node: Node, program: Program) -> Operation:
    amount, (first, last) = node[1], node[2:]

    def work_out(rows: Rows) -> Flags:
        column = rows.found[amount]
        flags: Flags = column.known & (column.values >= first) & (column.values <= last)
        return flags

    return work_out


def known(index: int, node: Node, program: Program) -> Operation:
    amount = node[1]
    return lambda rows: rows.found[amount].known


def one_of(index: int, node: Node, program: Program) -> Operation:
    amount, values = node[1], node[2]
    wanted = frozenset(values)

    def work_out(rows: Rows) -> Flags:
        column: Column = rows.found[amount]
        if isinstance(column, Coded):
            return column.distinct.test(index, wanted.__contains__)[column.codes]
        flags = np.zeros(1, np.bool_)
        for value in values:
            flags = flags | (column.values == int(value))
        return flags & column.known

    return work_out


def in_list(index: int, node: Node, program: Program) -> Operation:
    return _text_test(index, node[1], frozenset(program.plan.lists[node[2]]).__contains__)


def contains(index: int, node: Node, program: Program) -> Operation:
    amount, texts = node[1], node[2]
    search = program.search(amount)

    def work_out(rows: Rows) -> Flags:
        column: Column = rows.found[amount]
        assert isinstance(column, Coded)
        return column.distinct.containing(search, texts)[column.codes]

    return work_out


def starts(index: int, node: Node, program: Program) -> Operation:
    texts: tuple[str, ...] = tuple(node[2])
    return _text_test(index, node[1], lambda folded: folded.startswith(texts))


def ends(index: int, node: Node, program: Program) -> Operation:
    texts: tuple[str, ...] = tuple(node[2])
    return _text_test(index, node[1], lambda folded: folded.endswith(texts))


def matches(index: int, node: Node, program: Program) -> Operation:
    pattern = parse_pattern(node[2])
    assert isinstance(pattern, Pattern), "a plan holds only patterns that can be read"
    matcher = compile_pattern(pattern)
    return _text_test(index, node[1], lambda text: matcher.found_in(normalise_for_pattern(text)), folded=False)


def includes_any(index: int, node: Node, program: Program) -> Operation:
    texts = frozenset(node[2])
    return _text_test(index, node[1], lambda items: not texts.isdisjoint(map(fold, items)), folded=False)


def includes_all(index: int, node: Node, program: Program) -> Operation:
    texts = frozenset(node[2])
    return _text_test(index, node[1], lambda items: texts <= frozenset(map(fold, items)), folded=False)


def _text_test(index: int, amount: int, holds: Callable[..., bool], *, folded: bool = True) -> Operation:
    def work_out(rows: Rows) -> Flags:
        column: Column = rows.found[amount]
        assert isinstance(column, Coded)
        return column.distinct.test(index, holds, folded=folded)[column.codes]

    return work_out


def has(index: int, node: Node, program: Program) -> Operation:
    occurrence = node[1]

    def work_out(rows: Rows) -> Flags:
        meant: Meant = rows.found[occurrence]
        return meant.counts > 0

    return work_out
