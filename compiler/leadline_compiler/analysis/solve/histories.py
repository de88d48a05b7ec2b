"""Histories of events in a constraint model: a whole number for each column, and sums of them for the sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from leadline_compiler.analysis.events import formula_of_set
from leadline_compiler.analysis.formulas import Conj, Cube, Disj, Formula, Lit, TooManyError, conj, disj, negate
from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.solve.building import Builder, Linear, Literal, total_of
from leadline_compiler.analysis.solve.columns import Wanted, split
from leadline_compiler.analysis.solve.kinds import KindOf, kinds_of
from leadline_compiler.analysis.space import AT, Column, EventSet, Scope, Space
from leadline_compiler.analysis.windows import events_of

_MOST_CUTS = 24
_MOST_CUTS_OF_FEW = 64
_FEW_STRETCHES = 2_000
"""Kinds of events times cuts up to which there may be more cuts."""
MOST_TIMES = 10**9
"""Events of one column that can be needed; a model that tells more of them apart is not searched."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A column, how many events of it there are, the sets that it lies in, and the kinds of events that it has."""

    column: Column
    times: Linear
    members: frozenset[int]
    kinds: tuple[KindOf, ...]


class Histories:
    """The events of a contact, seen by one or several spaces.

    Sets are asked for with `want` first, each with how many of its events are told apart; `ground` makes the columns;
    then `count` is the number of events in a set.
    """

    def __init__(self, builder: Builder, spaces: tuple[Space, ...], name: Callable[[int, Key], Key]) -> None:
        self._builder = builder
        self._spaces = spaces
        self._name = name
        self._sets: dict[tuple[int, EventSet], int] = {}
        self._needed: dict[int, int] = {}
        self._counts: dict[int, Linear] = {}
        self.columns: tuple[Counted, ...] = ()
        self.are_apart = False
        """Whether what lies in one stretch of time is kept apart from what lies in another, since days are counted, or
        it matters what came first; to be set before the columns are made."""

    def first_alike(self, side: int) -> int:
        """The first side that sees the same events."""
        return next(index for index, other in enumerate(self._spaces) if _sees_alike(other, self._spaces[side]))

    def want(self, side: int, events: EventSet, most: int) -> int:
        """The number of a set, more than `most` events of which are as good as `most`. Raises TooManyError."""
        if most > MOST_TIMES:
            raise TooManyError
        key = self.first_alike(side), events
        number = self._sets.setdefault(key, len(self._sets))
        self._needed[number] = max(most, self._needed.get(number, 0))
        return number

    def ground(self) -> None:
        """Makes the columns of all the sets that are wanted. Raises TooManyError."""
        types = sorted({type_ for _, events in self._sets for type_ in events.types})
        made = []
        for type_ in types:
            for members, column, kinds in self._columns(type_):
                most = max(self._needed[number] for number in members)
                made.append(Counted(column, self._builder.variable(0, most), members, kinds))
        self.columns = tuple(made)
        by_set: dict[int, list[Linear]] = {number: [] for number in self._needed}
        for one in made:
            for number in one.members:
                by_set[number].append(one.times)
        self._counts = {number: total_of(times) for number, times in by_set.items()}

    def count(self, number: int) -> Linear:
        """The number of events in a set."""
        return self._counts[number]

    def count_of(self, places: Sequence[int]) -> Linear:
        """The number of events in some columns, told by their places."""
        return total_of(self.columns[place].times for place in places)

    def columns_in(self, number: int) -> Iterator[Column]:
        """The columns that lie in a set."""
        return (one.column for one in self.columns if number in one.members)

    def reaches(self, number: int, least: int) -> Literal:
        """Whether there are at least so many events in a set."""
        return self._builder.at_least(self._counts[number], least)

    def _columns(self, type_: str) -> list[tuple[frozenset[int], Column, tuple[KindOf, ...]]]:
        shapes: dict[tuple[int, EventSet], int] = {}
        formulas: list[Formula] = []
        wanted = []
        for (side, events), number in self._sets.items():
            if type_ not in events.types:
                continue
            space = self._spaces[side]
            timeless = events._replace(first=space.moments[0], last=space.moments[1], types=(type_,))
            kind = shapes.setdefault((side, timeless), len(formulas))
            if kind == len(formulas):
                formulas.append(self._formula(side, type_, timeless))
            wanted.append(Wanted(number, kind, events.first, events.last))
        moments = Ranges((self._spaces[0].moments,), False, self._spaces[0].moments)
        dated = (replace(one, cubes=_dated(one.cubes, moments)) for one in kinds_of(formulas))
        kinds = [kind for kind in dated if kind.cubes]
        return split(type_, kinds, wanted, self._cuts(len(kinds)))

    def _cuts(self, kinds: int) -> list[int]:
        """Where all columns are cut so that no stretch lies in two of them; nowhere where that were too often."""
        if not self.are_apart:
            return []
        spans = ((one.first, one.last) for _, one in self._sets if one.first <= one.last)
        cuts = sorted({end for first, last in spans for end in (first, last + 1)})
        few = len(cuts) <= _MOST_CUTS_OF_FEW and len(cuts) * kinds <= _FEW_STRETCHES
        return cuts if few or len(cuts) <= _MOST_CUTS else []

    def _formula(self, side: int, type_: str, events: EventSet) -> Formula:
        """An event of a type passes and is not ignored."""
        space = self._spaces[side]
        ignored = (events_of(one, Scope(space)) for one in space.ignored if type_ in one.events)
        unseen = disj(formula_of_set(space, type_, one) for one in ignored)
        return self._renamed(side, conj((formula_of_set(space, type_, events), negate(unseen))))

    def _renamed(self, side: int, formula: Formula) -> Formula:
        """The formula with the names of all sides for what nothing more is known of."""
        match formula:
            case Lit(key, constraint):
                return Lit(self._name(side, key), constraint)
            case Conj(parts):
                return Conj(tuple(self._renamed(side, part) for part in parts))
            case Disj(parts):
                return Disj(tuple(self._renamed(side, part) for part in parts))


def _dated(cubes: tuple[Cube, ...], moments: Ranges) -> tuple[Cube, ...]:
    """The cubes with the moments that they may have, of those that have one."""
    dated = ({**cube, AT: cube.get(AT, moments)} for cube in cubes)
    return tuple(cube for cube in dated if isinstance(at := cube[AT], Ranges) and at.spans)


def _sees_alike(one: Space, other: Space) -> bool:
    mine, its = one.schema, other.schema
    return one.ignored == other.ignored and mine.zone == its.zone and mine.events == its.events
