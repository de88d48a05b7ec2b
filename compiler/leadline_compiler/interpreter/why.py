"""Why a condition holds or fails: every part judged by the interpreter itself, with the values that it read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leadline_compiler.conditions import All, Condition, Defined, Either, Not
from leadline_compiler.interpreter.distance import distance_of
from leadline_compiler.interpreter.readings import Reading, readings_of
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View


@dataclass(frozen=True, slots=True)
class Trace:
    """A condition and how it came out.

    `parts` are the conditions it joins, negates or names; `readings` what a single test read. `distance` is 0
    where it holds and grows to 1 the further it is from holding.
    """

    condition: Condition
    holds: bool
    parts: tuple[Trace, ...]
    readings: tuple[Reading, ...]
    distance: Fraction


def trace(condition: Condition, view: View) -> Trace:
    """How a condition came out for a contact. A define is traced once a view, however often it is used."""
    if not isinstance(condition, Defined):
        return _trace(condition, view)
    key = ("trace", condition.name)
    if key not in view.memo:
        view.memo[key] = _trace(condition, view)
    found: Trace = view.memo[key]
    return found


def _trace(condition: Condition, view: View) -> Trace:
    parts = tuple(trace(part, view) for part in _parts(condition))
    met = holds(condition, view)
    readings = () if parts else readings_of(condition, view)
    return Trace(condition, met, parts, readings, Fraction(0) if met else _distance(condition, parts, view))


def _parts(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case All() | Either():
            return condition.parts
        case Not():
            return (condition.part,)
        case Defined():
            return (condition.condition,)
        case _:
            return ()


def _distance(condition: Condition, parts: tuple[Trace, ...], view: View) -> Fraction:
    match condition:
        case All():
            return sum((part.distance for part in parts), Fraction(0)) / len(parts)
        case Either():
            return min(part.distance for part in parts)
        case Defined():
            return parts[0].distance
        case _:
            return distance_of(condition, view)


def tests_of(traced: Trace) -> Iterator[Trace]:
    """The single tests of a condition in the order in which they stand, those of a define once."""
    yield from _tests(traced, set(), decisive_only=False)


def decisive_tests(traced: Trace) -> Iterator[Trace]:
    """The tests that make it come out as it did: what holds of an `or`, what fails of an `and`."""
    yield from _tests(traced, set(), decisive_only=True)


def _tests(traced: Trace, seen: set[str], *, decisive_only: bool) -> Iterator[Trace]:
    if isinstance(traced.condition, Defined):
        if traced.condition.name in seen:
            return
        seen.add(traced.condition.name)
    if not traced.parts:
        yield traced
    for part in decisive_parts(traced) if decisive_only else traced.parts:
        yield from _tests(part, seen, decisive_only=decisive_only)


def decisive_parts(traced: Trace) -> tuple[Trace, ...]:
    """Of an `and` that fails the parts that fail, of an `or` that holds those that hold; else all."""
    match traced.condition:
        case All() if not traced.holds:
            return tuple(part for part in traced.parts if not part.holds)
        case Either() if traced.holds:
            return tuple(part for part in traced.parts if part.holds)
        case _:
            return traced.parts
