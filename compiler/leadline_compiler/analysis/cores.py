"""Why a condition can never hold: a smallest set of its parts that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from leadline_compiler.analysis.events import visible
from leadline_compiler.analysis.formulas import TooManyError, conj, cubes_of, products
from leadline_compiler.analysis.questions import Asking
from leadline_compiler.analysis.space import Scope
from leadline_compiler.analysis.tests import formula_of
from leadline_compiler.conditions import All, Condition, Defined, Occurrence
from leadline_dsl.walk import walk


def clashing_parts(asking: Asking, condition: Condition) -> tuple[Condition, ...]:
    """Parts of a condition that never holds which cannot all hold; one part where it alone cannot."""
    scope = Scope(asking.space)

    def impossible(parts: Sequence[Condition]) -> bool:
        return asking.never(asking.together(formula_of(part, scope) for part in parts))

    core = _smallest(tuple(_conjuncts(condition)), impossible)
    inside = _inside(asking, core[0]) if len(core) == 1 else ()
    return inside or core


def clashing_where(asking: Asking, occurrence: Occurrence) -> tuple[Condition, ...]:
    """Parts of a `where` that no event passes at once; none where it is not the `where` that keeps events out."""
    if occurrence.where is None:
        return ()

    def impossible(parts: Sequence[Condition]) -> bool:
        return all(_no_event_passes(asking, type_, parts) for type_ in occurrence.events)

    parts = tuple(_conjuncts(occurrence.where))
    return _smallest(parts, impossible) if impossible(parts) else ()


def _no_event_passes(asking: Asking, type_: str, parts: Sequence[Condition]) -> bool:
    space = asking.space
    scope = Scope(space, space.events[type_])
    try:
        passing = cubes_of(conj(formula_of(part, scope) for part in parts))
        return not products(visible(space, type_), passing)
    except TooManyError:
        return False


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """The parts that must all hold, those of defines too."""
    inner = condition.condition if isinstance(condition, Defined) else condition
    if isinstance(inner, All):
        for part in inner.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def _smallest(parts: tuple[Condition, ...], impossible: Callable[[Sequence[Condition]], bool]) -> tuple[Condition, ...]:
    """The parts that are left when none can be dropped any more."""
    for part in parts:
        rest = tuple(one for one in parts if one is not part)
        if rest and impossible(rest):
            return _smallest(rest, impossible)
    return parts


def _inside(asking: Asking, part: Condition) -> tuple[Condition, ...]:
    """What excludes each other inside of the `where` of a single test."""
    found: list[Any] = [node for node, _ in walk(part) if isinstance(node, Occurrence)]
    return clashing_where(asking, found[0]) if len(found) == 1 else ()
