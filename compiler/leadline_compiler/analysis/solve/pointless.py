"""Rules that never change what their group or score is clamped to, however the other rules stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from leadline_compiler.analysis.solve.asking import Goal
from leadline_compiler.analysis.solve.building import Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.prover import Proved, Unclear
from leadline_compiler.analysis.witness import contacts_of
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import GroupOutcome, Outcome, ScoreOutcome

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis
    from leadline_compiler.analysis.solve.encoding import Encoding
    from leadline_compiler.analysis.solve.scores import ScoreSums
    from leadline_compiler.analysis.units import Unit

MOST_ASKED = 40
"""Rules of a model that the solver is asked about without `--deep`."""
_MOST_WAYS = 3


def pointless_units(analysis: Analysis, known: frozenset[int]) -> Iterator[Unit | Unclear]:
    """Units whose points never change the clamped value of their group or score. `known`: the identities of those
    of which that is known already."""
    suspects = [unit for unit in analysis.units if id(unit) not in known and _is_suspect(analysis, unit)]
    several = suspects if analysis.prover.is_deep else suspects[:MOST_ASKED]
    for unit in several:
        change = _Change(unit)
        found = analysis.prover.reach(change.required, _shows_change(analysis, unit), small=False, clear=change.largest)
        if isinstance(found, Proved):
            yield unit
        elif isinstance(found, Unclear):
            yield found
            return


def _is_suspect(analysis: Analysis, unit: Unit) -> bool:
    """Whether a unit stands behind a bound, and no plain contact shows that it matters."""
    if unit.score is None or not unit.points or not _is_clamped(analysis, unit):
        return False
    question = analysis.question(unit)
    if analysis.asking.never(question):
        return False
    shows = _shows_change(analysis, unit)
    contacts = (next(contacts_of(analysis.space, way.cube), None) for way in islice(question.holds, _MOST_WAYS))
    return not any(contact is not None and shows(contact) for contact in contacts)


def _is_clamped(analysis: Analysis, unit: Unit) -> bool:
    score = next(one for one in analysis.ranges.scores if one.score.name == unit.score)
    group = score.groups[unit.group]
    return group.sum != group.range or score.sum != score.range


def _shows_change(analysis: Analysis, unit: Unit) -> Callable[[Contact], bool]:
    def shows(contact: Contact) -> bool:
        return changes(analysis.outcome(contact), unit) and analysis.shows(())(contact)

    return shows


def changes(outcome: Outcome, unit: Unit) -> bool:
    """Whether a contact's score would be another without the points of a rule, or of a row that is taken."""
    score = next(one for one in outcome.scores if one.score.name == unit.score)
    group = score.groups[unit.group]
    rule = next(one for one in group.rules if one.rule is unit.rule)
    if not rule.fired or (unit.row is not None and getattr(rule.detail, "row", None) is not unit.row):
        return False
    return _clamped_without(score, group, rule.points) != score.points


def _clamped_without(score: ScoreOutcome, group: GroupOutcome, points: int) -> int:
    from leadline_compiler.decays import left_after

    others = score.sum - group.points + group.group.bounds.clamp(group.sum - points)
    if score.score.decay is not None and score.last is not None:
        others = left_after(others, score.score.decay.decay, score.steps)
    return score.score.bounds.clamp(others)


class _Change:
    """How far the points of a unit move the clamped score, in the encodings that are asked about it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._sizes: dict[int, Linear] = {}

    def required(self, encoding: Encoding) -> list[Literal]:
        """The unit holds, and its points are seen behind the bounds."""
        size, builder = self._size(encoding), encoding.builder
        more, less = builder.at_least(size, 1), negation(builder.at_least(size, 0))
        return [encoding.unit(self._unit), builder.either((more, less))]

    def largest(self, encoding: Encoding) -> list[Goal]:
        """A change of many points is no matter of rounding."""
        size = self._size(encoding)
        return [Goal(size, True), Goal(size, False)]

    def _size(self, encoding: Encoding) -> Linear:
        if id(encoding) not in self._sizes:
            self._sizes[id(encoding)] = _moved(self._unit, encoding)
        return self._sizes[id(encoding)]


def _moved(unit: Unit, encoding: Encoding) -> Linear:
    """The points of a unit's score, less what they would be without the unit."""
    assert unit.score is not None
    sums, builder = encoding.sides[0].sums, encoding.builder
    score = next(one for one in encoding.analyses[0].model.scores if one.name == unit.score)
    mine: ScoreSums = sums.scores[unit.score]
    rest = mine.group_sums[unit.group].plus(sums.rules[id(unit.rule)].times(-1))
    bounds = score.groups[unit.group].bounds
    without = builder.clamped(builder.named(rest), bounds.low, bounds.high)
    summed = builder.named(total_of([*mine.groups[: unit.group], without, *mine.groups[unit.group + 1 :]]))
    decaying = sums.decays.get(unit.score)
    left = summed if decaying is None else decaying.left_of(summed, builder)
    clamped = builder.clamped(left, score.bounds.low, score.bounds.high)
    return builder.named(mine.points.plus(clamped.times(-1)))
