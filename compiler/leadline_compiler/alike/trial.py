"""Contacts that the rules of two models tell apart, tried without a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from leadline_compiler.alike.boundaries import climb_between, contacts_between
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.confirm import shrink
from leadline_compiler.analysis.formulas import Cube, Formula, negate
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.witness import NAME, contacts_of
from leadline_compiler.contacts import Contact

_MOST_CUBES = 4
_MOST_SCORED = 40_000
"""Rules times contacts that are scored."""
_FEWEST_TRIES = 60
_TIMES = (1, 2, 3, 6, 12)


def try_contacts(old: Analysis, new: Analysis, shows: Callable[[Contact], bool]) -> Contact | None:
    """The smallest of the contacts that were tried and that show it."""
    rules = len(old.model.rules) + len(new.model.rules)
    tries = max(_FEWEST_TRIES, _MOST_SCORED // (1 + rules))
    found = [contact for contact in islice(_candidates(old, new), tries) if shows(contact)]
    if not found and (contact := climb_between(old, new, shows)) is not None:
        found.append(contact)
    small = [shrink(contact, shows) for contact in sorted(found, key=_size)[:_MOST_CUBES]]
    return min(small, key=_size, default=None)


def _size(contact: Contact) -> tuple[int, int]:
    return len(contact.events), len(contact.values)


def _candidates(old: Analysis, new: Analysis) -> Iterator[Contact]:
    yield Contact(NAME, {}, ())
    yield from contacts_between(old, new)
    before, after = ({_told(unit): unit for unit in one.units} for one in (old, new))
    changed = [(old, unit) for told, unit in before.items() if told not in after]
    changed += [(new, unit) for told, unit in after.items() if told not in before]
    for analysis, unit in changed:
        yield from _contacts_for(analysis, unit.formula, unit)
    for analysis, unit in changed:
        yield from _contacts_for(analysis, negate(unit.formula), unit)
    for analysis in (old, new):
        for unit in analysis.units:
            yield from _contacts_for(analysis, unit.formula, unit)


def _told(unit: Unit) -> tuple[object, ...]:
    return unit.kind, unit.name, " ".join(unit.text.split()), unit.points, unit.score


def _contacts_for(analysis: Analysis, formula: Formula, unit: Unit) -> Iterator[Contact]:
    for cube in analysis.meets(formula)[:_MOST_CUBES]:
        for newest in (True, False):
            for contact in islice(contacts_of(analysis.space, _without_scores(cube), newest=newest), 2):
                times = _TIMES if unit.kind in ("each", "every") and contact.events else _TIMES[:1]
                yield from (replace(contact, events=contact.events * many) for many in times)


def _without_scores(cube: Cube) -> Cube:
    return {key: one for key, one in cube.items() if key.kind != "score"}
