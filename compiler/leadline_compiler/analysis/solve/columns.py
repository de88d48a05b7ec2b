"""Columns: the kinds of events that the wanted sets of events can tell apart, cut by what passes and by when.

What an event is like and when it was hang together only by what is ignored. So its likes are split first by what the
sets ask, whenever that may be, and each kind is then cut into the stretches of time between the windows' ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from leadline_compiler.analysis.formulas import Cube, TooManyError
from leadline_compiler.analysis.sets import Ranges
from leadline_compiler.analysis.solve.kinds import KindOf
from leadline_compiler.analysis.space import AT, Column
from leadline_compiler.analysis.spans import Spans, common, join

MOST_COLUMNS = 6_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A set of events of one type, as it is cut: which kind of event (a number), from when until when."""

    number: int
    kind: int
    first: int
    last: int


def split(
    type_: str, kinds: Sequence[KindOf], wanted: Sequence[Wanted], cuts: Sequence[int] = ()
) -> list[tuple[frozenset[int], Column, tuple[KindOf, ...]]]:
    """The columns of a type of events, each with the numbers of the sets that it lies in, and the kinds of events that
    it is made of. Raises TooManyError.

    The kinds' cubes say when such events may be. `cuts` are moments at which all kinds are cut; then the columns of
    one stretch of time stay apart from those of another.
    """
    by_kind: dict[int, list[Wanted]] = {}
    for one in wanted:
        by_kind.setdefault(one.kind, []).append(one)
    found: dict[tuple[frozenset[int], tuple[int, int] | None], tuple[list[Cube], list[KindOf]]] = {}
    for kind in kinds:
        mine = [one for passed in kind.passed for one in by_kind.get(passed, ())]
        for stretch in _stretches(mine, kind.cubes, cuts) if mine else ():
            members = frozenset(one.number for one in mine if one.first <= stretch[0] and stretch[1] <= one.last)
            if members:
                cubes, its = found.setdefault((members, stretch if cuts else None), ([], []))
                cubes.extend(_at(kind.cubes, stretch))
                its.append(kind)
            if len(found) > MOST_COLUMNS:
                raise TooManyError
    return [
        (members, Column(0, type_, tuple(sorted(cubes, key=_unsure))), tuple(its))
        for (members, _), (cubes, its) in found.items()
        if cubes
    ]


def _unsure(cube: Cube) -> int:
    return sum(key.kind in ("free", "amount") for key in cube)


def _stretches(wanted: Iterable[Wanted], cubes: Iterable[Cube], more: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches of time between which nothing begins or ends, the oldest first."""
    spans = [span for cube in cubes for span in _moments(cube)]
    spans += [(one.first, one.last) for one in wanted if one.first <= one.last]
    ends = {end for low, high in spans for end in (low, high + 1)}
    lowest, highest = min(ends), max(ends)
    cuts = sorted(ends | {cut for cut in more if lowest < cut < highest})
    for index in range(len(cuts) - 1):
        yield cuts[index], cuts[index + 1] - 1


def _moments(cube: Cube) -> Spans:
    constraint = cube.get(AT)
    return constraint.spans if isinstance(constraint, Ranges) else ()


def _at(cubes: Iterable[Cube], stretch: tuple[int, int]) -> Iterator[Cube]:
    """The cubes, where they are possible at that time."""
    for cube in cubes:
        spans = common(_moments(cube), join([stretch]))
        if spans:
            constraint = cube[AT]
            assert isinstance(constraint, Ranges)
            yield {**cube, AT: Ranges(spans, False, constraint.domain)}
