"""The first sentence of an explanation, and the stages that it may speak of."""

from __future__ import annotations

from leadline.reports.conditions import say_facts, say_failure
from leadline.reports.explanation import ExitLine, StageLine
from leadline.reports.wording import Setting, shorten
from leadline_compiler.conditions import All, Comparison, NumberAmount, ScoreAmount
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.view import View
from leadline_compiler.interpreter.why import Trace, trace
from leadline_compiler.numbers import MILLION, THOUSAND, write_points
from leadline_compiler.outcome import Outcome
from leadline_dsl.tokens import quote_text

_LONGEST_GAP = 80


def find_stages(outcome: Outcome, setting: Setting) -> tuple[StageLine, ...]:
    """The stages above the contact's own, which it does not reach; none for a contact that is out."""
    if outcome.status != "scored":
        return ()
    above = outcome.stages[-1] + 1 if outcome.stages else 0
    lines = []
    for stage in outcome.model.stages[above:]:
        traced = trace(stage.condition, setting.view)
        said = say_failure(traced, setting)
        short = _points_short(traced, setting.view)
        lines.append(StageLine(stage.name, stage.line, said, traced.distance, short))
    return tuple(lines)


def _points_short(traced: Trace, view: View) -> int | None:
    """The points that are lacking, where they are all that is: `total >= 35`, alone or with parts that hold."""
    failed = [traced]
    while isinstance(failed[0].condition, All):
        failed = [part for part in failed[0].parts if not part.holds]
        if len(failed) != 1:
            return None
    match failed[0].condition:
        case Comparison(relation=">=", left=ScoreAmount() as left, right=NumberAmount() as right):
            has = value_of(left, view)
            return (right.value - has) * THOUSAND // MILLION if isinstance(has, int) else None
        case _:
            return None


def find_exits(outcome: Outcome, setting: Setting) -> tuple[ExitLine, ...]:
    """Every `disqualify` and `exclude`, with why it holds or not."""
    lines = []
    for exit_ in outcome.model.exits:
        traced = trace(exit_.condition, setting.view)
        said = say_facts(traced, setting) if traced.holds else say_failure(traced, setting)
        lines.append(ExitLine(exit_.kind, exit_.name, exit_.line, traced.holds, said))
    return tuple(lines)


def say_points(thousandths: int) -> str:
    return f"{write_points(thousandths)} point{'' if abs(thousandths) == THOUSAND else 's'}"


def say_sentence(outcome: Outcome, stages: tuple[StageLine, ...]) -> str:
    """What has come out: status or stage, points, and how far the next stage is."""
    who, points = shorten(outcome.contact.id), say_points(outcome.total)
    if outcome.status != "scored":
        reasons = ", ".join(map(quote_text, outcome.reasons))
        return f"{who} is {outcome.status} ({reasons}), whatever the {points} say."
    has = f"{who} has {points}" if outcome.stage is None else f"{who} is {outcome.stage} with {points}"
    if not stages:
        return f"{has}."
    gap = _say_gap(stages[0])
    return f"{has}: no stage yet, {gap}." if outcome.stage is None else f"{has}; {gap}."


def _say_gap(stage: StageLine) -> str:
    if stage.short is not None:
        return f"{write_points(stage.short)} short of {stage.stage}"
    if len(stage.said) > _LONGEST_GAP:
        return f"what {stage.stage} needs stands below"
    return f"for {stage.stage} {stage.said}"
