"""Amounts that are taken from the events of each contact."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from leadline_compiler.batch.amounts import is_coded, missing
from leadline_compiler.batch.columns import Coded, Column, Numbers, Places, Whole, spread_column
from leadline_compiler.batch.events import Meant
from leadline_compiler.batch.groups import averages_by, runs_of, starts_of, sums_by
from leadline_compiler.batch.rows import Operation, Program, Rows
from leadline_compiler.numbers import MILLION
from leadline_compiler.plan.plan import Node
from leadline_compiler.values import rank


def add_up(index: int, node: Node, program: Program) -> Operation:
    return _over_numbers(node, sums_by)


def average(index: int, node: Node, program: Program) -> Operation:
    return _over_numbers(node, averages_by)


def _over_numbers(node: Node, reckon: Callable[[Places, Whole, int], Numbers]) -> Operation:
    occurrence, name = node[1], node[2]

    def work_out(rows: Rows) -> Numbers:
        whose, values = _known(rows.found[occurrence], name)
        return reckon(whose, values, rows.count)

    return work_out


def extreme(index: int, node: Node, program: Program) -> Operation:
    occurrence, name, is_lowest = node[1], node[2], node[0] == "lowest"

    def work_out(rows: Rows) -> Numbers:
        whose, values = _known(rows.found[occurrence], name)
        runs = runs_of(whose, rows.count)
        return Numbers(runs.least(values) if is_lowest else runs.most(values), runs.present)

    return work_out


def _known(meant: Meant, name: str) -> tuple[Places, Whole]:
    """Whose the known values of a number are, and the values."""
    column = meant.column(name, is_coded=False)
    if column is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    assert isinstance(column, Numbers)
    return meant.whose[column.known], column.values[column.known]


def different(index: int, node: Node, program: Program) -> Operation:
    occurrence, name, coded = node[1], node[2], is_coded(node[3])

    def work_out(rows: Rows) -> Numbers:
        meant: Meant = rows.found[occurrence]
        column = meant.column(name, coded)
        if column is None:
            return Numbers(np.zeros(1, np.int64), np.ones(1, np.bool_))
        keys = keys_of(column)
        whose, keys = meant.whose[column.known], keys[column.known]
        order = np.lexsort((keys, whose))
        firsts = starts_of(whose[order], keys[order])
        counts = np.bincount(whose[order][firsts], minlength=rows.count)
        return Numbers(counts.astype(np.int64) * MILLION, np.ones(1, np.bool_))

    return work_out


def keys_of(column: Column) -> Whole:
    """A number for each value by which values are told apart; texts that compare alike have one."""
    return column.values if isinstance(column, Numbers) else column.distinct.alike[column.codes].astype(np.int64)


def ranks_of(column: Column) -> tuple[Whole, Whole]:
    """Two numbers for each value by which values are ordered: missing first, texts by their folded code points."""
    if isinstance(column, Numbers):
        return column.known.astype(np.int64), np.where(column.known, column.values, 0)
    used, places = np.unique(column.codes, return_inverse=True)
    values = [column.distinct.values[code] for code in used.tolist()]
    order = sorted(range(len(values)), key=lambda place: rank(values[place]))
    ranks = np.zeros(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    return np.zeros(len(column.codes), np.int64), ranks[places]


def at_the_end(index: int, node: Node, program: Program) -> Operation:
    occurrence, name, type_, is_newest = node[1], node[2], node[3], node[0] == "latest"
    coded, absent = is_coded(type_), missing(type_)

    def work_out(rows: Rows) -> Column:
        meant: Meant = rows.found[occurrence]
        column = meant.column(name, coded)
        if column is None or not len(meant.places):
            return absent
        at = meant.at if is_newest else -meant.at
        first, second = ranks_of(column)
        order = np.lexsort((second, first, at, meant.whose))
        whose = meant.whose[order]
        lasts = np.append(np.flatnonzero(whose[1:] != whose[:-1]), len(whose) - 1)
        return _placed(column.take(order[lasts]), whose[lasts], rows.count)

    return work_out


def _placed(column: Column, whose: Places, count: int) -> Column:
    """Values at the places of their contacts among so many."""
    if isinstance(column, Coded):
        codes = np.zeros(count, np.int32)
        codes[whose] = column.codes
        return Coded(codes, column.distinct)
    values, known = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    column = spread_column(column, len(whose))
    assert isinstance(column, Numbers)
    values[whose], known[whose] = column.values, column.known
    return Numbers(values, known)
