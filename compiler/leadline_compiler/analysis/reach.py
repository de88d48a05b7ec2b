"""Which stages and letters a contact can be given, and which bounds it can touch, as far as the static bounds tell.

Three answers: it is proved that none can (`Impossible`), a confirmed contact shows it (`Shown`), or neither (`Open`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from typing import Literal, TypeAlias

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import ANYTHING
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.bounds import ModelRange, Range, ranges_without
from leadline_compiler.analysis.climb import Goal, climb
from leadline_compiler.analysis.confirm import MOST_CUBES_TRIED
from leadline_compiler.analysis.formulas import Cube, TooManyError, cubes_of, merge, negate, products
from leadline_compiler.analysis.sets import Constraint, Key, Ranges
from leadline_compiler.analysis.spans import FAR, Spans, from_to
from leadline_compiler.analysis.units import Unit
from leadline_compiler.contacts import Contact
from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND
from leadline_compiler.outcome import Outcome

_MISSING_BEYOND = LARGEST * THOUSAND // MILLION
"""A score beyond this, in thousandths, counts as missing where it is compared."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """No contact can. `score` is the one whose range keeps it out (empty: the total), None where it is no score.

    `side` is the end of that range that is in the way, None where both are, and `bound` that end where a search told
    it, of those who meet the `rest` of the condition. `others` are the exits or the later stages that take all who
    could. `searched`: a search over all rules told it, not the static bounds.
    """

    score: str | None = None
    side: Literal["low", "high"] | None = None
    others: tuple[Unit, ...] = ()
    bound: int | None = None
    rest: bool = False
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A contact that the interpreter confirms."""

    contact: Contact


@dataclass(frozen=True, slots=True)
class Open:
    """Neither proved nor shown, and why."""

    why: str = ""


Verdict: TypeAlias = Impossible | Shown | Open


def score_limits(ranges: ModelRange) -> Cube:
    """What the bounds say of every score and of the total."""
    limits: dict[Key, Ranges] = {Key("score", ""): _within(ranges.total)}
    for one in ranges.scores:
        limits[Key("score", one.score.name)] = _within(one.range)
    return limits


def _within(range_: Range) -> Ranges:
    low = -FAR if range_.low is None else range_.low
    high = FAR if range_.high is None else range_.high
    return Ranges(from_to(low, high), max(-low, high) > _MISSING_BEYOND, ANYTHING)


# ---- stages


def stage_verdict(analysis: Analysis, stage: Unit) -> Verdict:
    """Whether a contact can be given a stage whose condition is not impossible for itself."""
    limits = score_limits(analysis.ranges)
    cubes = analysis.meets(stage.formula)
    inside = products((limits,), cubes)
    if not inside:
        return _blocked(limits, cubes)
    left = _not_taken(analysis, stage, inside)
    if isinstance(left, Impossible):
        return left

    def shows(contact: Contact) -> bool:
        return analysis.outcome(contact).stage == stage.name

    return climbed(analysis, left, shows)


def stage_shown_without(
    analysis: Analysis, stage: Unit, rule: m.Rule, shows: Callable[[Contact], bool]
) -> Contact | None:
    """A contact that shows it and is given a stage, climbed to without what a rule pays; None where none was found."""
    inside = _not_taken(analysis, stage, products((score_limits(analysis.ranges),), analysis.meets(stage.formula)))
    if isinstance(inside, Impossible):
        return None
    try:
        missed = [cubes_of(negate(unit.formula)) for unit in analysis.units if unit.rule is rule and unit.points > 0]
    except TooManyError:
        return None
    found = climbed(analysis, reduce(products, missed, inside), shows, rule)
    return found.contact if isinstance(found, Shown) else None


def is_too_high_without(analysis: Analysis, stage: Unit, rule: m.Rule) -> bool:
    """Whether a stage asks for more of a score, or of the total, than there is without a rule."""
    if any(term.weight < 0 for term in analysis.model.total.terms):
        return False
    limits = score_limits(ranges_without(analysis.ranges, analysis.model, rule, analysis.asking))
    cubes = analysis.meets(stage.formula)
    return not products((limits,), cubes) and _blocked(limits, cubes).side == "high"


def _not_taken(analysis: Analysis, stage: Unit, inside: tuple[Cube, ...]) -> tuple[Cube, ...] | Impossible:
    """The cubes without those that exits or later stages take."""
    exits = [unit for unit in analysis.units if unit.exit is not None]
    stages = [unit for unit in analysis.units if unit.stage is not None]
    later = stages[stages.index(stage) + 1 :]
    for others in (exits, later):
        try:
            left = _without(analysis, inside, others)
        except TooManyError:
            continue
        if not left:
            return Impossible(others=_blocking_units(analysis, inside, others))
        inside = left
    return inside


def _without(analysis: Analysis, cubes: tuple[Cube, ...], others: Iterable[Unit]) -> tuple[Cube, ...]:
    """The cubes without those for whom one of the others holds. Raises TooManyError."""
    for other in others:
        cubes = products(cubes, cubes_of(negate(other.formula)))
        if len(cubes) > _MOST_WITHOUT:
            raise TooManyError
    return tuple(cube for cube in cubes if analysis.asking.is_possible(cube))


_MOST_WITHOUT = 512


def _blocked(limits: Cube, cubes: tuple[Cube, ...]) -> Impossible:
    """The score whose range keeps everybody out, if it is one alone."""
    for key, limit in limits.items():
        if all(key in cube and merge({key: limit}, {key: cube[key]}) is None for cube in cubes):
            return Impossible(str(key.name), _side(limit, [cube[key] for cube in cubes]))
    return Impossible()


def _side(limit: Constraint, wanted: list[Constraint]) -> Literal["low", "high"] | None:
    """On which side of a range all that is wanted lies."""
    assert isinstance(limit, Ranges)
    low, high = limit.spans[0]
    spans = [span for one in wanted if isinstance(one, Ranges) for span in one.spans]
    if all(first > high for first, _ in spans):
        return "high"
    return "low" if all(last < low for _, last in spans) else None


def _blocking_units(analysis: Analysis, cubes: tuple[Cube, ...], others: list[Unit]) -> tuple[Unit, ...]:
    """The fewest of the others, in order, that take all the cubes."""
    kept = others
    for other in others:
        rest = [one for one in kept if one is not other]
        if rest and not _without(analysis, cubes, rest):
            kept = rest
    return tuple(kept)


# ---- letters and bounds


def score_verdict(analysis: Analysis, score: str | None, spans: Spans, shows: Callable[[Contact], bool]) -> Verdict:
    """Whether a score, or the total, can come to lie in the spans (thousandths)."""
    wanted: Cube = {Key("score", score or ""): Ranges(spans, False, ANYTHING)}
    limits = score_limits(analysis.ranges)
    inside = products(products((limits,), (wanted,)), analysis.asking.assumed)
    if not inside:
        return _blocked(limits, (wanted,))
    return climbed(analysis, inside, shows)


def climbed(
    analysis: Analysis, cubes: tuple[Cube, ...], shows: Callable[[Contact], bool], without: m.Rule | None = None
) -> Verdict:
    """A contact out of cubes that say where scores have to lie; not by what the rule `without` earns."""
    shows = analysis.kept(shows)
    for cube in cubes[:MOST_CUBES_TRIED]:
        wanted = {str(key.name): one for key, one in cube.items() if key.kind == "score" and isinstance(one, Ranges)}
        base = {key: one for key, one in cube.items() if key.kind != "score"}
        units = tuple(unit for unit in _units_for(analysis, wanted) if without is None or unit.rule is not without)
        contact = climb(analysis, Goal(base, units, partial(_lacking, wanted), shows))
        if contact is not None:
            return Shown(contact)
    return Open()


def _units_for(analysis: Analysis, wanted: Mapping[str, Ranges]) -> tuple[Unit, ...]:
    """The units that earn for the scores that have to lie somewhere."""
    limits = score_limits(analysis.ranges)
    named = {score for score, one in wanted.items() if one != limits[Key("score", score)]}
    return tuple(unit for unit in analysis.units if unit.score is not None and ("" in named or unit.score in named))


def _lacking(wanted: Mapping[str, Ranges], outcome: Outcome) -> int:
    """What is missing to where the scores have to lie; of several scores the largest."""
    missing = (_distance(one.spans, _points(outcome, score)) for score, one in wanted.items())
    return max(missing, key=abs, default=0)


def _points(outcome: Outcome, score: str) -> int:
    return outcome.total if not score else next(one.points for one in outcome.scores if one.score.name == score)


def _distance(spans: Spans, points: int) -> int:
    """How much the points must change to lie in one of the spans."""
    changes = (low - points if points < low else high - points if points > high else 0 for low, high in spans)
    return min(changes, key=abs, default=0)


def grade_spans(starts: Iterable[int], start: int | None) -> Spans:
    """Where a score must lie for the row of a grade that begins at `start` (None: `otherwise`) to be taken."""
    sorted_starts = sorted(starts)
    if start is None:
        return from_to(-FAR, sorted_starts[0] - 1) if sorted_starts else from_to(-FAR, FAR)
    above = [other for other in sorted_starts if other > start]
    return from_to(start, above[0] - 1 if above else FAR)
