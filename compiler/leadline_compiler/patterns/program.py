"""Patterns as programs for a nondeterministic machine: a flat list of steps, as many as the pattern is large."""

from dataclasses import dataclass

from leadline_compiler.patterns.ranges import Ranges, boundaries
from leadline_compiler.patterns.tree import Anchor, Chars, Either, Node, Pattern, Place, Repeat, Sequence, fold


@dataclass(frozen=True, slots=True)
class Take:
    """Go on to the next step with a character of the set of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Go on to the next step where the anchor holds."""

    place: Place


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on, without a character, to all the steps that lie this far ahead (or back)."""

    distances: tuple[int, ...]


Step = Take | Hold | Jump


@dataclass(frozen=True, slots=True)
class Program:
    """A pattern spelled out; the steps are numbered from 0, and getting past the last one means that it is found.

    takes: per step, the number of the set it takes a character of, or -1 if it takes none.
    nexts: per step, the steps that follow without a character.
    places: the anchors, by their steps.
    sets: the membership boundaries of each character set.
    """

    takes: tuple[int, ...]
    nexts: tuple[tuple[int, ...], ...]
    places: dict[int, Place]
    sets: tuple[tuple[int, ...], ...]


def compile_program(pattern: Pattern) -> Program:
    """Spell a pattern out: repeats become copies."""
    sets: dict[Ranges, int] = {}

    def spell_out(node: Node, below: tuple[list[Step], ...]) -> list[Step]:
        match node:
            case Chars(ranges):
                return [Take(sets.setdefault(ranges, len(sets)))]
            case Anchor(place):
                return [Hold(place)]
            case Sequence():
                return [step for part in below for step in part]
            case Either():
                return _either(below)
            case Repeat(_, least, most):
                return _repeat(below[0], least, most)

    steps = fold(pattern.root, spell_out)
    return Program(
        takes=tuple(step.number if isinstance(step, Take) else -1 for step in steps),
        nexts=tuple(_nexts(index, step) for index, step in enumerate(steps)),
        places={index: step.place for index, step in enumerate(steps) if isinstance(step, Hold)},
        sets=tuple(boundaries(ranges) for ranges in sets),
    )


def _nexts(index: int, step: Step) -> tuple[int, ...]:
    match step:
        case Take():
            return ()
        case Hold():
            return (index + 1,)
        case Jump(distances):
            return tuple(index + distance for distance in distances)


def _either(branches: tuple[list[Step], ...]) -> list[Step]:
    steps: list[Step] = []
    to_come = sum(len(branch) + 2 for branch in branches) - 2
    for branch in branches[:-1]:
        to_come -= len(branch) + 2
        steps.append(Jump((1, len(branch) + 2)))
        steps.extend(branch)
        steps.append(Jump((to_come + 1,)))
    return steps + branches[-1]


def _repeat(part: list[Step], least: int, most: int | None) -> list[Step]:
    length = len(part)
    if most is not None:
        steps = part * least
        for to_come in range(most - least, 0, -1):
            steps.append(Jump((1, to_come * (length + 1))))
            steps.extend(part)
        return steps
    if least == 0:
        return [Jump((1, length + 2)), *part, Jump((-(length + 1),))]
    return [*(part * least), Jump((-length, 1))]
