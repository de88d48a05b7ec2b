"""The pieces of a statement, and what belongs together among them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from leadline_dsl.tokens import Piece, Token, scan

RELATIONS = frozenset({">", "<", ">=", "<=", "between"})
TESTS = RELATIONS | {"is", "contains", "starts", "ends", "matches", "includes", "does"}
"""Words and signs with which a test goes on behind what it looks at."""

_BEGINS_TEST = frozenset({"and", "or", "when", "where", "not", "(", "=", "assume", "because"})


@lru_cache(maxsize=16)
def pieces_without_comments(text: str) -> tuple[Token, ...]:
    return tuple(token for token in scan(text) if token.kind is not Piece.COMMENT)


def word_at(pieces: Sequence[Token], index: int) -> str:
    """The piece at an index as written, or "" where there is none."""
    return pieces[index].text if 0 <= index < len(pieces) else ""


def is_kind(pieces: Sequence[Token], index: int, *kinds: Piece) -> bool:
    return 0 <= index < len(pieces) and pieces[index].kind in kinds


def subject(pieces: Sequence[Token], last: int) -> tuple[int, int] | None:
    """The first and the last piece of what the test that ends at `last` looks at."""
    test = next((i for i in range(min(last, len(pieces) - 1), 0, -1) if pieces[i].text in TESTS), None)
    if test is None:
        return None
    first, depth = test, 0
    while first > 0:
        word = pieces[first - 1].text
        depth += (word == ")") - (word == "(")
        if depth < 0 or (depth == 0 and word in _BEGINS_TEST):
            # The test of an event is whole already, so what is compared begins before its `where`.
            is_whole = word == "where" and any(pieces[i].text in TESTS for i in range(first, test))
            if not is_whole:
                break
        first -= 1
    return (first, test - 1) if first < test else None


def written(text: str, pieces: Sequence[Token], first: int, last: int) -> str:
    """What stands from one piece to another, on one line."""
    return " ".join(text[pieces[first].start : pieces[last].end].split())
