"""A model, or two models side by side, as one constraint model whose solutions are contacts.

Facts and events are shared by both sides. Where something is taken to be more than it can be (limits per day, what
nothing is known of), the constraint model has solutions that are no contacts: that it has none is a proof all the
same, and a solution counts only when the interpreter confirms the contact that is read from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import DATES, NUMBERS
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.formulas import Conj, Disj, Formula, Lit
from leadline_compiler.analysis.sets import MANY, Constraint, Counts, Key, Ranges
from leadline_compiler.analysis.solve.building import Builder, Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.facts import Fact, cells_within, literal_of, literals_in, make_fact
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.limits import Clamps
from leadline_compiler.analysis.solve.linear import (
    LARGEST_VALUE,
    MOST_SUMMED,
    CountOf,
    DifferentOf,
    FieldOf,
    SumOf,
    Term,
    Test,
    asks_for_scores,
    terms_of,
    test_of,
)
from leadline_compiler.analysis.solve.loose import Tie, loose_fields, ties_of
from leadline_compiler.analysis.solve.newest import Newest, TakenFrom
from leadline_compiler.analysis.solve.places import Places
from leadline_compiler.analysis.solve.prices import (
    Counted,
    PerLimit,
    Price,
    detail_of,
    formulas_of,
    price_of,
)
from leadline_compiler.analysis.solve.reckoned import Known, Reckoned, Reckoning
from leadline_compiler.analysis.solve.scores import (
    Decaying,
    Given,
    SideSums,
    add_scores,
    decay_steps,
    give,
    letters,
    score_literal,
)
from leadline_compiler.analysis.solve.worths import FactLiterals, Worths, needed_events
from leadline_compiler.analysis.space import EventSet
from leadline_compiler.analysis.tests import formula_of
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.windows import events_of

_WORSE_THAN_EVENTS = 8
"""Events that a solution may have more, to do without two events of one instant that count by their values."""


@dataclass(slots=True)
class Side:
    """One of the models: its analysis, its sums, its exits and stages, its letters by (score, letter)."""

    analysis: Analysis
    sums: SideSums
    given: Given
    letters: dict[tuple[str | None, str | None], Literal]


class Encoding:
    """See the module. Made by `encode`."""

    def __init__(
        self, analyses: Sequence[Analysis], wanted: Sequence[tuple[int, Formula]], fine: bool, loose: bool
    ) -> None:
        self._fine = fine
        self.builder = Builder()
        self.clamps = Clamps(self.builder, loose)
        self.analyses = tuple(analyses)
        self._names: dict[object, int] = {}
        spaces = tuple(one.space for one in self.analyses)
        self.histories = Histories(self.builder, spaces, self.name)
        self._newest = Newest(self.builder, self.histories)
        self.facts: dict[Key, Fact] = {}
        self._literals: list[dict[int, tuple[Formula, Literal]]] = [{} for _ in self.analyses]
        self._sets: dict[tuple[int, int], int] = {}
        self._sums: dict[int, SideSums] = {}
        self.guessed: set[Key] = set()
        """What nothing is known of but that it has a value, and that was asked for."""
        self.places: dict[int, Places] = {}
        """By the first of the sides that see the same events."""
        self._tests: dict[tuple[int, Key, Constraint], Test | TakenFrom] = {}
        self._answers: dict[tuple[int, Key, Constraint], Literal | None] = {}
        self._numbers: dict[tuple[int, EventSet], int] = {}
        self._values = Reckoned()
        self._reckonings = [self._reckoning(side) for side in range(len(self.analyses))]
        self.sides: tuple[Side, ...] = ()
        self._is_exact_otherwise = not any(space.sees_too_much for space in spaces)
        self._takes_ages_together = False
        plans = [self._plan(side) for side in range(len(self.analyses))]
        self._ground([*wanted, *(item for plan in plans for item in plan.formulas)], plans)
        self.sides = tuple(self._side(side, plan) for side, plan in enumerate(plans))
        for side, analysis in enumerate(self.analyses):
            for assumption in analysis.asking.assumptions:
                self.builder.require((self.literal(formula_of(assumption, analysis.scope), side),))

    @property
    def is_exact(self) -> bool:
        """Whether every solution is a contact, as far as is known: nothing was taken to be more than it can be."""
        return self._is_exact_otherwise and not self._takes_ages_together

    @property
    def hangs_on_ages(self) -> bool:
        """Whether it is not, and that only since points decay in more steps than are told apart."""
        return self._is_exact_otherwise and self._takes_ages_together

    # ---- names

    def name(self, side: int, key: Key) -> Key:
        """The attribute's name for all sides: fields have one name; what nothing is known of is the same thing."""
        if key.kind not in ("free", "amount"):
            return key
        what = self.analyses[side].space.what(key)
        number = self._names.setdefault((key.kind, what, self._seeing(side)), len(self._names))
        return Key(key.kind, number) if side or len(self.analyses) > 1 else key

    def _seeing(self, side: int) -> int:
        mine = self.analyses[side].space
        return next(
            index
            for index, one in enumerate(self.analyses)
            if one.space.ignored == mine.ignored and one.space.schema.zone == mine.schema.zone
        )

    # ---- what is needed

    def _plan(self, side: int) -> _Plan:
        analysis = self.analyses[side]
        detail = detail_of(analysis, self._fine)
        plan = _Plan([], {}, {}, {})
        ranges = [rule for score in analysis.ranges.scores for group in score.groups for rule in group.rules]
        for one in ranges:
            price = price_of(one.rule, one, detail, analysis.scope)
            plan.prices[id(one.rule)] = price
            if isinstance(price, Counted):
                most = needed_events(price, detail.enough)
                sets = [self.histories.want(side, slot.events, most) for slot in price.slots]
                daily = any(limit.property is None for limit in price.each)
                self.histories.are_apart = self.histories.are_apart or daily
                plan.sets[id(one.rule)] = tuple(sets)
            else:
                plan.formulas += [(side, formula) for formula in formulas_of(price)]
        for score in analysis.model.scores:
            if score.decay is not None:
                self._plan_decay(side, score, plan)
        plan.formulas += [(side, unit.formula) for unit in analysis.units]
        plan.formulas += [(side, formula_of(one, analysis.scope)) for one in analysis.asking.assumptions]
        return plan

    def _plan_decay(self, side: int, score: m.Score, plan: _Plan) -> None:
        assert score.decay is not None
        scope = self.analyses[side].scope
        events = events_of(score.decay.without, scope)
        steps = decay_steps(score.decay, events, scope.space.as_of, self._fine)
        sets = [self.histories.want(side, step.events, 1) for step in steps]
        plan.decays[score.name] = (
            tuple((step.first, step.last, number) for step, number in zip(steps, sets, strict=True)),
            self.histories.want(side, events, 1),
        )

    def _ground(self, formulas: Iterable[tuple[int, Formula]], plans: Sequence[_Plan]) -> None:
        """Makes the literals of facts and the columns of events, once all that is asked of them is known."""
        asked: dict[Key, dict[Constraint, None]] = {}
        for side in range(len(self.analyses)):
            for literal in literals_in(formula for owner, formula in formulas if owner == side):
                if isinstance(literal.constraint, Counts):
                    for number, least, most in literal.constraint.limits:
                        events = self.analyses[side].space.event_sets[number]
                        largest = max(least if least < MANY else 0, most + 1 if most < MANY else 0)
                        self._sets[side, number] = self.histories.want(side, events, largest)
                elif literal.key.kind != "score":
                    asked.setdefault(self.name(side, literal.key), {})[literal.constraint] = None
                    self._plan_test(side, literal, asked)
        self.histories.ground()
        ties = list(self._loose_ties())
        for tie in ties:
            asked.setdefault(tie.field, {})[tie.constraint] = None
        self.facts.update({key: make_fact(constraints, self.builder) for key, constraints in asked.items()})
        for tie in ties:
            is_there = self.builder.at_least(self.histories.columns[tie.place].times, 1)
            self.builder.implies(is_there, literal_of(self.facts[tie.field], tie.constraint, self.builder))

    def _loose_ties(self) -> Iterable[Tie]:
        for side, analysis in enumerate(self.analyses):
            fields = {self.name(side, key): field for key, field in loose_fields(analysis.space).items()}
            self._is_exact_otherwise = self._is_exact_otherwise and not fields
            yield from ties_of(self.histories.columns, fields)

    def _plan_test(self, side: int, literal: Lit, asked: dict[Key, dict[Constraint, None]]) -> None:
        """Takes note of a test of sums, and asks for the events and fields that it needs."""
        test = test_of(literal, self.analyses[side].scope)
        if test is None:
            return
        self._tests[side, literal.key, literal.constraint] = test
        if isinstance(test, TakenFrom):
            self.histories.are_apart, self._is_exact_otherwise = True, False
            for events in (test.events, test.wanted):
                self._numbers[side, events] = self.histories.want(side, events, 1)
            return
        for term in terms_of(test):
            if isinstance(term, CountOf | SumOf | DifferentOf):
                self._is_exact_otherwise = self._is_exact_otherwise and not isinstance(term, DifferentOf)
                self._numbers[side, term.events] = self.histories.want(side, term.events, MOST_SUMMED)
            elif isinstance(term, FieldOf):
                domain = DATES if term.is_date else NUMBERS
                several = asked.setdefault(Key("field", term.field), {})
                several[Ranges((domain,), False, domain)] = None
                if not term.is_date:
                    several[Ranges(((-LARGEST_VALUE, LARGEST_VALUE),), False, domain)] = None

    def _reckoning(self, side: int) -> Reckoning:
        def number_of(term: Term) -> int:
            assert isinstance(term, CountOf | SumOf | DifferentOf)
            return self._numbers[side, term.events]

        def different(number: int, name: str) -> Linear:
            return self._places(side).kept(number, PerLimit(1, name))

        def score(name: str | None) -> Linear:
            return self._sums[side].of(name)

        known = Known(number_of, score, different)
        return Reckoning(self.builder, self.histories, self.facts, self._values, known)

    def _guess(self, side: int, key: Key) -> None:
        self._is_exact_otherwise = False
        self.guessed.add(self.name(side, key))

    def large(self) -> list[Literal]:
        """Where something hangs on fields that are too large to be reckoned with, so that it may be so or not."""
        return [one for reckoning in self._reckonings for one in reckoning.large]

    def reckoned_fields(self) -> Iterable[tuple[str, Linear]]:
        """The values of fields that are reckoned with."""
        return self._values.fields.items()

    def reckoned_totals(self, place: int) -> Iterable[tuple[str, Linear]]:
        """The sums of properties over a column, which is told by its place."""
        return [(name, total) for (column, name), total in self._values.totals.items() if column == place]

    def beyond(self, place: int) -> Iterable[tuple[str, Literal]]:
        """Whether sums of properties over sets that a column is of are beyond all amounts, and so missing."""
        members = self.histories.columns[place].members
        return [(name, one) for (number, name), one in self._values.beyond.items() if number in members]

    # ---- literals

    def literal(self, formula: Formula, side: int = 0) -> Literal:
        """Whether a formula of a side holds. It must be of the model, or among those wanted when this was made."""
        known = self._literals[side].get(id(formula))
        if known is None:
            known = self._literals[side][id(formula)] = formula, self._literal(formula, side)
        return known[1]

    def _literal(self, formula: Formula, side: int) -> Literal:
        match formula:
            case Conj(parts):
                return self.builder.both(self.literal(part, side) for part in parts)
            case Disj(parts):
                return self.builder.either(self.literal(part, side) for part in parts)
            case Lit(key, Counts(limits)):
                return self.builder.both(
                    literal for number, least, most in limits for literal in self._count(side, number, least, most)
                )
            case Lit(Key("score", name), constraint):
                assert isinstance(constraint, Ranges)
                return score_literal(constraint, self._sums[side].of(str(name) or None), self.builder)
            case Lit(key, constraint):
                if key.kind in ("free", "amount"):
                    test = self._tests.get((side, key, constraint))
                    reckoned = None if test is None else self._reckoned(side, formula, test)
                    if reckoned is not None:
                        return reckoned
                    self._guess(side, key)
                return literal_of(self.facts[self.name(side, key)], constraint, self.builder)

    def _reckoned(self, side: int, literal: Lit, test: Test | TakenFrom) -> Literal | None:
        """Whether a test holds. Both sides have one answer to what both ask, but for scores: each has its own."""
        asked = side if asks_for_scores(test) else 0, self.name(side, literal.key), literal.constraint
        if asked not in self._answers:
            self._answers[asked] = self._reckon(side, test)
        return self._answers[asked]

    def _reckon(self, side: int, test: Test | TakenFrom) -> Literal | None:
        if isinstance(test, TakenFrom):
            numbers = self._numbers[side, test.events], self._numbers[side, test.wanted]
            return self._newest.literal(test, *numbers, self.analyses[side].space)
        return self._reckonings[side].literal(test)

    def _count(self, side: int, number: int, least: int, most: int) -> Iterable[Literal]:
        set_ = self._sets[side, number]
        yield self.histories.reaches(set_, least) if least < MANY else False
        yield negation(self.histories.reaches(set_, most + 1)) if most < MANY else True

    def _cells_of(self, formula: Formula, side: int) -> Sequence[Literal] | None:
        """The cells in which a formula holds that speaks of one attribute with cells."""
        if not isinstance(formula, Lit) or formula.key.kind != "field":
            return None
        return cells_within(self.facts[self.name(side, formula.key)], formula.constraint)

    # ---- sides

    def _side(self, side: int, plan: _Plan) -> Side:
        analysis, builder = self.analyses[side], self.builder
        facts = FactLiterals(lambda formula: self.literal(formula, side), lambda formula: self._cells_of(formula, side))
        worths = Worths(builder, self.histories, self._places(side), facts)
        rules = {
            id(rule): worths.worth(plan.prices[id(rule)], plan.sets.get(id(rule), ())) for rule in analysis.model.rules
        }
        decays = {
            score.name: self._decaying(score.decay.decay, *plan.decays[score.name])
            for score in analysis.model.scores
            if score.decay is not None
        }
        sums = add_scores(analysis.model, rules, decays, self.clamps)
        self._sums[side] = sums
        self._is_exact_otherwise = self._is_exact_otherwise and worths.is_exact
        if worths.takes_ages_together or not all(one.is_exact for one in decays.values()):
            self._takes_ages_together = True
        exits = [self.literal(unit.formula, side) for unit in analysis.units if unit.exit is not None]
        met = [self.literal(unit.formula, side) for unit in analysis.units if unit.stage is not None]
        given = give(analysis.model, exits, met, builder)
        return Side(analysis, sums, given, letters(analysis.model, sums, builder))

    def _places(self, side: int) -> Places:
        first = self.histories.first_alike(side)
        if first not in self.places:
            self.places[first] = Places(self.builder, self.histories, self.analyses[first].space)
        return self.places[first]

    def _decaying(self, decay: m.Decay, steps: _Steps, all_: int) -> Decaying:
        reached, found = False, []
        for first, last, number in steps:
            now = self.histories.reaches(number, 1)
            found.append((first, last, self.builder.both((now, negation(reached)))))
            reached = now
        ever = self.histories.reaches(all_, 1)
        later = self.builder.both((ever, negation(reached)))
        return Decaying(decay, tuple(found), later, negation(ever))

    # ---- what may be wanted of a solution

    def unit(self, unit: Unit, side: int = 0) -> Literal:
        """Whether a unit holds."""
        return self.literal(unit.formula, side)

    def stage(self, name: str, side: int = 0) -> Literal:
        """Whether a contact is given a stage."""
        index = next(i for i, stage in enumerate(self.analyses[side].model.stages) if stage.name == name)
        return self.sides[side].given.stages[index]

    def missing(self, field: str) -> Literal:
        """Whether a field may be missing; True where nothing asks for it."""
        fact = self.facts.get(Key("field", field))
        return True if fact is None else fact.missing

    def events(self) -> Linear:
        """How many events there are, as far as anything can tell."""
        return Linear(
            tuple(part for one in self.histories.columns for part in one.times.parts),
            0,
            0,
            sum(one.times.high for one in self.histories.columns),
        )

    def plainness(self) -> Linear:
        """The less it is, the surer a solution is to be read as a contact: few events, few facts, hardly any ties."""
        large = total_of(self.builder.worth(one, 1) for one in self._values.beyond.values())
        worse = self._newest.ties().plus(large).times(_WORSE_THAN_EVENTS)
        return self.events().plus(self.known_facts()).plus(worse)

    def known_facts(self) -> Linear:
        """How many fields are known."""
        fields = [fact for key, fact in self.facts.items() if key.kind == "field"]
        known = [negation(fact.missing) for fact in fields if not isinstance(fact.missing, bool)]
        return Linear(tuple((1, one) for one in known), 0, 0, len(known))


_Steps: TypeAlias = tuple[tuple[int, int, int], ...]
"""Of a decaying score the first and the last of some steps, and the set of events since which it is no more."""


@dataclass(slots=True)
class _Plan:
    """What a side needs: formulas; prices and sets by the identity of the rule; of each decaying score the steps
    with their sets, and the set of all events that hold the decay back."""

    formulas: list[tuple[int, Formula]]
    prices: dict[int, Price]
    sets: dict[int, tuple[int, ...]]
    decays: dict[str, tuple[_Steps, int]]


def encode(
    *analyses: Analysis, wanted: Sequence[tuple[int, Formula]] = (), fine: bool = False, loose: bool = False
) -> Encoding:
    """The constraint model of one model, or of several side by side as of the same instant.

    `wanted` are further formulas, each with the number of its side, that will be asked for. `fine` tells
    many ages of events apart: more is exact, and it takes longer. `loose` lets each cap
    be switched off (`clamps.flags`). Raises NoSolverError
    where the solver is not installed, and TooManyError where there are more kinds of events than are told apart.
    """
    return Encoding(analyses, wanted, fine, loose)
