"""Verdicts by search on what the static bounds leave open, and why a stage that nobody can be given is blocked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler.analysis.formulas import Formula
from leadline_compiler.analysis.reach import Impossible, Open, Shown, Verdict
from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.solve.building import negation
from leadline_compiler.analysis.solve.prover import Found, Proved, Prover, points_of
from leadline_compiler.analysis.spans import Spans
from leadline_compiler.analysis.witness import NAME
from leadline_compiler.contacts import Contact

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis
    from leadline_compiler.analysis.solve.building import Literal
    from leadline_compiler.analysis.solve.encoding import Encoding
    from leadline_compiler.analysis.units import Unit

Shows = Callable[[Contact], bool]
"""Whether a contact shows what is asked, and keeps the assumptions."""


def search_stage(analysis: Analysis, stage: Unit) -> Verdict:
    """Whether a contact can be given a stage."""

    def is_given(contact: Contact) -> bool:
        return analysis.outcome(contact).stage == stage.name

    found = analysis.prover.reach(lambda encoding: [encoding.stage(stage.name)], analysis.kept(is_given))
    if isinstance(found, Proved):
        return _why_blocked(analysis, stage)
    return Shown(found.contact) if isinstance(found, Found) else Open(found.why)


def search_unit(analysis: Analysis, unit: Unit) -> Verdict:
    """Whether a unit holds for any contact."""
    found = analysis.prover.reach(lambda encoding: [encoding.unit(unit)], analysis.shows([unit]))
    if isinstance(found, Proved):
        return Impossible()
    return Shown(found.contact) if isinstance(found, Found) else Open(found.why)


def search_always(analysis: Analysis, unit: Unit) -> bool:
    """Whether provably every contact meets a unit."""
    if analysis.shows((), [unit])(Contact(NAME, {}, ())):
        return False

    def required(encoding: Encoding) -> Sequence[Literal]:
        return [negation(encoding.unit(unit))]

    return isinstance(analysis.prover.reach(required, analysis.shows((), [unit]), small=False), Proved)


def search_score(analysis: Analysis, score: str | None, spans: Spans, shows: Shows) -> Verdict:
    """Whether a score, or the total, can come to lie in the spans."""

    def required(encoding: Encoding) -> Sequence[Literal]:
        return [encoding.builder.lies_in(encoding.sides[0].sums.of(score), spans)]

    found = analysis.prover.reach(required, shows)
    if isinstance(found, Proved):
        return _outside(analysis, score, spans)
    return Shown(found.contact) if isinstance(found, Found) else Open(found.why)


def _outside(analysis: Analysis, score: str | None, spans: Spans) -> Impossible:
    """The end of a score's range that keeps it out of the spans; of a score that leaps over them neither."""
    lowest, highest = min(low for low, _ in spans), max(high for _, high in spans)
    most, least = (analysis.prover.extreme_of(score, up).bound for up in (True, False))
    if most is not None and most < lowest:
        return Impossible(score or "", "high", bound=most)
    if least is not None and least > highest:
        return Impossible(score or "", "low", bound=least)
    return Impossible(score or "")


def search_bound(
    analysis: Analysis, where: tuple[str | None, int | None], side: str, points: int, shows: Shows
) -> Verdict:
    """Whether a cap (side `high`) or a floor of a group, a score or the total can be touched."""
    score, group = where
    up = side == "high"

    def required(encoding: Encoding) -> Sequence[Literal]:
        sums, builder = encoding.sides[0].sums, encoding.builder
        if score is None:
            clamped = sums.sum
        else:
            clamped = sums.scores[score].after_decay if group is None else sums.scores[score].group_sums[group]
        clamped = clamped if up else clamped.times(-1)
        return [builder.at_least(clamped, points if up else -points)]

    found = analysis.prover.reach(required, shows)
    if isinstance(found, Proved):
        return Impossible(score or "", "high" if up else "low")
    return Shown(found.contact) if isinstance(found, Found) else Open(found.why)


# ---- why a stage is blocked


def _why_blocked(analysis: Analysis, stage: Unit) -> Impossible:
    prover = analysis.prover
    if _is_proved(prover, lambda encoding: [encoding.unit(stage)]):
        return _too_far(analysis, stage)
    exits = [unit for unit in analysis.units if unit.exit is not None]
    stages = [unit for unit in analysis.units if unit.stage is not None]
    later = stages[stages.index(stage) + 1 :]
    for taken, others in (((), exits), (exits, later)):
        if _is_proved(prover, partial(_none_of, stage, [*taken, *others])):
            return Impossible(others=_fewest(prover, stage, list(taken), others))
    return Impossible()


def _none_of(stage: Unit, others: Sequence[Unit], encoding: Encoding) -> list[Literal]:
    return [encoding.unit(stage), *(negation(encoding.unit(other)) for other in others)]


def _is_proved(prover: Prover, required: Callable[[Encoding], Sequence[Literal]]) -> bool:
    return isinstance(prover.reach(required, lambda _: False, once=True), Proved)


def _fewest(prover: Prover, stage: Unit, taken: list[Unit], others: list[Unit]) -> tuple[Unit, ...]:
    """The fewest of the others, in order, that take all who meet the stage beside those who are taken already."""
    kept = others
    for other in others:
        rest = [one for one in kept if one is not other]
        if _is_proved(prover, partial(_none_of, stage, [*taken, *rest])):
            kept = rest
    return tuple(kept)


def _too_far(analysis: Analysis, stage: Unit) -> Impossible:
    """Which score is kept from where the condition wants it: alone, or where the rest of the condition holds."""
    wanted = wanted_score(stage.formula)
    if wanted is None:
        return Impossible()
    score, spans, rest = wanted
    alone = _outside(analysis, score, spans)
    if alone.side is not None:
        return alone
    lowest = min(low for low, _ in spans)
    up = lowest > -(10**29)
    most = analysis.prover.extreme(
        lambda encoding: encoding.sides[0].sums.of(score),
        partial(points_of, score),
        up,
        lambda encoding: [encoding.literal(part) for part in rest],
    )
    if most.bound is None:
        return Impossible()
    return Impossible(score or "", "high" if up else "low", bound=most.bound, rest=True)


def wanted_score(formula: Formula) -> tuple[str | None, Spans, tuple[Formula, ...]] | None:
    """The one score of a condition that is a plain conjunction, where it has to lie, and the rest of it."""
    from leadline_compiler.analysis.formulas import Conj, Lit

    parts = formula.parts if isinstance(formula, Conj) else (formula,)
    scores = [part for part in parts if isinstance(part, Lit) and part.key.kind == "score"]
    if len(scores) != 1 or not isinstance(scores[0].constraint, Ranges):
        return None
    key: Key = scores[0].key
    return str(key.name) or None, scores[0].constraint.spans, tuple(part for part in parts if part is not scores[0])
