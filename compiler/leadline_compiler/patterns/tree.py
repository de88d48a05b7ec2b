"""A pattern's syntax tree: what it means, with flags, groups and laziness already resolved.

Only what decides whether a text matches is kept. Groups leave no trace, `(?i)` and `(?s)` are worked into the
character sets, and `(?m)` into the choice of anchor.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from leadline_compiler.patterns.ranges import Ranges

T = TypeVar("T")


class Place(Enum):
    """Where an anchor holds. A word character is an ASCII letter, an ASCII digit or `_`; lines end at a line feed."""

    TEXT_START = "text start"
    TEXT_END = "text end"
    LINE_START = "line start"
    LINE_END = "line end"
    WORD_EDGE = "word edge"
    NO_WORD_EDGE = "no word edge"


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set, closed under case where case is ignored; an empty set matches nothing."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Anchor:
    """No character, but a place in the text."""

    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other; without parts, the empty text."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of two or more branches."""

    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part `least` to `most` times; `most` is None where there is no upper bound."""

    part: "Node"
    least: int
    most: int | None


Node = Chars | Anchor | Sequence | Either | Repeat


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that has been read. The text decides the tree, so two patterns are equal when their texts are.

    The tree can be a few thousand nodes deep: walk it with `fold`, since a function that calls itself may run out
    of stack (as would comparing or printing the nodes).
    """

    text: str
    root: Node = field(compare=False, repr=False)


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Sequence(parts):
            return parts
        case Either(branches):
            return branches
        case Repeat(part):
            return (part,)
        case _:
            return ()


def fold(root: Node, visit: Callable[[Node, tuple[T, ...]], T]) -> T:
    """Work a value out of a tree, from the leaves up.

    `visit` gets each node together with the values of its children, in order. No recursion at any depth.
    """
    values: list[T] = []
    agenda: list[tuple[Node, bool]] = [(root, False)]
    while agenda:
        node, children_are_done = agenda.pop()
        below = children(node)
        if below and not children_are_done:
            agenda.append((node, True))
            agenda.extend((child, False) for child in reversed(below))
            continue
        kept = len(values) - len(below)
        value = visit(node, tuple(values[kept:]))
        values[kept:] = [value]
    return values[0]
