"""Points that go by one field alone: worked out once for each distinct value, then looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from leadline_compiler.batch.columns import Coded, Column, Distinct, Numbers, Places, Whole
from leadline_compiler.batch.rows import Rows
from leadline_compiler.batch.worth import Worth
from leadline_compiler.numbers import MILLION
from leadline_compiler.passes.rewrite import needed_by
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.plan import Node
from leadline_compiler.zones import DAY


class FieldPoints:
    """The rules that go by one field."""

    def __init__(self, plan: p.Plan, field: int, worth: Worth, cuts: Sequence[int] | None) -> None:
        """`cuts` are the numbers from which on the rules may judge otherwise; None where there are none such."""
        self._zone = plan.schema.zone
        self._field = field
        self._worth = worth
        self._cuts = None if cuts is None else np.array(cuts, np.int64)
        self._of: tuple[Distinct | None, dict[int, Whole]] = (None, {})
        self._pieces: dict[int, Whole] = {}

    def add(self, words: Sequence[Whole], rows: Rows) -> None:
        """Adds the points of each contact to its words."""
        column = rows.columns.get(self._field)
        if isinstance(column, Coded):
            places: Places = column.codes
            found = self._by_code(column.distinct, rows)
        elif isinstance(column, Numbers) and self._cuts is not None:
            found = self._pieces or self._judge_pieces(rows)
            places = np.searchsorted(self._cuts, column.values, side="right") + 1
            places[~column.known] = 0
        else:
            for word, packed in self._worth.judge(rows).items():
                words[word][:] += packed
            return
        for word, packed in found.items():
            words[word][:] += packed[places]

    def _by_code(self, distinct: Distinct, rows: Rows) -> dict[int, Whole]:
        known, found = self._of
        if known is not distinct:
            found = {}
        have = len(next(iter(found.values()))) if found else 0
        if have < len(distinct):
            codes = np.arange(have, len(distinct), dtype=np.int32)
            more = self._judge(Coded(codes, distinct), len(codes), rows)
            found = {word: np.concatenate((found[word], more[word])) for word in more} if found else more
            self._of = distinct, found
        return found

    def _judge_pieces(self, rows: Rows) -> dict[int, Whole]:
        """What the rules give for a missing value, and for each piece between two cuts."""
        assert self._cuts is not None
        lowest = self._cuts[:1] - 1 if len(self._cuts) else np.zeros(1, np.int64)
        values = np.concatenate((np.zeros(1, np.int64), lowest, self._cuts))
        self._pieces = self._judge(Numbers(values, np.arange(len(values)) > 0), len(values), rows)
        return self._pieces

    def _judge(self, column: Column, count: int, rows: Rows) -> dict[int, Whole]:
        return self._worth.judge(Rows(count, rows.as_of, self._zone, {self._field: column}))


def cuts_of(plan: p.Plan, rules: Sequence[p.PlanRule], as_of: int) -> list[int] | None:
    """The numbers from which on rules that go by one field may judge otherwise; None where there may be too many."""
    cuts: set[int] = set()
    for rule in rules:
        match rule.body:
            case p.WhenBody(condition=node):
                found = [_cuts_of_test(plan.nodes, test, as_of) for test in _tests(plan.nodes, node)]
            case p.TableBody(amount=node, rows=rows):
                edges = [edge for row in rows for low, high in row.ranges for edge in _edges(low, high)]
                found = [_moved(plan.nodes, node, edges, as_of)]
                if any(row.values for row in rows):
                    found.append(_moved(plan.nodes, node, [1, 2], as_of))
            case _:
                return None
        for some in found:
            if some is None:
                return None
            cuts.update(some)
    return sorted(cuts)


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
