"""What blocks a stage that asks for more points than there are, and what would open it, each fix tried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler import model as m
from leadline_compiler.analysis.confirm import shrink
from leadline_compiler.analysis.formulas import Formula, TooManyError
from leadline_compiler.analysis.solve.asking import Goal, ask
from leadline_compiler.analysis.solve.building import NoSolverError, negation
from leadline_compiler.analysis.solve.encoding import Encoding, encode
from leadline_compiler.analysis.solve.limits import Limit, with_cap
from leadline_compiler.analysis.solve.prover import points_of
from leadline_compiler.analysis.solve.verdicts import wanted_score
from leadline_compiler.analysis.solve.ways import is_too_many
from leadline_compiler.conditions import All, Comparison, Condition, Defined, Either, NumberAmount, ScoreAmount
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.numbers import MILLION, THOUSAND
from leadline_dsl.nodes import changed

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis
    from leadline_compiler.analysis.solve.building import Literal
    from leadline_compiler.analysis.units import Unit

_PER_POINT = MILLION // THOUSAND


@dataclass(frozen=True, slots=True)
class Raise:
    """A cap that opens the stage if it is raised to so many points (thousandths)."""

    limit: Limit
    points: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """`most` is the most points of the score that anybody has who else would be given the stage, `closest` who has
    them. `lower`: whether a contact is given the stage once its number is lowered to that. `limits` are caps that
    together block the stage, none of which could be left out; `raises` those that open it alone."""

    most: int
    closest: Contact
    lower: bool
    limits: tuple[Limit, ...]
    raises: tuple[Raise, ...]


def what_blocks(analysis: Analysis, stage: Unit) -> Blocked | None:
    """What blocks a stage; None where it is not the points of one score, or where no search is made."""
    wanted = wanted_score(stage.formula)
    if wanted is None or is_too_many(analysis) or isinstance(analysis.prover.encoding(), str):
        return None
    score, spans, rest = wanted
    if len(spans) != 1 or abs(spans[0][0]) > 10**17:
        return None
    extreme = analysis.prover.extreme(
        lambda encoding: encoding.sides[0].sums.of(score),
        partial(points_of, score),
        True,
        partial(_else_given, stage, rest),
    )
    if not extreme.is_exact or extreme.contact is None or extreme.value is None or extreme.value >= spans[0][0]:
        return None
    closest = shrink(extreme.contact, partial(_is_as_close, analysis, stage, score, extreme.value))
    lower = _is_given(with_number(analysis.model, stage, score, extreme.value), stage, closest, analysis.as_of)
    limits, raises = _limits(analysis, stage)
    return Blocked(extreme.value, closest, lower, limits, raises)


def _else_given(stage: Unit, rest: Sequence[Formula], encoding: Encoding) -> list[Literal]:
    """The rest of the stage's condition holds, nobody is taken out, and no later stage is met."""
    given = encoding.sides[0].given
    stages = [one.name for one in encoding.analyses[0].model.stages]
    later = given.met[stages.index(stage.name) + 1 :]
    return [*(encoding.literal(part) for part in rest), *(negation(one) for one in (*given.exits, *later))]


def _is_as_close(analysis: Analysis, stage: Unit, score: str | None, points: int, contact: Contact) -> bool:
    """Whether a contact would be given the stage if its number were lowered to these points."""
    kept = points_of(score, analysis.outcome(contact)) == points and analysis.shows(())(contact)
    return kept and _is_given(with_number(analysis.model, stage, score, points), stage, contact, analysis.as_of)


def _is_given(model: m.Model, stage: Unit, contact: Contact, as_of: int) -> bool:
    return interpret(model, contact, as_of).stage == stage.name


def with_number(model: m.Model, stage: Unit, score: str | None, points: int) -> m.Model:
    """The model with another number for the score in a stage's condition."""
    stages = tuple(
        changed(one, condition=_with_number(one.condition, score, points)) if one.name == stage.name else one
        for one in model.stages
    )
    return changed(model, stages=stages)


def _with_number(node: Condition, score: str | None, points: int) -> Condition:
    match node:
        case Comparison(">=", ScoreAmount(name), NumberAmount()) if name == score:
            return changed(node, right=NumberAmount(points * _PER_POINT))
        case All(parts) | Either(parts):
            return changed(node, parts=tuple(_with_number(part, score, points) for part in parts))
        case Defined(_, condition):
            return changed(node, condition=_with_number(condition, score, points))
        case _:
            return node


# ---- caps


def _limits(analysis: Analysis, stage: Unit) -> tuple[tuple[Limit, ...], tuple[Raise, ...]]:
    """Caps that block the stage together, as few as can be, and those that open it alone, with how far."""
    try:
        encoding = encode(analysis, loose=True)
    except (NoSolverError, TooManyError):
        return (), ()
    given = encoding.stage(stage.name)
    every = list(encoding.clamps.flags)
    core = every
    if not _blocks(analysis, encoding, given, every) or _blocks(analysis, encoding, given, []):
        return (), ()
    for limit in every:
        rest = [one for one in core if one != limit]
        if _blocks(analysis, encoding, given, rest):
            core = rest
    raises = (_raised(analysis, stage, encoding, limit) for limit in core)
    return tuple(core), tuple(one for one in raises if one is not None)


def _blocks(analysis: Analysis, encoding: Encoding, given: Literal, limits: Sequence[Limit]) -> bool:
    """Whether nobody is given the stage where these caps hold and no others."""
    return ask(encoding, [given, *_switched(encoding, limits)], analysis.prover.effort).kind == "none"


def _switched(encoding: Encoding, limits: Sequence[Limit]) -> list[Literal]:
    flags = encoding.clamps.flags
    return [flag if limit in limits else negation(flag) for limit, flag in flags.items()]


def _raised(analysis: Analysis, stage: Unit, encoding: Encoding, limit: Limit) -> Raise | None:
    """How far a cap alone has to be raised; None where that is not enough, or is not confirmed."""
    others = [one for one in encoding.clamps.flags if one != limit]
    goal = Goal(encoding.clamps.capped[limit], False)
    required = [encoding.stage(stage.name), *_switched(encoding, others)]
    answer = ask(encoding, required, analysis.prover.effort, goal)
    if not answer.is_best or answer.solution is None or answer.value is None:
        return None
    model = with_cap(analysis.model, limit, answer.value)
    if any(_is_given(model, stage, contact, analysis.as_of) for contact in answer.solution.contacts()):
        return Raise(limit, answer.value)
    return None
