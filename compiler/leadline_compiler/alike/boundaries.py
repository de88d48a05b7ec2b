"""Contacts on the boundary between what an old and a new model ask for: they meet the one and just not the other.

What was changed is laid side by side: a rule, a row, an exit or a stage with the one of the same name. For conditions
on scores, and for bounds, weights and decays, a contact is climbed to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice, product

from leadline_compiler.alike.shared import merged, why_not_shared
from leadline_compiler.analysis.amounts import ANYTHING, some
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.climb import ENDLESS, Goal, climb
from leadline_compiler.analysis.formulas import Cube, Formula, conj, negate
from leadline_compiler.analysis.reach import Shown, climbed, grade_spans
from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.spans import FAR, common, outside
from leadline_compiler.analysis.units import Unit, units_of
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.analysis.witness import contacts_of
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import Outcome

_MOST_CUBES = 6
_MOST_STARTS = 24
"""Cubes that are climbed from."""
_MOST_ROWS = 64
"""Pairs of rows of two tables that are laid side by side."""

Shows = Callable[[Contact], bool]


def contacts_between(old: Analysis, new: Analysis) -> Iterator[Contact]:
    """Contacts that meet what one model asks for and not what the other asks for in its place."""
    for formula in _between(old, new):
        for cube in new.meets(formula)[:_MOST_CUBES]:
            if not any(key.kind == "score" for key in cube):
                for newest in (True, False):
                    yield from islice(contacts_of(new.space, cube, newest=newest), 2)


def climb_between(old: Analysis, new: Analysis, shows: Shows) -> Contact | None:
    """A contact that shows the difference, climbed to where scores matter; None where none was found."""
    cubes = [cube for formula in _between(old, new) for cube in new.meets(formula)[:_MOST_CUBES]]
    asking = [cube for cube in cubes if any(key.kind == "score" for key in cube)]
    for several in (asking, list(_other_letters(old, new))):
        verdict = climbed(new, tuple(several), shows)
        if isinstance(verdict, Shown):
            return verdict.contact
    starts = [(new, cube) for cube in (*new.asking.assumed[:1], *cubes) if cube not in asking]
    starts += [(one, cube) for one, formula in _alone(old, new) for cube in one.meets(formula)[:2]]
    found = (_as_far_as_can_be(one, cube, shows) for one, cube in starts[:_MOST_STARTS])
    return next((contact for contact in found if contact is not None), None)


# ---- what is laid side by side


def _between(old: Analysis, new: Analysis) -> Iterator[Formula]:
    """What holds where a unit of one model does and that of the other does not; of rows where they earn otherwise."""
    if why_not_shared(old.model.schema, new.model.schema) or not _knows_all(old, new):
        return
    before, after = _named(units_of(old.model, new.scope)), _named(new.units)
    for name, mine in after.items():
        theirs = before.get(name, [])
        if len(mine) == len(theirs) == 1 and mine[0].formula != theirs[0].formula:
            yield conj((mine[0].formula, negate(theirs[0].formula)))
            yield conj((theirs[0].formula, negate(mine[0].formula)))
        elif mine[0].row is not None:
            for one, other in islice(product(mine, theirs), _MOST_ROWS):
                if one.points != other.points:
                    yield conj((one.formula, other.formula))


def _knows_all(old: Analysis, new: Analysis) -> bool:
    """Whether the new model has all fields, events and properties of the old one."""
    mine = new.model.schema
    both = merged(mine, old.model.schema)
    return (both.fields, both.events) == (mine.fields, mine.events)


def _named(units: Iterable[Unit]) -> dict[tuple[str, str], list[Unit]]:
    found: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        kind = "rule" if unit.rule is not None and unit.row is None else unit.kind
        found[kind, unit.name].append(unit)
    return found


def _other_letters(old: Analysis, new: Analysis) -> Iterator[Cube]:
    """Where a score lies that has one letter in the one model and another letter in the other."""
    before = {grade.score: grade for grade in old.model.grades}
    for grade in new.model.grades:
        was = before.get(grade.score)
        if was is None:
            continue
        for row in grade.rows:
            theirs = [one for one in was.rows if one.letter == row.letter]
            spans = grade_spans((one.start for one in grade.rows if one.start is not None), row.start)
            for one in theirs:
                known = grade_spans((other.start for other in was.rows if other.start is not None), one.start)
                left = common(spans, outside(known, -FAR, FAR))
                if left:
                    yield {Key("score", grade.score or ""): Ranges(left, False, ANYTHING)}


# ---- bounds, weights, decays, events that one model ignores


def _alone(old: Analysis, new: Analysis) -> Iterator[tuple[Analysis, Formula]]:
    """What holds in one model alone: a unit that the other does not have, or one of events that the other ignores."""
    for one, other in ((old, new), (new, old)):
        known = {(unit.kind, unit.name, unit.points) for unit in other.units}
        unseen = [
            some(events_of(ignored, one.scope), one.scope)
            for ignored in other.model.ignored
            if ignored not in one.model.ignored and set(ignored.events) <= set(one.space.events)
        ]
        for unit in one.units:
            if (unit.kind, unit.name, unit.points) not in known:
                yield one, unit.formula
            yield from ((one, conj((formula, unit.formula))) for formula in unseen)


def _as_far_as_can_be(analysis: Analysis, cube: Cube, shows: Shows) -> Contact | None:
    """One rule after another is met, upwards and downwards, until the difference shows."""
    for far in (ENDLESS, -ENDLESS):
        for score in analysis.model.scores:
            units = tuple(unit for unit in analysis.units if unit.score == score.name)
            contact = climb(analysis, Goal(cube, units, partial(_always, far), shows))
            if contact is not None and shows(contact):
                return contact
    return None


def _always(far: int, outcome: Outcome) -> int:
    return far
