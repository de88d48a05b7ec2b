"""Which units of a score follow from which: all pairs, by an index of the attributes that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations, product

from leadline_compiler.analysis.questions import Asking, Question


def implications(asking: Asking, questions: Sequence[Question]) -> Iterator[tuple[int, int]]:
    """The pairs (i, j), i not j, where whoever meets question i provably meets question j.

    The questions must be such that somebody meets them and somebody does not.
    """
    same: defaultdict[int, list[int]] = defaultdict(list)
    for number, question in enumerate(questions):
        same[id(question)].append(number)
    distinct = [questions[numbers[0]] for numbers in same.values()]
    for numbers in same.values():
        yield from permutations(numbers, 2)
    for one, other in _implications(asking, distinct):
        yield from product(same[id(one)], same[id(other)])


def _implications(asking: Asking, questions: list[Question]) -> Iterator[tuple[Question, Question]]:
    by_bit: defaultdict[int, list[Question]] = defaultdict(list)
    for question in questions:
        for bit in _bits(question.holds[0].says):
            by_bit[bit].append(question)
    for question in questions:
        # What follows must be spoken of: the rarest way to fail has the fewest candidates.
        masks = {way.against for way in question.fails}
        rarest = min(masks, key=lambda mask: sum(len(by_bit[bit]) for bit in _bits(mask)))
        candidates = {id(one): one for bit in _bits(rarest) for one in by_bit[bit]}
        for candidate in candidates.values():
            if candidate is not question and asking.implies(candidate, question):
                yield candidate, question


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
