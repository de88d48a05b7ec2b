"""Formulas as literals of a constraint model: whether each holds for the contact that a solution stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.formulas import Conj, Disj, Formula, Lit
from leadline_compiler.analysis.sets import MANY, Constraint, Counts, Key, Ranges
from leadline_compiler.analysis.solve.building import Builder, Linear, Literal, negation
from leadline_compiler.analysis.solve.facts import Fact, cells_within, literal_of
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.linear import CountOf, DifferentOf, SumOf, Term, Test, asks_for_scores
from leadline_compiler.analysis.solve.names import Names
from leadline_compiler.analysis.solve.needs import Needs
from leadline_compiler.analysis.solve.newest import Newest, TakenFrom
from leadline_compiler.analysis.solve.places import Places
from leadline_compiler.analysis.solve.prices import PerLimit
from leadline_compiler.analysis.solve.reckoned import Known, Reckoned, Reckoning
from leadline_compiler.analysis.solve.scores import score_literal

PlacesOf: TypeAlias = Callable[[int], Places]
"""The places of a side's events."""
ScoreOf: TypeAlias = Callable[[int, str | None], Linear]
"""The points of a side's score, or of its total."""


class Literals:
    """The literals of all sides, over facts and histories that were made for what the needs ask of them."""

    def __init__(
        self,
        analyses: Sequence[Analysis],
        needs: Needs,
        names: Names,
        made: tuple[Builder, Histories, dict[Key, Fact]],
        places: PlacesOf,
        score: ScoreOf,
    ) -> None:
        self._spaces = tuple(one.space for one in analyses)
        self._needs = needs
        self._names = names
        self._builder, self._histories, self._facts = made
        self._places = places
        self._score = score
        self.newest = Newest(self._builder, self._histories)
        self.reckoned = Reckoned()
        self._reckonings = [self._reckoning(side) for side in range(len(analyses))]
        self._known: list[dict[int, tuple[Formula, Literal]]] = [{} for _ in analyses]
        self._answers: dict[tuple[int, Key, Constraint], Literal | None] = {}
        self.guessed: set[Key] = set()
        """What nothing is known of but that it has a value, and that was asked for."""

    def _reckoning(self, side: int) -> Reckoning:
        def number_of(term: Term) -> int:
            assert isinstance(term, CountOf | SumOf | DifferentOf)
            return self._needs.numbers[side, term.events]

        def different(number: int, name: str) -> Linear:
            return self._places(side).kept(number, PerLimit(1, name))

        def score(name: str | None) -> Linear:
            return self._score(side, name)

        return Reckoning(self._builder, self._histories, self._facts, self.reckoned, Known(number_of, score, different))

    def large(self) -> list[Literal]:
        """Where something hangs on fields that are too large to be reckoned with, so that it may be so or not."""
        return [one for reckoning in self._reckonings for one in reckoning.large]

    def of(self, formula: Formula, side: int = 0) -> Literal:
        """Whether a formula of a side holds, which the needs have taken down."""
        known = self._known[side].get(id(formula))
        if known is None:
            known = self._known[side][id(formula)] = formula, self._literal(formula, side)
        return known[1]

    def cells_of(self, formula: Formula, side: int) -> Sequence[Literal] | None:
        """The cells in which a formula holds that speaks of one attribute with cells."""
        if not isinstance(formula, Lit) or formula.key.kind != "field":
            return None
        return cells_within(self._facts[self._names.of(side, formula.key)], formula.constraint)

    def _literal(self, formula: Formula, side: int) -> Literal:
        match formula:
            case Conj(parts):
                return self._builder.both(self.of(part, side) for part in parts)
            case Disj(parts):
                return self._builder.either(self.of(part, side) for part in parts)
            case Lit(_, Counts(limits)):
                return self._builder.both(
                    literal for number, least, most in limits for literal in self._count(side, number, least, most)
                )
            case Lit(Key("score", name), constraint):
                assert isinstance(constraint, Ranges)
                return score_literal(constraint, self._score(side, str(name) or None), self._builder)
            case Lit(key, constraint):
                attribute = self._names.of(side, key)
                if key.kind in ("free", "amount"):
                    reckoned = self._reckoned(side, key, constraint)
                    if reckoned is not None:
                        return reckoned
                    self.guessed.add(attribute)
                return literal_of(self._facts[attribute], constraint, self._builder)

    def _count(self, side: int, number: int, least: int, most: int) -> Iterable[Literal]:
        set_ = self._needs.sets[side, number]
        yield self._histories.reaches(set_, least) if least < MANY else False
        yield negation(self._histories.reaches(set_, most + 1)) if most < MANY else True

    def _reckoned(self, side: int, key: Key, constraint: Constraint) -> Literal | None:
        """Whether a test holds. All sides have one answer to what they ask, but for scores: each has its own."""
        test = self._needs.tests.get((side, key, constraint))
        if test is None:
            return None
        asked = side if asks_for_scores(test) else 0, self._names.of(side, key), constraint
        if asked not in self._answers:
            self._answers[asked] = self._reckon(side, test)
        return self._answers[asked]

    def _reckon(self, side: int, test: Test | TakenFrom) -> Literal | None:
        if isinstance(test, TakenFrom):
            numbers = self._needs.numbers[side, test.events], self._needs.numbers[side, test.wanted]
            return self.newest.literal(test, *numbers, self._spaces[side])
        return self._reckonings[side].literal(test)
