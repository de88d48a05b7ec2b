"""The amounts of a plan as operations on rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from leadline_compiler.batch import whole
from leadline_compiler.batch.columns import Coded, Codes, Column, Distinct, Numbers, missing_numbers
from leadline_compiler.batch.events import Meant
from leadline_compiler.batch.rows import Operation, Program, Rows
from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND
from leadline_compiler.plan.plan import Node
from leadline_compiler.schema import Kind
from leadline_compiler.texts import domain_of
from leadline_compiler.zones import DAY

_CODED = (Kind.TEXT, Kind.CHOICE, Kind.LIST)
_SCALE = MILLION // THOUSAND


def is_coded(kind: str) -> bool:
    """Whether values of a kind are coded in columns."""
    return kind in _CODED


def missing(kind: str) -> Column:
    """A column of a kind without any value, as one element."""
    return Coded(np.zeros(1, np.int32), Distinct()) if is_coded(kind) else missing_numbers()


def number(index: int, node: Node, program: Program) -> Operation:
    column = Numbers(np.array([node[1]], np.int64), np.ones(1, np.bool_))
    return lambda rows: column


def field(index: int, node: Node, program: Program) -> Operation:
    place = node[1]
    absent = missing(program.plan.schema.fields[place].type.kind)
    return lambda rows: rows.columns.get(place, absent)


def prop(index: int, node: Node, program: Program) -> Operation:
    key = node[1], is_coded(node[2])
    absent = missing(node[2])
    return lambda rows: rows.columns.get(key, absent)


def score(index: int, node: Node, program: Program) -> Operation:
    place = node[1]

    def work_out(rows: Rows) -> Numbers:
        points = rows.total if place is None else rows.scores[place]
        assert points is not None
        known = (points >= -LARGEST // _SCALE) & (points <= LARGEST // _SCALE)
        return Numbers(np.where(known, points, 0) * _SCALE, known)

    return work_out


def grade(index: int, node: Node, program: Program) -> Operation:
    place = node[1]
    return lambda rows: rows.grades[place]


def count(index: int, node: Node, program: Program) -> Operation:
    occurrence = node[1]
    known = np.ones(1, np.bool_)

    def work_out(rows: Rows) -> Numbers:
        meant: Meant = rows.found[occurrence]
        return Numbers(meant.counts * MILLION, known)

    return work_out


def days_since(index: int, node: Node, program: Program) -> Operation:
    date, sign = node[1], -1 if node[0] == "days_until" else 1

    def work_out(rows: Rows) -> Numbers:
        column: Numbers = rows.found[date]
        return Numbers((rows.as_of - column.values) * sign // DAY * MILLION, column.known)

    return work_out


def days_since_event(index: int, node: Node, program: Program) -> Operation:
    occurrence, is_last = node[1], node[0] == "days_since_last"

    def work_out(rows: Rows) -> Numbers:
        meant: Meant = rows.found[occurrence]
        runs = meant.runs
        at = runs.most(meant.at) if is_last else runs.least(meant.at)
        return Numbers((rows.as_of - at) // DAY * MILLION, runs.present)

    return work_out


class _Domains:
    """The domains of the texts of a column, which may come with other distinct values at another time."""

    def __init__(self) -> None:
        self.distinct = Distinct()

    def code(self, folded: str) -> int:
        return self.distinct.code(domain_of(folded))


def domain(index: int, node: Node, program: Program) -> Operation:
    text = node[1]
    domains = _Domains()

    def work_out(rows: Rows) -> Coded:
        column: Coded = rows.found[text]
        codes: Codes = column.distinct.mapped(domains, domains.code)[column.codes]
        return Coded(codes, domains.distinct)

    return work_out


def reckoned(reckon: Callable[[Numbers, Numbers], Numbers]) -> Callable[[int, Node, Program], Operation]:
    """The builder of an arithmetic operation."""

    def build(index: int, node: Node, program: Program) -> Operation:
        left, right = node[1], node[2]
        return lambda rows: reckon(rows.found[left], rows.found[right])

    return build


add, subtract = reckoned(whole.add), reckoned(whole.subtract)
multiply, divide = reckoned(whole.multiplied), reckoned(whole.divided)
