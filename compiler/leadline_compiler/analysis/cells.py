"""Cells: the values of one attribute that some formulas cannot tell apart, with an example of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from leadline_compiler.analysis.formulas import Conj, Disj, Formula, Lit
from leadline_compiler.analysis.sets import Choices, Constraint, Key, Ranges, Texts
from leadline_compiler.analysis.texts import TextAtom


def literals_of(formula: Formula) -> Iterator[Lit]:
    """The constraints of a formula with their attributes."""
    match formula:
        case Lit():
            yield formula
        case Conj(parts) | Disj(parts):
            for part in parts:
                yield from literals_of(part)


def only_attribute(formulas: Iterable[Formula]) -> tuple[Key, bool] | None:
    """The one attribute that all the formulas speak of, and whether they speak of its domain.

    None where there are more, or where it has no cells.
    """
    literals = [literal for formula in formulas for literal in literals_of(formula)]
    spoken = {(literal.key, half) for literal in literals for half in _halves(literal.constraint)}
    if len(spoken) != 1 or not all(_has_cells(literal.constraint) for literal in literals):
        return None
    return spoken.pop()


def _halves(constraint: Constraint) -> set[bool]:
    return {atom.of_domain for atom in _atoms(constraint)} or {False}


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


Cell: TypeAlias = int | str | None
"""An example of the values of a cell: a number, the bit of a choice, a text, OTHER for any text that is not named.
None is missing."""

OTHER = ""


def cells_of(constraints: Iterable[Constraint]) -> list[Cell]:
    """An example of each cell. The constraints are of one attribute."""
    several = tuple(dict.fromkeys(constraints))
    match several[0]:
        case Ranges(_, _, (lowest, highest)):
            spans = (span for one in several if isinstance(one, Ranges) for span in one.spans)
            starts = {lowest, *(start for low, high in spans for start in (low, high + 1))}
            return [None, *sorted(start for start in starts if lowest <= start <= highest)]
        case Choices(_, full):
            return [1 << bit for bit in range(full.bit_length())]
        case _:
            entries = {entry for one in several for atom in _atoms(one) if atom.kind == "is" for entry in atom.value}
            return [None, OTHER, *sorted(entries - {OTHER})]


def cube_of(cell: Cell, like: Constraint) -> Constraint:
    """The values of a cell, or some of them, as a constraint on the attribute of another."""
    match like:
        case Ranges(_, _, domain):
            return Ranges((), True, domain) if cell is None else Ranges(((int(cell), int(cell)),), False, domain)
        case Choices(_, full):
            assert isinstance(cell, int)
            return Choices(cell, full)
        case _:
            of_domain = _atoms(like)[0].of_domain
            known = frozenset({TextAtom("known", "", of_domain)})
            if cell is None:
                return Texts(frozenset(), known)
            return Texts(
                known if cell == OTHER else frozenset({TextAtom("is", frozenset({str(cell)}), of_domain)}), frozenset()
            )


def holds_in(formula: Formula, cell: Cell) -> bool:
    """Whether a formula of one attribute holds in one of its cells."""
    match formula:
        case Lit(_, constraint):
            return _admits(constraint, cell)
        case Conj(parts):
            return all(holds_in(part, cell) for part in parts)
        case Disj(parts):
            return any(holds_in(part, cell) for part in parts)


def _admits(constraint: Constraint, cell: Cell) -> bool:
    match constraint:
        case Ranges(spans, missing):
            return missing if cell is None else any(low <= cell <= high for low, high in spans)  # type: ignore[operator]
        case Choices(mask):
            return bool(mask & cell)  # type: ignore[operator]
        case Texts(yes, no):
            return all(_answers(atom, cell) for atom in yes) and not any(_answers(atom, cell) for atom in no)
        case _:
            return True


def _answers(atom: TextAtom, cell: Cell) -> bool:
    return cell is not None and (atom.kind == "known" or (cell != OTHER and cell in atom.value))
