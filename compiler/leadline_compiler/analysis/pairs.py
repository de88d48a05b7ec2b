"""Which units of a score follow from which: all pairs, by an index of the attributes that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.questions import Asking, Question
from leadline_compiler.analysis.sets import Texts

MOST_WORK = 900_000
"""Comparisons that are made for one model; those that take a search over automata count as many."""


class Spent(Exception):
    """All comparisons that are made for one model have been made."""


@dataclass(slots=True)
class Purse:
    """What is left of the comparisons for one model. They are counted, since a clock would tell each run otherwise."""

    left: int = MOST_WORK

    def pay(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise Spent


def implications(asking: Asking, questions: Sequence[Question], purse: Purse) -> Iterator[tuple[int, int]]:
    """The pairs (i, j), i not j, where whoever meets question i provably meets question j. Raises Spent.

    The questions must be such that somebody meets them and somebody does not.
    """
    same: defaultdict[int, list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        same[id(question)].append(number)
    distinct = [questions[numbers[0]] for numbers in same.values()]
    for numbers in same.values():
        yield from permutations(numbers, 2)
    for one, other in _implications(asking, distinct, purse):
        yield from product(same[id(one)], same[id(other)])


def _implications(asking: Asking, questions: list[Question], purse: Purse) -> Iterator[tuple[Question, Question]]:
    by_bit: defaultdict[int, list[Question]] = defaultdict(list)
    for question in questions:
        for bit in _bits(question.holds[0].says):
            by_bit[bit].append(question)
    for question in questions:
        # What follows must be spoken of: the rarest way to fail has the fewest candidates.
        masks = {way.against for way in question.fails}
        rarest = min(masks, key=lambda mask: sum(len(by_bit[bit]) for bit in _bits(mask)))
        bits = list(_bits(rarest))
        purse.pay(1 + sum(len(by_bit[bit]) for bit in bits))
        candidates = by_bit[bits[0]] if len(bits) == 1 else _distinct(by_bit[bit] for bit in bits)
        cost = _cost(question)
        for candidate in candidates:
            purse.pay(cost)
            if candidate is not question and asking.implies(candidate, question):
                yield candidate, question


def _distinct(lists: Iterable[list[Question]]) -> list[Question]:
    return list({id(one): one for listed in lists for one in listed}.values())


def _cost(question: Question) -> int:
    """What a comparison with a question takes: one for each way to fail, many where automata are run."""
    return sum(_SEARCH if _is_searched(way.cube) else 1 for way in question.fails)


_SEARCH = 400


def _is_searched(cube: Cube) -> bool:
    return any(
        atom.kind == "matches"
        for constraint in cube.values()
        if isinstance(constraint, Texts)
        for atom in (*constraint.yes, *constraint.no)
    )


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
