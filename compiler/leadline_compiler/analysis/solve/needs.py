"""What a constraint model must tell apart: taken down from all rules and formulas before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import DATES, NUMBERS
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.formulas import Formula, Lit
from leadline_compiler.analysis.sets import MANY, Constraint, Counts, Key, Ranges
from leadline_compiler.analysis.solve.facts import literals_in
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.linear import (
    LARGEST_VALUE,
    MOST_SUMMED,
    CountOf,
    DifferentOf,
    FieldOf,
    SumOf,
    Term,
    Test,
    terms_of,
    test_of,
)
from leadline_compiler.analysis.solve.names import Names
from leadline_compiler.analysis.solve.newest import TakenFrom
from leadline_compiler.analysis.solve.prices import Counted, Price, detail_of, formulas_of, price_of
from leadline_compiler.analysis.solve.scores import decay_steps
from leadline_compiler.analysis.solve.worths import needed_events
from leadline_compiler.analysis.space import EventSet
from leadline_compiler.analysis.tests import formula_of
from leadline_compiler.analysis.windows import events_of

Steps: TypeAlias = tuple[tuple[int, int, int], ...]
"""Of a decaying score the first and the last of some steps, and the set of events since which it is no more."""

Wanted: TypeAlias = tuple[int, Formula]
"""A formula with the number of its side."""


@dataclass(slots=True)
class SideNeeds:
    """What a side needs: formulas; prices and sets by the identity of the rule; of each decaying score the steps
    with their sets, and the set of all events that hold the decay back."""

    formulas: list[Wanted] = field(default_factory=list)
    prices: dict[int, Price] = field(default_factory=dict)
    sets: dict[int, tuple[int, ...]] = field(default_factory=dict)
    decays: dict[str, tuple[Steps, int]] = field(default_factory=dict)


class Needs:
    """What is needed of facts and events. Sets of events are asked for from the `histories`.

    `facts`: what is asked of each attribute. `sets`: the numbers of the sets that are counted, by side and their number
    in its space; `numbers`: those of the sets that `tests` are about, which look at more than one attribute.
    """

    def __init__(self, analyses: Sequence[Analysis], histories: Histories, names: Names, fine: bool) -> None:
        self._analyses = analyses
        self._histories = histories
        self._names = names
        self._fine = fine
        self.facts: dict[Key, dict[Constraint, None]] = {}
        self.sets: dict[tuple[int, int], int] = {}
        self.numbers: dict[tuple[int, EventSet], int] = {}
        self.tests: dict[tuple[int, Key, Constraint], Test | TakenFrom] = {}
        self.is_exact = True
        """Whether no test was taken to be more than it can be."""
        self.sides = tuple(self._of_side(side) for side in range(len(analyses)))

    # ---- a side

    def _of_side(self, side: int) -> SideNeeds:
        analysis, needs = self._analyses[side], SideNeeds()
        detail = detail_of(analysis, self._fine)
        ranges = [rule for score in analysis.ranges.scores for group in score.groups for rule in group.rules]
        for one in ranges:
            price = price_of(one.rule, one, detail, analysis.scope)
            needs.prices[id(one.rule)] = price
            if isinstance(price, Counted):
                most = needed_events(price, detail.enough)
                sets = [self._histories.want(side, slot.events, most) for slot in price.slots]
                daily = any(limit.property is None for limit in price.each)
                self._histories.are_apart = self._histories.are_apart or daily
                needs.sets[id(one.rule)] = tuple(sets)
            else:
                needs.formulas += [(side, formula) for formula in formulas_of(price)]
        for score in analysis.model.scores:
            if score.decay is not None:
                needs.decays[score.name] = self._of_decay(side, score.decay)
        needs.formulas += [(side, unit.formula) for unit in analysis.units]
        needs.formulas += [(side, formula_of(one, analysis.scope)) for one in analysis.asking.assumptions]
        return needs

    def _of_decay(self, side: int, decay: m.ScoreDecay) -> tuple[Steps, int]:
        scope = self._analyses[side].scope
        events = events_of(decay.without, scope)
        steps = decay_steps(decay, events, scope.space.as_of, self._fine)
        sets = [self._histories.want(side, step.events, 1) for step in steps]
        found = tuple((step.first, step.last, number) for step, number in zip(steps, sets, strict=True))
        return found, self._histories.want(side, events, 1)

    # ---- formulas

    def ask(self, wanted: Iterable[Wanted]) -> None:
        """Takes down what formulas ask for."""
        wanted = tuple(wanted)
        for side in range(len(self._analyses)):
            for literal in literals_in(formula for owner, formula in wanted if owner == side):
                if isinstance(literal.constraint, Counts):
                    self._ask_counts(side, literal.constraint)
                elif literal.key.kind != "score":
                    self.ask_fact(self._names.of(side, literal.key), literal.constraint)
                    self._ask_test(side, literal)

    def ask_fact(self, name: Key, constraint: Constraint) -> None:
        """Takes down that it matters whether an attribute is as a constraint says."""
        self.facts.setdefault(name, {})[constraint] = None

    def _ask_counts(self, side: int, counts: Counts) -> None:
        for number, least, most in counts.limits:
            events = self._analyses[side].space.event_sets[number]
            largest = max(least if least < MANY else 0, most + 1 if most < MANY else 0)
            self.sets[side, number] = self._histories.want(side, events, largest)

    def _ask_test(self, side: int, literal: Lit) -> None:
        """Takes down a test of sums, and asks for the events and fields that it needs."""
        test = test_of(literal, self._analyses[side].scope)
        if test is None:
            return
        self.tests[side, literal.key, literal.constraint] = test
        if isinstance(test, TakenFrom):
            self._histories.are_apart, self.is_exact = True, False
            for events in (test.events, test.wanted):
                self.numbers[side, events] = self._histories.want(side, events, 1)
            return
        for term in terms_of(test):
            self._ask_term(side, term)

    def _ask_term(self, side: int, term: Term) -> None:
        match term:
            case CountOf(events) | SumOf(events) | DifferentOf(events):
                self.is_exact = self.is_exact and not isinstance(term, DifferentOf)
                self.numbers[side, events] = self._histories.want(side, events, MOST_SUMMED)
            case FieldOf(name, is_date):
                domain = DATES if is_date else NUMBERS
                self.ask_fact(Key("field", name), Ranges((domain,), False, domain))
                if not is_date:
                    small = ((-LARGEST_VALUE, LARGEST_VALUE),)
                    self.ask_fact(Key("field", name), Ranges(small, False, domain))
