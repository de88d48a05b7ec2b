"""Formulas over constraints, and their cubes: the ways in which a formula can hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from leadline_compiler.analysis.sets import (
    Choices,
    Constraint,
    Key,
    Ranges,
    flip,
    is_empty,
    is_everything,
    meet,
    united,
)
from leadline_dsl.nodes import node

MOST_CUBES = 256
"""Ways to hold that are looked at; a condition with more is left undecided."""


@node
class Lit:
    key: Key
    constraint: Constraint


@node
class Conj:
    parts: tuple[Formula, ...]


@node
class Disj:
    parts: tuple[Formula, ...]


Formula: TypeAlias = Lit | Conj | Disj

TRUE: Formula = Conj(())
FALSE: Formula = Disj(())

Cube: TypeAlias = Mapping[Key, Constraint]
"""Constraints that hold together; an attribute that is not in it is free."""


class TooManyError(Exception):
    """A formula has more cubes than are looked at."""


def truth(holds: bool) -> Formula:
    return TRUE if holds else FALSE


def conj(parts: Iterable[Formula]) -> Formula:
    """All parts hold."""
    kept: list[Formula] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        kept.extend(part.parts if isinstance(part, Conj) else (part,))
    return kept[0] if len(kept) == 1 else Conj(tuple(kept))


def disj(parts: Iterable[Formula]) -> Formula:
    """A part holds; sets of one attribute become one set."""
    kept: dict[object, Formula] = {}
    sets: dict[Key, list[Ranges | Choices]] = {}
    for part in parts:
        if part == TRUE:
            return TRUE
        for inner in part.parts if isinstance(part, Disj) else (part,):
            if isinstance(inner, Lit) and isinstance(inner.constraint, Ranges | Choices):
                sets.setdefault(inner.key, []).append(inner.constraint)
                kept.setdefault(inner.key, inner)
            else:
                kept.setdefault(inner, inner)
    kept |= {key: Lit(key, united(several)) for key, several in sets.items() if len(several) > 1}
    joined = tuple(kept.values())
    return joined[0] if len(joined) == 1 else Disj(joined)


def negate(formula: Formula) -> Formula:
    """What holds exactly where the formula does not."""
    match formula:
        case Conj(parts):
            return disj(map(negate, parts))
        case Disj(parts):
            return conj(map(negate, parts))
        case Lit(key, constraint):
            return Lit(key, flip(constraint))


def cubes_of(formula: Formula) -> tuple[Cube, ...]:
    """The cubes of a formula, without those that are empty by one attribute alone. Raises TooManyError."""
    match formula:
        case Lit(key, constraint):
            if is_empty(constraint):
                return ()
            return ({},) if is_everything(constraint) else ({key: constraint},)
        case Disj(parts):
            found = [cube for part in parts for cube in cubes_of(part)]
            if any(not cube for cube in found):
                return ({},)
            return _checked(tuple(found))
        case Conj(parts):
            cubes: tuple[Cube, ...] = ({},)
            # The parts with the fewest ways first, so that what is empty shows early.
            for ways in sorted((cubes_of(part) for part in parts), key=len):
                cubes = _checked(products(cubes, ways))
            return cubes


def _checked(cubes: tuple[Cube, ...]) -> tuple[Cube, ...]:
    if len(cubes) > MOST_CUBES:
        raise TooManyError
    return cubes


def products(left: Iterable[Cube], right: tuple[Cube, ...]) -> tuple[Cube, ...]:
    """The cubes in which one of each side hold together."""
    found = (merge(one, other) for one in left for other in right)
    return tuple(cube for cube in found if cube is not None)


def merge(left: Cube, right: Cube) -> Cube | None:
    """Both cubes at once; None where an attribute has no value left."""
    if not left or not right:
        return left or right
    merged = dict(left)
    for key, constraint in right.items():
        known = merged.get(key)
        if known is not None and known != constraint:
            constraint = meet(known, constraint)
            if is_empty(constraint):
                return None
        merged[key] = constraint
    return merged
