"""Columns: the kinds of events that the wanted sets of events can tell apart, cut by what passes and by when.

What an event is like and when it was hang together only by what is ignored. So its likes are split first by what the
sets ask, whenever that may be, and each kind is then cut into the stretches of time between the windows' ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from leadline_compiler.analysis.formulas import Cube, TooManyError, products
from leadline_compiler.analysis.sets import Key, Ranges
from leadline_compiler.analysis.space import AT, Column
from leadline_compiler.analysis.spans import Spans, common, join

MOST_COLUMNS = 6_000
MOST_KINDS = 1_024


@dataclass(frozen=True, slots=True)
class Wanted:
    """A set of events of one type, as it is cut: which kind of event (a number), from when until when."""

    number: int
    kind: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Events that a set lets pass, and those that it does not, whenever they are; as cubes."""

    inside: tuple[Cube, ...]
    outside: tuple[Cube, ...]


Seen = tuple[tuple[Cube, ...], tuple[Cube, ...]]


def split(
    type_: str, start: tuple[Cube, ...], kinds: Sequence[Kind], wanted: Sequence[Wanted]
) -> list[tuple[frozenset[int], Column]]:
    """The columns of a type of events, each with the numbers of the sets that it lies in. Raises TooManyError."""
    by_kind: dict[int, list[Wanted]] = {}
    for one in wanted:
        by_kind.setdefault(one.kind, []).append(one)
    found: dict[frozenset[int], list[Cube]] = {}
    for passed, cubes in _split_kinds(start, kinds):
        mine = [one for kind in passed for one in by_kind.get(kind, ())]
        for stretch in _stretches(mine, cubes):
            members = frozenset(one.number for one in mine if one.first <= stretch[0] and stretch[1] <= one.last)
            if members:
                found.setdefault(members, []).extend(_at(cubes, stretch))
            if len(found) > MOST_COLUMNS:
                raise TooManyError
    return [(members, Column(0, type_, tuple(sorted(cubes, key=_unsure)))) for members, cubes in found.items()]


def _unsure(cube: Cube) -> int:
    return sum(key.kind in ("free", "amount") for key in cube)


def _split_kinds(start: tuple[Cube, ...], kinds: Sequence[Kind]) -> list[tuple[frozenset[int], tuple[Cube, ...]]]:
    parts: list[tuple[frozenset[int], tuple[Cube, ...]]] = [(frozenset(), start)]
    for number, kind in enumerate(kinds):
        following = []
        for passed, cubes in parts:
            inside, outside = products(cubes, kind.inside), products(cubes, kind.outside)
            if inside:
                following.append((passed | {number}, inside))
            if outside:
                following.append((passed, outside))
        if len(following) > MOST_KINDS:
            raise TooManyError
        parts = following
    return parts


def _stretches(wanted: Iterable[Wanted], cubes: Iterable[Cube]) -> Iterator[tuple[int, int]]:
    """The stretches of time between which nothing begins or ends, the oldest first."""
    spans = [span for cube in cubes for span in _moments(cube)]
    spans += [(one.first, one.last) for one in wanted if one.first <= one.last]
    cuts = sorted({end for low, high in spans for end in (low, high + 1)})
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


def renamed(cubes: Iterable[Cube], name: Callable[[Key], Key]) -> tuple[Cube, ...]:
    """The cubes with other names for what nothing more is known of."""
    return tuple({name(key): constraint for key, constraint in cube.items()} for cube in cubes)
