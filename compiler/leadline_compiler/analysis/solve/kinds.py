"""Kinds of events: what the wanted sets of events can tell apart in what events are like, whenever they are.

Each property is cut into cells for itself, so that a kind is a cell of each property. Which kinds a set lets pass is
then a matter of bits: a condition is a number with a bit for each kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from operator import or_
from typing import TypeAlias

from leadline_compiler.analysis.formulas import Conj, Cube, Disj, Formula, Lit, TooManyError
from leadline_compiler.analysis.sets import Choices, Constraint, Items, Key, Ranges, Texts, flip, is_empty, meet, united
from leadline_compiler.analysis.solve.facts import can_be, classes_of_values, follows, literals_in, ordered
from leadline_compiler.analysis.space import AT
from leadline_compiler.analysis.spans import join
from leadline_compiler.analysis.texts import Atoms, TextAtom, has_no_text

MOST_CELLS = 2_048
MOST_KINDS = 40_000
_PLAIN_CUBES = 6
"""Cubes of a kind that stay apart, to find unlike events of it."""

_Box: TypeAlias = tuple[int, ...]
"""Cells of each property, as bits: any of them together with any of the others."""


@dataclass(frozen=True, slots=True)
class KindOf:
    """A kind of event: the numbers of the formulas that hold for it, cubes that are like it, and all the cells that
    each property may lie in."""

    passed: frozenset[int]
    cubes: tuple[Cube, ...]
    within: Mapping[Key, frozenset[Constraint]]


def kinds_of(formulas: Sequence[Formula]) -> list[KindOf]:
    """The kinds that formulas over the properties of an event can tell apart. Raises TooManyError."""
    asked: dict[Key, dict[Constraint, None]] = {}
    for literal in literals_in(formulas):
        asked.setdefault(literal.key, {})[literal.constraint] = None
    cells = {key: cells_of(list(constraints)) for key, constraints in asked.items()}
    if prod(map(len, cells.values())) > MOST_KINDS:
        raise TooManyError
    keys = list(cells)
    combined = list(product(*(range(len(cells[key])) for key in keys)))
    bits = _bits(keys, cells, combined, asked)
    everything = (1 << len(combined)) - 1
    masks = [_mask(formula, bits, everything) for formula in formulas]
    grouped: dict[frozenset[int], list[_Box]] = {}
    for number, chosen in enumerate(combined):
        passed = frozenset(index for index, mask in enumerate(masks) if mask >> number & 1)
        grouped.setdefault(passed, []).append(tuple(1 << cell for cell in chosen))
    return [KindOf(passed, tuple(_cubes(boxes, cells)), _within(boxes, cells)) for passed, boxes in grouped.items()]


def _within(boxes: list[_Box], cells: dict[Key, list[Constraint]]) -> dict[Key, frozenset[Constraint]]:
    found = (reduce(or_, bits) for bits in zip(*boxes, strict=True))
    told = zip(cells.items(), found, strict=True)
    return {key: frozenset(cell for index, cell in enumerate(mine) if bits >> index & 1) for (key, mine), bits in told}


def _cubes(boxes: list[_Box], cells: dict[Key, list[Constraint]]) -> Iterator[Cube]:
    for box in (*boxes[:_PLAIN_CUBES], *_merged(boxes[_PLAIN_CUBES:])):
        several = [_united(key, of_key, bits) for (key, of_key), bits in zip(cells.items(), box, strict=True)]
        for chosen in product(*several):
            yield {key: one for key, one in zip(cells, chosen, strict=True) if one is not None}


def _merged(boxes: list[_Box]) -> list[_Box]:
    """As much in fewer boxes: those that differ in one property only become one."""
    for place in range(len(boxes[0])) if boxes else ():
        together: dict[_Box, int] = {}
        for box in boxes:
            others = box[:place] + box[place + 1 :]
            together[others] = together.get(others, 0) | box[place]
        boxes = [(*others[:place], bits, *others[place:]) for others, bits in together.items()]
    return boxes


def _united(key: Key, cells: list[Constraint], bits: int) -> list[Constraint | None]:
    """What says that a property lies in one of some cells: one constraint where there is such, None for all cells."""
    chosen = [cell for index, cell in enumerate(cells) if bits >> index & 1]
    if len(chosen) > 1 and len(chosen) == len(cells) and key != AT:
        return [None]
    if isinstance(chosen[0], Ranges | Choices):
        return [united(one for one in chosen if isinstance(one, Ranges | Choices))]
    return list(chosen)


def _bits(
    keys: Sequence[Key],
    cells: dict[Key, list[Constraint]],
    combined: Sequence[tuple[int, ...]],
    asked: dict[Key, dict[Constraint, None]],
) -> dict[tuple[Key, Constraint], int]:
    """For each constraint of a property the kinds that meet it."""
    found: dict[tuple[Key, Constraint], int] = {}
    for place, key in enumerate(keys):
        of_cell = [0] * len(cells[key])
        for number, chosen in enumerate(combined):
            of_cell[chosen[place]] |= 1 << number
        for constraint in asked[key]:
            inside = (of_cell[index] for index, cell in enumerate(cells[key]) if _lies_in(cell, constraint))
            found[key, constraint] = sum(inside)
    return found


def _mask(formula: Formula, bits: dict[tuple[Key, Constraint], int], everything: int) -> int:
    match formula:
        case Lit(key, constraint):
            return bits[key, constraint]
        case Conj(parts):
            mask = everything
            for part in parts:
                mask &= _mask(part, bits, everything)
            return mask
        case Disj(parts):
            mask = 0
            for part in parts:
                mask |= _mask(part, bits, everything)
            return mask


def _lies_in(cell: Constraint, constraint: Constraint) -> bool:
    """Whether a cell lies in one of the constraints that it was cut by; else it lies outside."""
    match cell, constraint:
        case Ranges(spans, missing), Ranges(wanted):
            if missing or not spans:
                return constraint.missing
            return any(low <= spans[0][0] <= high for low, high in wanted)
        case Choices(mask), Choices(wanted_mask):
            return bool(mask & wanted_mask)
        case Texts(yes, _), Texts(wanted_yes, wanted_no):
            return wanted_yes <= yes and wanted_no.isdisjoint(yes)
        case Items(yes, _, known), Items(has, has_not):
            right = constraint.known is None or constraint.known is known
            return right and has <= yes and has_not.isdisjoint(yes)
    return False


# ---- cells of one property


def cells_of(constraints: list[Constraint]) -> list[Constraint]:
    """What the constraints of one property cannot tell apart. Raises TooManyError."""
    match constraints[0]:
        case Ranges(_, _, domain):
            return _ranges([one for one in constraints if isinstance(one, Ranges)], domain)
        case Texts():
            return list(_texts([one for one in constraints if isinstance(one, Texts)]))
        case Items():
            return list(_lists([one for one in constraints if isinstance(one, Items)]))
        case _:
            return _split_by_halves(constraints)


def _ranges(constraints: list[Ranges], domain: tuple[int, int]) -> list[Constraint]:
    cuts = {domain[0]} | {end for one in constraints for low, high in one.spans for end in (low, high + 1)}
    starts = sorted(cut for cut in cuts if domain[0] <= cut <= domain[1])
    ends = [*(start - 1 for start in starts[1:]), domain[1]]
    pieces = [Ranges(join([piece]), False, domain) for piece in zip(starts, ends, strict=True)]
    return [Ranges((), True, domain), *pieces]


def _split_by_halves(constraints: list[Constraint]) -> list[Constraint]:
    assert isinstance(constraints[0], Choices)
    parts: list[Constraint] = [Choices(constraints[0].full, constraints[0].full)]
    for one in constraints:
        both = [meet(part, half) for part in parts for half in (one, flip(one))]
        parts = [part for part in both if not is_empty(part)]
    return parts


def _lists(constraints: list[Items]) -> Iterable[Constraint]:
    texts = sorted({text for one in constraints for text in (*one.yes, *one.no)})
    if 2 ** len(texts) > MOST_CELLS:
        raise TooManyError
    yield Items(frozenset(), frozenset(texts), False)
    for chosen in product((True, False), repeat=len(texts)):
        yes = frozenset(text for text, has in zip(texts, chosen, strict=True) if has)
        yield Items(yes, frozenset(texts) - yes, True)


# ---- cells of a text


def _texts(constraints: list[Texts]) -> Iterable[Constraint]:
    """Truth vectors of the questions that a text has. Named values come first, then whatever else there may be."""
    asked = sorted({atom for one in constraints for atom in (*one.yes, *one.no)} | {TextAtom("known")}, key=ordered)
    every = frozenset(asked)
    yield Texts(frozenset(), every)
    if any(atom.of_domain or atom.kind == "matches" for atom in asked):
        yield from _searched(asked, every)
        return
    plain = [atom for atom in asked if atom.kind in ("contains", "starts", "ends") and can_be(atom)]
    listed = [atom for atom in asked if atom.kind == "is"]
    known = TextAtom("known")
    for (named, told), values in classes_of_values(listed, plain, False).items():
        yes = {known, TextAtom("is", frozenset(values))}
        yes |= {atom for atom, answer in zip(listed, named, strict=True) if answer}
        yes |= {atom for atom, answer in zip(plain, told, strict=True) if answer}
        yield Texts(frozenset(yes), every - yes)
    for yes_bits in _free(plain):
        yes = {known, *(atom for index, atom in enumerate(plain) if yes_bits >> index & 1)}
        yield Texts(frozenset(yes), every - yes)


def _free(plain: list[TextAtom]) -> list[int]:
    """The truth vectors of literal questions that some text has that is none of the named values."""
    implied, excluded = _relations(plain)
    parts = [(0, 0)]
    for index, bit in ((index, 1 << index) for index in range(len(plain))):
        following = []
        for yes, no in parts:
            if not implied[index] & no and not excluded[index] & yes:
                following.append((yes | bit, no))
            if not any(implied[other] & bit for other in _indexes(yes)):
                following.append((yes, no | bit))
        if len(following) > MOST_CELLS:
            raise TooManyError
        parts = following
    return [yes for yes, _ in parts]


def _indexes(bits: int) -> Iterable[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _relations(plain: list[TextAtom]) -> tuple[list[int], list[int]]:
    """For each question those that a yes to it implies, and those that it excludes, as bits."""
    implied, excluded = [0] * len(plain), [0] * len(plain)
    for index, one in enumerate(plain):
        for number, other in enumerate(plain):
            if follows(one, other):
                implied[index] |= 1 << number
            elif one.kind == other.kind != "contains" and not follows(other, one):
                excluded[index] |= 1 << number
    return implied, excluded


def _searched(asked: list[TextAtom], every: Atoms) -> Iterable[Constraint]:
    """The same for questions that pairs do not settle: each vector is asked for."""
    parts: list[tuple[Atoms, Atoms]] = [(frozenset({TextAtom("known")}), frozenset())]
    for atom in asked:
        if atom == TextAtom("known"):
            continue
        following = []
        for yes, no in parts:
            for more, less in ((yes | {atom}, no), (yes, no | {atom})):
                if not has_no_text(more, less):
                    following.append((more, less))
        if len(following) > MOST_CELLS:
            raise TooManyError
        parts = following
    for yes, _ in parts:
        yield Texts(yes, every - yes)
