"""The first sentence of an explanation, and the stages that it may speak of."""

from __future__ import annotations

from collections.abc import Iterator

from leadline.reports.conditions import say_facts, say_failure
from leadline.reports.explanation import ExitLine, ReachedLine, StageLine
from leadline.reports.wording import Setting, shorten
from leadline_compiler.conditions import All, Comparison, NumberAmount, ScoreAmount
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.why import Trace, trace
from leadline_compiler.model import Stage
from leadline_compiler.numbers import MILLION, THOUSAND, write_points
from leadline_compiler.outcome import Outcome
from leadline_dsl.tokens import quote_text

_LONGEST_GAP = 80


def find_stages(outcome: Outcome, setting: Setting) -> tuple[StageLine, ...]:
    """The stages above the contact's own, which it does not reach; none for a contact that is out."""
    if outcome.status != "scored":
        return ()
    above = outcome.stages[-1] + 1 if outcome.stages else 0
    return tuple(_stage(stage, setting) for stage in outcome.model.stages[above:])


def find_reached(outcome: Outcome, setting: Setting) -> ReachedLine | None:
    """The contact's stage; None where it has none."""
    if outcome.stage is None:
        return None
    stage = outcome.model.stages[outcome.stages[-1]]
    said = say_facts(trace(stage.condition, setting.view), setting)
    return ReachedLine(stage.name, stage.line, said, stage.care.because)


def _stage(stage: Stage, setting: Setting) -> StageLine:
    traced = trace(stage.condition, setting.view)
    failed = tuple(_failed_parts(traced))
    said = say_failure(traced, setting)
    for part in failed:
        match part.condition:
            case Comparison(relation=">=", left=ScoreAmount() as left, right=NumberAmount() as right):
                has = value_of(left, setting.view)
                if isinstance(has, int):
                    short = (right.value - has) * THOUSAND // MILLION
                    also = tuple(other.condition.text for other in failed if other is not part)
                    return StageLine(stage.name, stage.line, said, traced.distance, short, left.score, also)
    return StageLine(stage.name, stage.line, said, traced.distance, None, None, ())


def _failed_parts(traced: Trace) -> Iterator[Trace]:
    """The failed parts that are joined by `and`, a condition being its only part; none of one that holds."""
    if traced.holds:
        return
    if not isinstance(traced.condition, All):
        yield traced
        return
    for part in traced.parts:
        yield from _failed_parts(part)


def find_exits(outcome: Outcome, setting: Setting) -> tuple[ExitLine, ...]:
    """Every `disqualify` and `exclude`, with why it holds or not."""
    lines = []
    for exit_ in outcome.model.exits:
        traced = trace(exit_.condition, setting.view)
        said = say_facts(traced, setting) if traced.holds else say_failure(traced, setting)
        lines.append(ExitLine(exit_.kind, exit_.name, exit_.line, traced.holds, said, exit_.care.because))
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
    """`15 short of MQL`, or the part that failed."""
    if stage.short is not None:
        where = f" in {stage.short_in}" if stage.short_in is not None else ""
        return f"{write_points(stage.short)} short of {stage.stage}{where}{_say_also(stage.also)}"
    if len(stage.said) > _LONGEST_GAP:
        return f"what {stage.stage} needs stands below"
    return f"for {stage.stage}, {stage.said}"


def _say_also(parts: tuple[str, ...]) -> str:
    if not parts:
        return ""
    if len(parts) == 1 and len(parts[0]) <= _LONGEST_GAP:
        return f", which also needs {parts[0]}"
    return f", which needs {len(parts)} other thing{'' if len(parts) == 1 else 's'} too"
