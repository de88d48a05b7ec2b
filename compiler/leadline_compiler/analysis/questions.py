"""What can be asked of conditions: whether one can hold, whether it always holds, whether one implies another.

Every "no" is a proof over all contacts. Every "yes" is a cube: it counts only with a contact that the interpreter
confirms, see `confirmed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from leadline_compiler.analysis.events import plan_events
from leadline_compiler.analysis.formulas import Cube, Formula, TooManyError, conj, cubes_of, merge, negate, products
from leadline_compiler.analysis.loose import tightened
from leadline_compiler.analysis.orders import gap_of, is_in_order
from leadline_compiler.analysis.sets import MANY, Choices, Constraint, Counts, Key, Texts, is_empty, meet, pair_clash
from leadline_compiler.analysis.space import EVENTS, Scope, Space
from leadline_compiler.analysis.subsets import clash_of_counts
from leadline_compiler.analysis.tests import formula_of
from leadline_compiler.conditions import Condition

_AGAINST_EVENTS = (0, 0b10, 0b01, 0b11)
"""What contradicts neither side, the lower, the upper, both: of counts a least one, a largest one."""
_AGAINST_OTHERS = (0, 0b11, 0b01, 0b11)
"""The same of questions of a text: those answered by yes, those answered by no."""


class Ways(NamedTuple):
    """A cube, and as bits what it says and what would contradict that; whether it compares amounts with each other.

    Without a common bit of the one's `says` and the other's `against`, two cubes cannot clash: a least number of
    events contradicts a largest number of the same type, a question of a text that is answered by no only one that
    is answered by yes.
    """

    cube: Cube
    says: int
    against: int
    compares: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A condition ready to be asked about: the ways in which it holds, under the assumptions, and in which it fails."""

    formula: Formula
    holds: tuple[Ways, ...]
    fails: tuple[Ways, ...]


class Asking:
    """Questions over one space, under some assumptions. Remembers each condition."""

    def __init__(self, space: Space, assumptions: tuple[Condition, ...]) -> None:
        self.space = space
        self.assumptions = assumptions
        self._bits: dict[Key, int] = {}
        self._known: dict[Formula, Question] = {}
        self._near: dict[int, tuple[Formula, Question]] = {}
        self.assumed: tuple[Cube, ...] = ({},)
        for assumption in assumptions:
            self._assume(assumption)

    def _assume(self, assumption: Condition) -> None:
        """Takes an assumption in; one that leaves too many ways is left out, and less is proved."""
        try:
            self.assumed = self._possible(products(self.assumed, cubes_of(formula_of(assumption, Scope(self.space)))))
        except TooManyError:
            return

    def about(self, formula: Formula) -> Question:
        """A question about a formula."""
        near = self._near.get(id(formula))
        if near is None:
            known = self._known.get(formula)
            if known is None:
                known = self._known[formula] = self._prepare(formula)
            near = self._near[id(formula)] = formula, known
        return near[1]

    def about_condition(self, condition: Condition) -> Question:
        return self.about(formula_of(condition, Scope(self.space)))

    def _prepare(self, formula: Formula) -> Question:
        try:
            holds = products(self.assumed, cubes_of(formula))
        except TooManyError:
            holds = self._free(formula, True)
        try:
            fails = cubes_of(negate(formula))
        except TooManyError:
            fails = self._free(formula, False)
        return Question(formula, self.ways_of(self._possible(holds)), self.ways_of(self._possible(fails)))

    def _free(self, formula: Formula, holds: bool) -> tuple[Cube, ...]:
        """What is said of a condition with too many ways: nothing but that it holds, or does not."""
        return ({self.space.key_of("free", formula): Choices(0b10 if holds else 0b01, 0b11)},)

    def _possible(self, cubes: Iterable[Cube]) -> tuple[Cube, ...]:
        return tuple(cube for cube in cubes if self.is_possible(cube))

    def is_possible(self, cube: Cube) -> bool:
        """Whether the cube is not provably empty, its events together too."""
        tight = tightened(self.space, cube)
        if tight is None or not is_in_order(self.space, tight):
            return False
        counts = tight.get(EVENTS)
        return not isinstance(counts, Counts) or plan_events(self.space, counts) is not None

    def ways_of(self, cubes: Iterable[Cube]) -> tuple[Ways, ...]:
        """The cubes, made ready to be compared."""
        return tuple(self._way(cube) for cube in cubes)

    def _way(self, cube: Cube) -> Ways:
        says = against = 0
        for key, constraint in cube.items():
            for name, side in self._sides(key, constraint):
                # Two bits a name: the lower side, the upper side.
                bits = self._bits.setdefault(name, 1 << 2 * len(self._bits))
                says |= bits * side
                against |= bits * (_AGAINST_EVENTS if isinstance(constraint, Counts) else _AGAINST_OTHERS)[side]
        return Ways(cube, says, against, any(gap_of(self.space, key) is not None for key in cube))

    def _sides(self, key: Key, constraint: Constraint) -> Iterator[tuple[Key, int]]:
        match constraint:
            case Counts(limits):
                for number, least, most in limits:
                    for type_ in self.space.event_sets[number].types:
                        yield Key("events", type_), (least > 0) | (most < MANY) << 1
            case Texts(yes, no):
                yield key, bool(yes) | bool(no) << 1
            case _:
                yield key, 3
                gap = gap_of(self.space, key)
                if gap is not None:
                    yield from ((field, 3) for field in gap.fields)

    # ---- answers

    def never(self, question: Question) -> bool:
        """Whether provably no contact meets the condition."""
        return not question.holds

    def always(self, question: Question) -> bool:
        """Whether provably every contact meets the condition."""
        return self.nothing_in(self.assumed, question.fails)

    def nothing_in(self, cubes: tuple[Cube, ...], ways: tuple[Ways, ...]) -> bool:
        """Whether provably nothing lies in one of the cubes and one of the ways."""
        return all(
            (merged := merge(cube, way.cube)) is None or not self.is_possible(merged) for cube in cubes for way in ways
        )

    def implies(self, one: Question, other: Question) -> bool:
        """Whether provably every contact that meets the one meets the other."""
        return all(self.clash(way, failing) for way in one.holds for failing in other.fails)

    def excludes(self, one: Question, other: Question) -> bool:
        """Whether provably no contact meets both."""
        return all(self.clash(way, more) for way in one.holds for more in other.holds)

    def clash(self, one: Ways, other: Ways) -> bool:
        """Whether provably nothing lies in both, each of which has something."""
        if not one.says & other.against:
            return False
        mine, theirs = one.cube, other.cube
        for key in theirs if len(theirs) <= len(mine) else mine:
            if key in mine and key in theirs and self._clash_at(mine[key], theirs[key]):
                return True
        if not (one.compares or other.compares):
            return False
        merged = merge(mine, theirs)
        return merged is None or not is_in_order(self.space, merged)

    def _clash_at(self, mine: Constraint, theirs: Constraint) -> bool:
        if isinstance(mine, Counts) and isinstance(theirs, Counts):
            return clash_of_counts(self.space, mine, theirs)
        if isinstance(mine, Texts) and isinstance(theirs, Texts) and (told := pair_clash(mine, theirs)) is not None:
            return told
        return is_empty(meet(mine, theirs))

    def together(self, formulas: Iterable[Formula]) -> Question:
        """A question about all the formulas at once."""
        return self.about(conj(formulas))

    # ---- reasons

    def needed(self, proves: Callable[[Asking], bool]) -> tuple[Condition, ...]:
        """The assumptions without which this is not proved, no more of them than needed."""
        kept = self.assumptions
        for assumption in self.assumptions:
            rest = tuple(one for one in kept if one is not assumption)
            if proves(Asking(self.space, rest)):
                kept = rest
        return kept
