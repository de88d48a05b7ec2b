"""Putting the syntax tree together from the inside out, keeping count of how large the pattern grows."""

from collections.abc import Sequence as Listing
from dataclasses import dataclass

from leadline_compiler.patterns.tree import Anchor, Chars, Either, Node, Repeat, Sequence

MAX_REPEAT = 1000
MAX_SIZE = 5000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the tree with what it costs.

    `size` is the number of steps it compiles to, `copies` how often bounds repeat the most repeated thing in it.
    """

    node: Node
    size: int
    copies: int = 1


EMPTY = Piece(Sequence(()), 0)


def single(node: Chars | Anchor) -> Piece:
    return Piece(node, 1)


def in_sequence(pieces: Listing[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    return Piece(
        Sequence(tuple(piece.node for piece in pieces)),
        sum(piece.size for piece in pieces),
        max((piece.copies for piece in pieces), default=1),
    )


def either(branches: Listing[Piece]) -> Piece:
    if len(branches) == 1:
        return branches[0]
    return Piece(
        Either(tuple(branch.node for branch in branches)),
        sum(branch.size for branch in branches) + 2 * (len(branches) - 1),
        max(branch.copies for branch in branches),
    )


def repeated(piece: Piece, least: int, most: int | None) -> Piece:
    bound = least if most is None else most
    copies = piece.copies * max(bound, 1)
    if most == 0 or piece.size == 0:
        return Piece(EMPTY.node, 0, copies)
    if least == most == 1:
        return piece
    return Piece(Repeat(piece.node, least, most), _repeated_size(piece.size, least, most), copies)


def _repeated_size(size: int, least: int, most: int | None) -> int:
    if most is None:
        return size + 2 if least == 0 else size * least + 1
    return size * most + (most - least)
