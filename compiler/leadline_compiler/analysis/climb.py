"""A contact with the points that are wanted, found by giving it what earns them, the most first.

What is found counts only if the interpreter confirms it; that nothing is found says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from leadline_compiler.analysis.amounts import count_in, lies_in
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.formulas import Cube, Formula, TooManyError, cubes_of, merge
from leadline_compiler.analysis.spans import FAR
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.analysis.witness import contacts_of
from leadline_compiler.contacts import Contact
from leadline_compiler.model import Each, Every
from leadline_compiler.outcome import Outcome

_MOST_STEPS = 48
"""Contacts that are scored for one goal."""
_MOST_LEFT_OUT = 12
"""Rules that are left out, one at a time, where too much was earned."""
_MOST_TIMES = 64
ENDLESS = 10**30


class Goal(NamedTuple):
    """Where to climb: from `cube`, by what `units` earn.

    `lacking` tells how many points (thousandths) are missing, below 0 how many there are too many, 0 where the
    points are right; ENDLESS, or less ENDLESS, goes as far as can be. `shows` tells whether the contact is what was
    looked for.
    """

    cube: Cube
    units: tuple[Unit, ...]
    lacking: Callable[[Outcome], int]
    shows: Callable[[Contact], bool]


def climb(analysis: Analysis, goal: Goal) -> Contact | None:
    """A contact that shows it; None where none was found."""
    contact = None if analysis.is_spent else _contact(analysis, goal.cube)
    if contact is None or goal.shows(contact):
        return contact
    lacking = goal.lacking(analysis.outcome(contact))
    ordered = _earning(goal.units, lacking)
    found = _at_once(analysis, goal, lacking)
    walk = _Walk(goal.cube, lacking)
    found = found or _one_by_one(analysis, goal, walk, ordered)
    # Where one rule led beyond what is wanted, the others may do without one that was taken.
    for left_out in walk.taken[:_MOST_LEFT_OUT] if walk.is_beyond else ():
        if found is not None or analysis.is_spent:
            break
        found = _one_by_one(
            analysis, goal, _Walk(goal.cube, lacking), [unit for unit in ordered if unit is not left_out]
        )
    return found


@dataclass(slots=True)
class _Walk:
    """How far one went: the cube, what is lacking there, the rules that were taken, whether one led beyond."""

    cube: Cube
    lacking: int
    taken: list[Unit] = field(default_factory=list)
    is_beyond: bool = False


def _at_once(analysis: Analysis, goal: Goal, lacking: int) -> Contact | None:
    """The largest rules together that should suffice, scored only once."""
    cube, hoped = goal.cube, 0
    for unit in _earning(goal.units, lacking):
        wider = _also(analysis, cube, unit.formula)
        if wider is not None:
            cube, hoped = wider, hoped + abs(unit.points)
        if hoped >= abs(lacking):
            contact = _contact(analysis, cube)
            return contact if contact is not None and goal.shows(contact) else None
    return None


def _one_by_one(analysis: Analysis, goal: Goal, walk: _Walk, ordered: list[Unit]) -> Contact | None:
    """One rule after another, each kept if it brings the points nearer: those that earn what is lacking, those that
    take away what is too much, then events many times."""
    first, steps = walk.lacking, 0
    units = ((unit, unit.formula) for unit in (*ordered, *_earning(goal.units, -first)))
    many = ((unit, formula) for unit in ordered for formula in _many(analysis, unit))
    for unit, formula in chain(units, many):
        wider = _also(analysis, walk.cube, formula)
        contact = None if wider is None else _contact(analysis, wider)
        if wider is None or contact is None:
            continue
        if goal.shows(contact):
            return contact
        left = goal.lacking(analysis.outcome(contact))
        walk.is_beyond = walk.is_beyond or left * first < 0
        if abs(left) < abs(walk.lacking) or left in (0, ENDLESS, -ENDLESS):
            walk.cube, walk.lacking = wider, left
            walk.taken.append(unit)
        steps += 1
        if steps >= _MOST_STEPS or analysis.is_spent:
            break
    return None


def _contact(analysis: Analysis, cube: Cube) -> Contact | None:
    return next(contacts_of(analysis.space, cube, newest=True), None)


def _also(analysis: Analysis, cube: Cube, formula: Formula) -> Cube | None:
    """The cube with a formula holding in it too; None where it cannot."""
    try:
        ways = cubes_of(formula)
    except TooManyError:
        return None
    merged = (merge(cube, way) for way in ways)
    return next((one for one in merged if one is not None and analysis.asking.is_possible(one)), None)


def _earning(units: tuple[Unit, ...], lacking: int) -> list[Unit]:
    """What changes the points in the direction that is lacking, the largest first."""
    earning = (unit for unit in units if unit.points and (unit.points > 0) is (lacking >= 0))
    return sorted(earning, key=lambda unit: -abs(unit.points))


def _many(analysis: Analysis, unit: Unit) -> Iterator[Formula]:
    """A rule that pays several times: more and more often."""
    body = unit.rule.body if unit.rule is not None else None
    times = 2
    while times <= _MOST_TIMES:
        if isinstance(body, Each):
            events = events_of(body.occurrence, analysis.scope)
            yield count_in(events, ((times + body.after_first, FAR),), analysis.scope)
        elif isinstance(body, Every):
            yield lies_in(body.amount, ((body.step * times, FAR),), analysis.scope)
        times *= 2
