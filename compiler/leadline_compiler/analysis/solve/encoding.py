"""A model, or two models side by side, as one constraint model whose solutions are contacts.

Facts and events are shared by both sides. Where something is taken to be more than it can be (limits per day, what
nothing is known of), the constraint model has solutions that are no contacts: that it has none is a proof all the
same, and a solution counts only when the interpreter confirms the contact that is read from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leadline_compiler import model as m
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.formulas import Formula
from leadline_compiler.analysis.sets import Key
from leadline_compiler.analysis.solve.building import Builder, Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.facts import Fact, literal_of, make_fact
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.limits import Clamps
from leadline_compiler.analysis.solve.literals import Literals
from leadline_compiler.analysis.solve.loose import loose_fields, ties_of
from leadline_compiler.analysis.solve.names import Names
from leadline_compiler.analysis.solve.needs import Needs, SideNeeds, Steps, Wanted
from leadline_compiler.analysis.solve.places import Places
from leadline_compiler.analysis.solve.scores import Decaying, Given, SideSums, add_scores, give, letters
from leadline_compiler.analysis.solve.worths import FactLiterals, Worths
from leadline_compiler.analysis.tests import formula_of
from leadline_compiler.analysis.units import Unit

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

    def __init__(self, analyses: Sequence[Analysis], wanted: Sequence[Wanted], fine: bool, loose: bool) -> None:
        self.builder = Builder()
        self.clamps = Clamps(self.builder, loose)
        self.analyses = tuple(analyses)
        spaces = tuple(one.space for one in self.analyses)
        self._names = Names(spaces)
        self.histories = Histories(self.builder, spaces, self._names.of)
        self.facts: dict[Key, Fact] = {}
        self.places: dict[int, Places] = {}
        """By the first of the sides that see the same events."""
        self._is_exact_otherwise = not any(space.sees_too_much for space in spaces)
        self._takes_ages_together = False
        self._needs = Needs(self.analyses, self.histories, self._names, fine)
        self._needs.ask([*wanted, *(formula for side in self._needs.sides for formula in side.formulas)])
        self.histories.ground()
        self._make_facts()
        self._sums: dict[int, SideSums] = {}
        made = self.builder, self.histories, self.facts
        self._literals = Literals(self.analyses, self._needs, self._names, made, self._places, self._score)
        self.sides = tuple(self._side(side, needs) for side, needs in enumerate(self._needs.sides))
        for side, analysis in enumerate(self.analyses):
            for assumption in analysis.asking.assumptions:
                self.builder.require((self.literal(formula_of(assumption, analysis.scope), side),))

    @property
    def is_exact(self) -> bool:
        """Whether every solution is a contact, as far as is known: nothing was taken to be more than it can be."""
        return self._is_exact_but_for_ages and not self._takes_ages_together

    @property
    def hangs_on_ages(self) -> bool:
        """Whether it is not, and that only since points decay in more steps than are told apart."""
        return self._is_exact_but_for_ages and self._takes_ages_together

    @property
    def _is_exact_but_for_ages(self) -> bool:
        return self._is_exact_otherwise and self._needs.is_exact and not self.guessed

    @property
    def guessed(self) -> set[Key]:
        """What nothing is known of but that it has a value, and that was asked for."""
        return self._literals.guessed

    # ---- facts

    def _make_facts(self) -> None:
        """Makes the facts, and ties those to events by which windows begin or end."""
        fields = [loose_fields(one.space) for one in self.analyses]
        self._is_exact_otherwise = self._is_exact_otherwise and not any(fields)
        named = ({self._names.of(side, key): one for key, one in found.items()} for side, found in enumerate(fields))
        ties = [tie for found in named for tie in ties_of(self.histories.columns, found)]
        for tie in ties:
            self._needs.ask_fact(tie.field, tie.constraint)
        self.facts.update({key: make_fact(asked, self.builder) for key, asked in self._needs.facts.items()})
        for tie in ties:
            is_there = self.builder.at_least(self.histories.columns[tie.place].times, 1)
            self.builder.implies(is_there, literal_of(self.facts[tie.field], tie.constraint, self.builder))

    # ---- sides

    def _side(self, side: int, needs: SideNeeds) -> Side:
        analysis, builder, literals = self.analyses[side], self.builder, self._literals
        facts = FactLiterals(lambda formula: self.literal(formula, side), lambda one: literals.cells_of(one, side))
        worths = Worths(builder, self.histories, self._places(side), facts)
        rules = {
            id(rule): worths.worth(needs.prices[id(rule)], needs.sets.get(id(rule), ()))
            for rule in analysis.model.rules
        }
        decays = {
            score.name: self._decaying(score.decay.decay, *needs.decays[score.name])
            for score in analysis.model.scores
            if score.decay is not None
        }
        self._sums[side] = sums = add_scores(analysis.model, rules, decays, self.clamps)
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

    def _score(self, side: int, name: str | None) -> Linear:
        return self._sums[side].of(name)

    def _decaying(self, decay: m.Decay, steps: Steps, all_: int) -> Decaying:
        reached, found = False, []
        for first, last, number in steps:
            now = self.histories.reaches(number, 1)
            found.append((first, last, self.builder.both((now, negation(reached)))))
            reached = now
        ever = self.histories.reaches(all_, 1)
        later = self.builder.both((ever, negation(reached)))
        return Decaying(decay, tuple(found), later, negation(ever))

    # ---- what is reckoned with

    def large(self) -> list[Literal]:
        """Where something hangs on fields that are too large to be reckoned with, so that it may be so or not."""
        return self._literals.large()

    def reckoned_fields(self) -> Iterable[tuple[str, Linear]]:
        """The values of fields that are reckoned with."""
        return self._literals.reckoned.fields.items()

    def reckoned_totals(self, place: int) -> Iterable[tuple[str, Linear]]:
        """The sums of properties over a column, which is told by its place."""
        return [(name, total) for (column, name), total in self._literals.reckoned.totals.items() if column == place]

    def beyond(self, place: int) -> Iterable[tuple[str, Literal]]:
        """Whether sums of properties over sets that a column is of are beyond all amounts, and so missing."""
        members = self.histories.columns[place].members
        return [(name, one) for (number, name, _), one in self._literals.reckoned.beyond.items() if number in members]

    # ---- what may be wanted of a solution

    def literal(self, formula: Formula, side: int = 0) -> Literal:
        """Whether a formula of a side holds. It must be of the model, or among those wanted when this was made."""
        return self._literals.of(formula, side)

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
        large = total_of(self.builder.worth(one, 1) for one in self._literals.reckoned.beyond.values())
        worse = self._literals.newest.ties().plus(large).times(_WORSE_THAN_EVENTS)
        return self.events().plus(self.known_facts()).plus(worse)

    def known_facts(self) -> Linear:
        """How many fields are known."""
        fields = [fact for key, fact in self.facts.items() if key.kind == "field"]
        known = [negation(fact.missing) for fact in fields if not isinstance(fact.missing, bool)]
        return Linear(tuple((1, one) for one in known), 0, 0, len(known))


def encode(*analyses: Analysis, wanted: Sequence[Wanted] = (), fine: bool = False, loose: bool = False) -> Encoding:
    """The constraint model of one model, or of several side by side as of the same instant.

    `wanted` are further formulas, each with the number of its side, that will be asked for. `fine` tells
    many ages of events apart: more is exact, and it takes longer. `loose` lets each cap
    be switched off (`clamps.flags`). Raises NoSolverError
    where the solver is not installed, and TooManyError where there are more kinds of events than are told apart.
    """
    return Encoding(analyses, wanted, fine, loose)
