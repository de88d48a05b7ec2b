"""What goes by one field alone: worked out once for each distinct value, then looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from leadline_compiler.batch.columns import Coded, Column, Distinct, Numbers, Places
from leadline_compiler.batch.rows import Rows
from leadline_compiler.numbers import MILLION
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.plan import Node
from leadline_compiler.plan.references import needed_by
from leadline_compiler.zones import DAY

Found: TypeAlias = Mapping[int, Any]
"""By word, an array with an element for each case."""
JudgeCases: TypeAlias = Callable[[Rows], Found]

_EVERY: Any = slice(None)


class FieldTable:
    """What some judges say of the cases of one field."""

    def __init__(self, plan: p.Plan, field: int, judges: Sequence[JudgeCases], cuts: Sequence[int] | None) -> None:
        """`cuts` are the numbers from which on a judge may say otherwise; None where there are none such."""
        self._zone = plan.schema.zone
        self._field = field
        self._judges = judges
        self._cuts = None if cuts is None else np.array(cuts, np.int64)
        self._distinct: Distinct | None = None
        self._known = 0
        self._found: list[Found] = []

    def look_up(self, rows: Rows) -> tuple[Places, Sequence[Found]]:
        """What each judge says of the cases that there are, and which of them each contact is."""
        column = rows.columns.get(self._field)
        if isinstance(column, Coded):
            self._learn(column.distinct, rows)
            return column.codes, self._found
        if isinstance(column, Numbers) and self._cuts is not None:
            if not self._found:
                self._found = self._judge_pieces(self._cuts, rows)
            places = np.searchsorted(self._cuts, column.values, side="right") + 1
            places[~column.known] = 0
            return places, self._found
        return _EVERY, [judge(rows) for judge in self._judges]

    def _learn(self, distinct: Distinct, rows: Rows) -> None:
        if self._distinct is not distinct:
            self._distinct, self._known, self._found = distinct, 0, []
        if self._known == len(distinct):
            return
        codes = np.arange(self._known, len(distinct), dtype=np.int32)
        more = self._judge(Coded(codes, distinct), len(codes), rows)
        self._found = list(map(_joined, self._found, more)) if self._found else more
        self._known = len(distinct)

    def _judge_pieces(self, cuts: Any, rows: Rows) -> list[Found]:
        """What is said of a missing value, and of each piece between two cuts."""
        lowest = cuts[:1] - 1 if len(cuts) else np.zeros(1, np.int64)
        values = np.concatenate((np.zeros(1, np.int64), lowest, cuts))
        return self._judge(Numbers(values, np.arange(len(values)) > 0), len(values), rows)

    def _judge(self, column: Column, count: int, rows: Rows) -> list[Found]:
        cases = Rows(count, rows.as_of, self._zone, {self._field: column})
        return [judge(cases) for judge in self._judges]


def _joined(known: Found, more: Found) -> Found:
    return {word: np.concatenate((known[word], more[word])) for word in more}


def cuts_of(plan: p.Plan, rules: Sequence[p.PlanRule], conditions: Sequence[int], as_of: int) -> list[int] | None:
    """The numbers from which on rules and conditions that go by one field may judge otherwise; None: too many."""
    cuts: set[int] = set()
    tables = [rule.body for rule in rules if isinstance(rule.body, p.TableBody)]
    tests = [*conditions, *(rule.body.condition for rule in rules if isinstance(rule.body, p.WhenBody))]
    if len(tables) + len(tests) < len(rules) + len(conditions):
        return None
    found = [_cuts_of_table(plan.nodes, body, as_of) for body in tables]
    found += [_cuts_of_test(plan.nodes, test, as_of) for node in tests for test in _tests(plan.nodes, node)]
    for some in found:
        if some is None:
            return None
        cuts.update(some)
    return sorted(cuts)


def _cuts_of_table(nodes: Sequence[Node], body: p.TableBody, as_of: int) -> list[int] | None:
    edges = [edge for row in body.rows for low, high in row.ranges for edge in _edges(low, high)]
    if any(row.values for row in body.rows):
        edges += [1, 2]
    return _moved(nodes, body.amount, edges, as_of)


def _edges(low: int | None, high: int | None) -> Iterator[int]:
    if low is not None:
        yield low
    if high is not None:
        yield high + 1


_FAR = 4 * 10**18
"""Microseconds beyond every moment of the calendar."""
_JOINING = ("and", "or", "not", "always", "never")


def _tests(nodes: Sequence[Node], condition: int) -> Iterator[int]:
    waiting, seen = [condition], {condition}
    while waiting:
        index = waiting.pop()
        if nodes[index][0] not in _JOINING:
            yield index
            continue
        more = [part for part in needed_by(nodes[index]) if part not in seen]
        seen.update(more)
        waiting += more


def _cuts_of_test(nodes: Sequence[Node], test: int, as_of: int) -> list[int] | None:
    node = nodes[test]
    match node[0]:
        case "within":
            return _moved(nodes, node[1], [node[2], node[3] + 1], as_of)
        case "one_of":
            return _moved(nodes, node[1], [cut for value in node[2] for cut in (int(value), int(value) + 1)], as_of)
        case "yes":
            return _moved(nodes, node[1], [1, 2], as_of)
        case "known":
            return _moved(nodes, node[1], [], as_of)
    return None


def _moved(nodes: Sequence[Node], amount: int, cuts: list[int], as_of: int) -> list[int] | None:
    """Cuts of an amount as cuts of the field that it is taken from: of whole days, those of moments."""
    node = nodes[amount]
    if node[0] == "field":
        return cuts
    if nodes[node[1]][0] != "field":
        return None
    days = [min(max(-(-cut // MILLION) * DAY, -_FAR), _FAR) for cut in cuts]
    if node[0] == "days_since":
        # At least so many days: the moment lies before the one that is exactly so far back, or is it.
        return [as_of - length + 1 for length in days]
    return [as_of + length for length in days] if node[0] == "days_until" else None
