"""Cells: the values of one attribute that a few formulas cannot tell apart, one example of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from leadline_compiler.analysis.formulas import Conj, Disj, Formula, Lit
from leadline_compiler.analysis.sets import Choices, Constraint, Key, Ranges, Texts, is_empty, meet
from leadline_compiler.analysis.texts import TextAtom


def literals_of(formula: Formula) -> Iterator[Lit]:
    """The constraints of a formula with their attributes."""
    match formula:
        case Lit():
            yield formula
        case Conj(parts) | Disj(parts):
            for part in parts:
                yield from literals_of(part)


def only_key(formulas: Iterable[Formula]) -> Key | None:
    """The one attribute that all the formulas speak of; None where there are more, or where it has no cells."""
    literals = [literal for formula in formulas for literal in literals_of(formula)]
    keys = {literal.key for literal in literals}
    if len(keys) != 1 or not all(_has_cells(literal.constraint) for literal in literals):
        return None
    if len({atom.of_domain for literal in literals for atom in _atoms(literal.constraint)}) > 1:
        return None
    return keys.pop()


def _has_cells(constraint: Constraint) -> bool:
    match constraint:
        case Ranges() | Choices():
            return True
        case Texts():
            return all(atom.kind in ("is", "known") for atom in _atoms(constraint))
        case _:
            return False


def _atoms(constraint: Constraint) -> tuple[TextAtom, ...]:
    return (*constraint.yes, *constraint.no) if isinstance(constraint, Texts) else ()


def cells_of(constraints: Iterable[Constraint]) -> list[Constraint]:
    """A constraint for each cell, disjoint and all together everything. The constraints are of one attribute."""
    several = tuple(dict.fromkeys(constraints))
    first = several[0]
    match first:
        case Ranges(_, _, domain):
            return _number_cells([one for one in several if isinstance(one, Ranges)], domain)
        case Choices(_, full):
            return [Choices(1 << bit, full) for bit in range(full.bit_length())]
        case _:
            return _text_cells([atom for one in several for atom in _atoms(one)])


def _number_cells(several: list[Ranges], domain: tuple[int, int]) -> list[Constraint]:
    starts = {domain[0], *(start for one in several for low, high in one.spans for start in (low, high + 1))}
    inside = sorted(start for start in starts if domain[0] <= start <= domain[1])
    ends = [*(start - 1 for start in inside[1:]), domain[1]]
    spans = [Ranges(((low, high),), False, domain) for low, high in zip(inside, ends, strict=True)]
    return [Ranges((), True, domain), *spans]


def _text_cells(atoms: list[TextAtom]) -> list[Constraint]:
    of_domain = atoms[0].of_domain
    values = sorted(set(chain.from_iterable(atom.value for atom in atoms if atom.kind == "is")))
    known = TextAtom("known", "", of_domain)
    rest = frozenset({TextAtom("is", frozenset(values), of_domain)}) if values else frozenset()
    each = [Texts(frozenset({TextAtom("is", frozenset({value}), of_domain)}), frozenset()) for value in values]
    return [Texts(frozenset(), frozenset({known})), Texts(frozenset({known}), rest), *each]


def holds_in(formula: Formula, cell: Constraint) -> bool:
    """Whether a formula of one attribute holds in one of its cells."""
    match formula:
        case Lit(_, constraint):
            return not is_empty(meet(cell, constraint))
        case Conj(parts):
            return all(holds_in(part, cell) for part in parts)
        case Disj(parts):
            return any(holds_in(part, cell) for part in parts)
