"""Ways into a stage: what every way needs, and which are shorter than they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler import model as m
from leadline_compiler.analysis.confirm import shrink
from leadline_compiler.analysis.reach import (
    Impossible,
    Open,
    Shown,
    Verdict,
    is_too_high_without,
    stage_shown_without,
    stage_verdict,
)
from leadline_compiler.analysis.solve.asking import Goal, ask, confirmed
from leadline_compiler.analysis.solve.building import Linear, negation, total_of
from leadline_compiler.analysis.solve.prover import Extreme, Finding, Found, Proved, Unclear, points_of
from leadline_compiler.analysis.solve.verdicts import wanted_score
from leadline_compiler.conditions import (
    Comparison,
    Condition,
    CountAmount,
    FieldAmount,
    Has,
    IsKnown,
    NumberAmount,
    Occurrence,
)
from leadline_compiler.contacts import Contact
from leadline_compiler.numbers import MILLION

if TYPE_CHECKING:
    from leadline_compiler.analysis.analysis import Analysis
    from leadline_compiler.analysis.solve.building import Literal
    from leadline_compiler.analysis.solve.encoding import Encoding
    from leadline_compiler.analysis.units import Unit

MOST_RULES = 500
"""Rules of a model beyond which single points are looked for with `--deep` alone."""


@dataclass(frozen=True, slots=True)
class Single:
    """Every way into `stage` needs points of `rule`. `without` is the most that `score` comes to without them, where
    the stage asks for one score."""

    stage: Unit
    rule: m.Rule
    score: str | None
    without: int | None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A contact that is given `stage` with so little. `event` and `times`: by one kind of event, so often."""

    stage: Unit
    contact: Contact
    event: str = ""
    times: int = 0


def is_too_many(analysis: Analysis) -> bool:
    """Whether the model has so many rules that some questions are left to `--deep`."""
    return len(analysis.model.rules) > MOST_RULES and not analysis.prover.is_deep


def single_points(analysis: Analysis, stage: Unit, shown: Contact) -> Iterator[Single | Unclear]:
    """The rules without whose points nobody is given a stage, of which a contact is shown.

    Rules that the stage's own condition asks for are no news.
    """
    asked = {id(unit.rule) for unit in analysis.units if unit.rule is not None and _asks_for(analysis, stage, unit)}
    suspects = [rule for rule in _paying(analysis, shown) if id(rule) not in asked]
    while suspects:
        rule = suspects.pop(0)
        found = _reached_without(analysis, stage, rule)
        match found:
            case Proved():
                score, without = _most_without(analysis, stage, rule)
                yield Single(stage, rule, score, without)
            case Found(contact):
                # Whoever gets there without other rules too clears them as well.
                paying = {id(one) for one in _paying(analysis, contact)}
                suspects = [one for one in suspects if id(one) in paying]
            case Unclear():
                yield found
                return


def _reached_without(analysis: Analysis, stage: Unit, rule: m.Rule) -> Finding:
    """Whether somebody is given a stage without points of a rule. The bounds or climbing often tell, without search."""
    shows = _shows_without(analysis, stage, rule)
    if analysis.search != "none":
        if is_too_high_without(analysis, stage, rule):
            return Proved()
        contact = stage_shown_without(analysis, stage, rule, shows)
        if contact is not None:
            return Found(contact)
    return analysis.prover.reach(partial(_without, stage, rule), shows, small=False)


def _asks_for(analysis: Analysis, stage: Unit, unit: Unit) -> bool:
    """Whether whoever meets the condition of a stage provably meets a unit."""
    return analysis.asking.implies(analysis.question(stage), analysis.question(unit))


def _paying(analysis: Analysis, contact: Contact) -> list[m.Rule]:
    return [one.rule for one in analysis.outcome(contact).rules if one.points > 0]


def _without(stage: Unit, rule: m.Rule, encoding: Encoding) -> list[Literal]:
    return [encoding.stage(stage.name), _unpaid(rule, encoding)]


def _unpaid(rule: m.Rule, encoding: Encoding) -> Literal:
    return negation(encoding.builder.at_least(encoding.sides[0].sums.rules[id(rule)], 1))


def _shows_without(analysis: Analysis, stage: Unit, rule: m.Rule) -> Callable[[Contact], bool]:
    def shows(contact: Contact) -> bool:
        outcome = analysis.outcome(contact)
        unpaid = all(one.points <= 0 for one in outcome.rules if one.rule is rule)
        return outcome.stage == stage.name and unpaid and analysis.shows(())(contact)

    return shows


def _most_without(analysis: Analysis, stage: Unit, rule: m.Rule) -> tuple[str | None, int | None]:
    """The one score that the stage asks for, and the most that it comes to without the points of a rule, for those
    who meet the rest of its condition."""
    wanted = wanted_score(stage.formula)
    if wanted is None:
        return None, None
    score, _, rest = wanted
    extreme: Extreme = analysis.prover.extreme(
        lambda encoding: encoding.sides[0].sums.of(score),
        partial(points_of, score),
        True,
        lambda encoding: [_unpaid(rule, encoding), *(encoding.literal(part) for part in rest)],
    )
    return score, extreme.value if extreme.is_exact else None


# ---- shortcuts


def by_facts_alone(analysis: Analysis, stage: Unit) -> Shortcut | Unclear | None:
    """A contact without any event that is given a stage; None where there is none."""

    def shows(contact: Contact) -> bool:
        given = analysis.outcome(contact).stage == stage.name
        return given and not contact.events and analysis.shows(())(contact)

    match _verdict_among(analysis, stage, _none_of(analysis, {event.name for event in analysis.model.schema.events})):
        case Impossible():
            return None
        case Shown(contact) if shows(contact):
            return Shortcut(stage, shrink(contact, shows))
    found = analysis.prover.reach(lambda encoding: [encoding.stage(stage.name), _no_events(encoding)], shows)
    if isinstance(found, Found):
        return Shortcut(stage, found.contact)
    return found if isinstance(found, Unclear) else None


def _verdict_among(analysis: Analysis, stage: Unit, also: tuple[Condition, ...]) -> Verdict:
    """What the bounds and climbing tell of a stage among the contacts that meet some conditions more.

    Nothing where no search was asked for: to bound a model anew is no work for each key that is pressed.
    """
    if analysis.search == "none":
        return Open()
    narrowed = analysis.narrowed(also)
    return next(stage_verdict(narrowed, unit) for unit in narrowed.units if unit.stage is stage.stage)


def _none_of(analysis: Analysis, events: set[str]) -> tuple[Condition, ...]:
    named = (one.name for one in analysis.model.schema.events if one.name in events)
    return tuple(Has(Occurrence((name,), None, (), False), True) for name in named)


def _at_most_once(event: str) -> Condition:
    return Comparison("<=", CountAmount(Occurrence((event,), None, (), False)), NumberAmount(MILLION))


def _no_events(encoding: Encoding) -> Literal:
    return negation(encoding.builder.at_least(encoding.events(), 1))


def by_one_event(analysis: Analysis, stage: Unit, event: str) -> Shortcut | Unclear | None:
    """A contact of whom nothing is known but one kind of event, no event of which could be left out, who is given a
    stage.

    None where there is none, and where one such event is enough: that is no repetition.
    """

    def shows(contact: Contact) -> bool:
        return (
            analysis.outcome(contact).stage == stage.name
            and not contact.values
            and all(one.type == event for one in contact.events)
            and analysis.shows(())(contact)
        )

    few = _nothing_known_but(analysis, event)
    verdict = _verdict_among(analysis, stage, few)
    if isinstance(verdict, Impossible):
        return None
    if isinstance(verdict, Shown) and shows(verdict.contact):
        match _verdict_among(analysis, stage, (*few, _at_most_once(event))):
            case Shown():
                return None
            case Impossible():
                return _repeated(stage, event, shrink(verdict.contact, shows))
    encoding = analysis.prover.encoding()
    if isinstance(encoding, str):
        return Unclear(encoding)
    required = [encoding.stage(stage.name), *_nothing_but(event, encoding)]
    mine = total_of(one.times for one in encoding.histories.columns if one.column.type == event)
    answer = ask(encoding, required, analysis.prover.effort, Goal(mine, False))
    if answer.kind == "none" or (answer.value is not None and answer.value <= 1):
        return None
    contact = confirmed(answer, shows) or analysis.prover.mended(answer, shows)
    if contact is None and answer.kind == "found":
        plain = analysis.prover.plainest(encoding, required)
        contact = confirmed(plain, shows) or analysis.prover.mended(plain, shows)
    if contact is None:
        return Unclear(analysis.prover.why(answer, encoding))
    return _repeated(stage, event, shrink(contact, shows))


def _repeated(stage: Unit, event: str, contact: Contact) -> Shortcut | None:
    times = len(contact.events)
    return Shortcut(stage, contact, event, times) if times > 1 else None


def _nothing_known_but(analysis: Analysis, event: str) -> tuple[Condition, ...]:
    """No field is known, and there are no other kinds of events."""
    others = {one.name for one in analysis.model.schema.events} - {event}
    unknown = (IsKnown(FieldAmount(field.name, field.type), False) for field in analysis.model.schema.fields)
    return (*unknown, *_none_of(analysis, others))


def _nothing_but(event: str, encoding: Encoding) -> Sequence[Literal]:
    """No field is known, and there are no other events."""
    others: Linear = total_of(one.times for one in encoding.histories.columns if one.column.type != event)
    unknown = [fact.missing for key, fact in encoding.facts.items() if key.kind == "field"]
    return [*unknown, negation(encoding.builder.at_least(others, 1))]
