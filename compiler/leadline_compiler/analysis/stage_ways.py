"""What is found of the ways into each stage, and what is left to a longer search. Each is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leadline_compiler import model as m
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.cells import literals_of
from leadline_compiler.analysis.reach import Shown
from leadline_compiler.analysis.saturation import saturated_units
from leadline_compiler.analysis.solve.pointless import pointless_units
from leadline_compiler.analysis.solve.prover import Unclear
from leadline_compiler.analysis.solve.ways import (
    Shortcut,
    Single,
    by_facts_alone,
    by_one_event,
    is_too_many,
    single_points,
)
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.verdicts import stage_verdicts
from leadline_compiler.conditions import Occurrence
from leadline_compiler.contacts import Contact
from leadline_dsl.walk import walk


@dataclass(frozen=True, slots=True)
class Left:
    """What was not settled of something, and why."""

    what: str
    why: str


def needed_rules(analysis: Analysis) -> tuple[Single, ...]:
    """The single points of all stages."""
    return tuple(one for one in _singles(analysis) if isinstance(one, Single))


_SEVERAL = 5
"""Rules that add to a stage: of fewer it is plain to see which are needed."""


@lru_cache(maxsize=2)
def _singles(analysis: Analysis) -> tuple[Single | Unclear, ...]:
    if is_too_many(analysis):
        return ()
    stages = [(stage, shown) for stage, shown in _shown(analysis) if len(_earning(analysis, stage)) >= _SEVERAL]
    return tuple(one for stage, shown in stages for one in single_points(analysis, stage, shown))


def _shown(analysis: Analysis) -> Iterator[tuple[Unit, Contact]]:
    """The stages that ask for a score and that somebody can be given, with a contact."""
    for stage, verdict in stage_verdicts(analysis):
        if isinstance(verdict, Shown) and scores_of(stage):
            yield stage, verdict.contact


def scores_of(stage: Unit) -> frozenset[str]:
    """The scores that a stage asks for; the total is the empty name."""
    return frozenset(str(literal.key.name) for literal in literals_of(stage.formula) if literal.key.kind == "score")


def fact_shortcuts(analysis: Analysis) -> tuple[Shortcut, ...]:
    """The stages that facts alone lead to, of those that mix facts and behaviour."""
    return tuple(one for one in _by_facts(analysis) if isinstance(one, Shortcut))


@lru_cache(maxsize=2)
def _by_facts(analysis: Analysis) -> tuple[Shortcut | Unclear, ...]:
    stages = (stage for stage, _ in _shown(analysis) if _is_mixed(analysis, stage))
    return tuple(one for stage in stages if (one := by_facts_alone(analysis, stage)) is not None)


def event_shortcuts(analysis: Analysis) -> tuple[Shortcut, ...]:
    """The stages that one kind of event alone leads to."""
    return tuple(one for one in _by_events(analysis) if isinstance(one, Shortcut))


@lru_cache(maxsize=2)
def _by_events(analysis: Analysis) -> tuple[Shortcut | Unclear, ...]:
    return tuple(
        one
        for stage, _ in _shown(analysis)
        if _is_mixed(analysis, stage)
        for event in sorted(_earning_events(analysis, stage))
        if (one := by_one_event(analysis, stage, event)) is not None
    )


def _is_mixed(analysis: Analysis, stage: Unit) -> bool:
    """Whether both facts and events add to what a stage asks for."""
    rules = _earning(analysis, stage)
    return any(_events_of(rule) for rule in rules) and any(not _events_of(rule) for rule in rules)


def _earning(analysis: Analysis, stage: Unit) -> list[m.Rule]:
    """The rules that can add to a score that a stage asks for."""
    asked = scores_of(stage)
    named = {term.score for term in analysis.model.total.terms} | asked if "" in asked else asked
    return [
        one.rule
        for score in analysis.ranges.scores
        if score.score.name in named
        for group in score.groups
        for one in group.rules
        if one.range.high is None or one.range.high > 0
    ]


def _earning_events(analysis: Analysis, stage: Unit) -> set[str]:
    return {name for rule in _earning(analysis, stage) for name in _events_of(rule)}


def _events_of(rule: m.Rule) -> frozenset[str]:
    return frozenset(name for node, _ in walk(rule.body) if isinstance(node, Occurrence) for name in node.events)


@lru_cache(maxsize=2)
def found_pointless(analysis: Analysis) -> tuple[Unit | Unclear, ...]:
    """Units that no bound ever shows, without those of which that is told by rules that hold together."""
    known = frozenset(id(unit) for unit, _, _ in saturated_units(analysis))
    return () if is_too_many(analysis) else tuple(pointless_units(analysis, known))


def left_open(analysis: Analysis) -> Iterator[Left]:
    """What could not be told of the ways into the stages, each thing once."""
    if is_too_many(analysis):
        what = "whether every way into a stage needs one rule, and whether a rule never matters behind a cap"
        yield Left(what, "with more than 500 rules `leadline check --deep` looks for it")
    told = {
        "whether every way into a stage needs one and the same rule": _singles(analysis),
        "whether a stage can be reached by facts alone": _by_facts(analysis),
        "whether a stage can be reached by one kind of event alone": _by_events(analysis),
        "whether a rule never matters behind a cap": found_pointless(analysis),
    }
    reasons: dict[str, list[str]] = {}
    for what, found in told.items():
        why = next((one.why for one in found if isinstance(one, Unclear)), None)
        if why is not None:
            reasons.setdefault(why, []).append(what)
    for why, several in reasons.items():
        yield Left(" and ".join(several), why)
