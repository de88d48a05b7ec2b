"""The analysis of one model at one instant: its units, its questions, and contacts that show something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from leadline_compiler import model as m
from leadline_compiler.analysis.bounds import ModelRange, ranges_of
from leadline_compiler.analysis.cells import literals_of
from leadline_compiler.analysis.confirm import find_contact
from leadline_compiler.analysis.formulas import Cube, Formula
from leadline_compiler.analysis.questions import Asking, Question
from leadline_compiler.analysis.size import is_too_large
from leadline_compiler.analysis.space import Scope, Space
from leadline_compiler.analysis.tests import formula_of
from leadline_compiler.analysis.units import Unit, units_of
from leadline_compiler.conditions import Condition, Occurrence
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret, seen_view_of, view_of
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.rules import find_row, judge
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Schema
from leadline_dsl.source import Place, Span

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.prover import Prover, Search


class Analysis:
    """What can be said of all contacts of a model, as of an instant in microseconds.

    The instant is the end of its day in the model's zone, unless it is wanted to the microsecond (`exactly`): what is
    proved then holds for a whole day's checks. `also` narrows the contacts further than the model's own assumptions.
    """

    def __init__(
        self,
        model: m.Model,
        as_of: int,
        search: Search = "none",
        *,
        exactly: bool = False,
        also: tuple[Condition, ...] = (),
    ) -> None:
        self.model = model
        self.search: Search = search
        self.as_of = as_of if exactly else model.zone.last_microsecond(model.zone.day(as_of))
        # Where a grade stands is nothing to the proofs: a line added above it must not cost them all.
        grades = tuple(m.Grade(grade.score, grade.rows, _NOWHERE) for grade in model.grades)
        assumptions = tuple(one for one in model.assumptions if not is_too_large(one, {}))
        ignored = tuple(one for one in model.ignored if not is_too_large(one, {}))
        self._spaced = space = _Spaced(model.schema, ignored, len(ignored) < len(model.ignored), grades, self.as_of)
        self.asking = _asking(space, assumptions)
        self.contradictory = not self.asking.assumed
        """Whether the assumptions exclude each other; then all proofs do without them."""
        if self.contradictory:
            self.asking = _asking(space, ())
        if also:
            self.asking = Asking(self.asking.space, (*self.asking.assumptions, *also))
        self.space = self.asking.space
        self.scope = Scope(self.space)
        self._last: Outcome | None = None
        self._scored = 0
        self.most_scored = MOST_SCORED

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(units_of(self.model, self.scope))

    @cached_property
    def ranges(self) -> ModelRange:
        """The least and the most that rules, groups, scores and the total can be worth."""
        return ranges_of(self.model, self.asking)

    @cached_property
    def _assumed_formulas(self) -> tuple[Formula, ...]:
        return tuple(formula_of(assumption, self.scope) for assumption in self.asking.assumptions)

    @cached_property
    def assumes_unknown(self) -> bool:
        """Whether something is assumed that hangs on what has a value of which nothing more is known."""
        return any(literal.key.is_unknown for one in self._assumed_formulas for literal in literals_of(one))

    @cached_property
    def assumptions_matter(self) -> bool:
        """Whether scores may lie elsewhere without the assumptions, as far as can be seen without a search."""
        return self.assumes_unknown or self.ranges != ranges_of(self.model, _asking(self._spaced, ()))

    @cached_property
    def prover(self) -> Prover:
        """What answers where the static bounds do not."""
        from leadline_compiler.analysis.solve.prover import Prover

        return Prover(self, self.search)

    def narrowed(self, also: tuple[Condition, ...]) -> Analysis:
        """The analysis of those contacts alone that meet some conditions more, without a search."""
        return Analysis(self.model, self.as_of, exactly=True, also=also)

    def question(self, unit: Unit) -> Question:
        return self.asking.about(unit.formula)

    # ---- contacts

    def outcome(self, contact: Contact) -> Outcome:
        """What the interpreter makes of a contact; that of the last contact is remembered."""
        if self._last is None or self._last.contact is not contact:
            self._scored += (1 + len(contact.events) // 4) * (1 + len(self.model.rules))
            self._last = interpret(self.model, contact, self.as_of)
        return self._last

    @property
    def is_spent(self) -> bool:
        """Whether so many contacts were scored that no more are looked for. Counted, not timed, to be repeatable."""
        return self._scored > self.most_scored

    def shows(self, units: Iterable[Unit], fails: Iterable[Unit] = ()) -> Callable[[Contact], bool]:
        """Whether all these units hold for a contact that keeps the assumptions, and none of the others does."""
        held, failed = tuple(units), tuple(fails)
        # Exits, stages and assumptions may read scores, also where they are not looked into.
        formulas = [*(unit.formula for unit in (*held, *failed) if unit.score is None), *self._assumed_formulas]
        whole = any(literal.key.kind in ("score", "free") for formula in formulas for literal in literals_of(formula))

        def test(contact: Contact) -> bool:
            view = view_of(self.outcome(contact)) if whole else seen_view_of(self.model, contact, self.as_of)
            return (
                all(holds(assumption, view) for assumption in self.asking.assumptions)
                and all(unit_holds(unit, view) for unit in held)
                and not any(unit_holds(unit, view) for unit in failed)
            )

        return test

    def kept(self, shows: Callable[[Contact], bool]) -> Callable[[Contact], bool]:
        """Whether a contact shows it that keeps the assumptions."""
        if not self.asking.assumptions:
            return shows
        keeps = self.shows(())
        return lambda contact: shows(contact) and keeps(contact)

    def contact_for(self, cubes: Iterable[Cube], shows: Callable[[Contact], bool]) -> Contact | None:
        """A contact out of the cubes that shows it, as small as can be; None where none was found."""
        return find_contact(self.space, cubes, shows)

    def meets(self, formula: Formula) -> tuple[Cube, ...]:
        """The cubes in which a formula holds, under the assumptions."""
        return tuple(way.cube for way in self.asking.about(formula).holds)


def unit_holds(unit: Unit, view: View) -> bool:
    """Whether a unit holds for a contact, as the interpreter judges it."""
    if unit.row is not None:
        assert unit.rule is not None
        assert isinstance(unit.rule.body, m.Table)
        return find_row(unit.rule.body, value_of(unit.rule.body.amount, view)) is unit.row
    if unit.rule is not None:
        return judge(unit.rule, "", None, view).fired
    assert unit.condition is not None
    return holds(unit.condition, view)


class _Spaced(NamedTuple):
    """What a space is made of."""

    schema: Schema
    ignored: tuple[Occurrence, ...]
    sees_too_much: bool
    grades: tuple[m.Grade, ...]
    as_of: int


_NOWHERE = Place("", Span(0, 0))
MOST_SCORED = 150_000
"""Rules times contacts that are scored to show what can be reached."""
_MOST_REMEMBERED = 1_000_000


@lru_cache(maxsize=4)
def _asking(spaced: _Spaced, assumptions: tuple[Condition, ...]) -> Asking:
    return Asking(Space(*spaced), assumptions)


def analyse(model: m.Model, as_of: int, search: Search = "none", *, exactly: bool = False) -> Analysis:
    """The analysis of a model without errors, as of the end of an instant's day, or `exactly` as of the instant.

    `search`: how long the solver may search where nothing else decides.
    """
    analysis = Analysis(model, as_of, search, exactly=exactly)
    if len(analysis.space.memo) > _MOST_REMEMBERED:
        _asking.cache_clear()
        return Analysis(model, as_of, search, exactly=exactly)
    return analysis
