"""Statements that cannot be read: what lark knows of the place where the reading stops."""

from __future__ import annotations

from typing import Any

from lark import UnexpectedInput

from leadline_dsl.faults import Fault
from leadline_dsl.grammar import parser
from leadline_dsl.mistakes import MOST_READ, Failure, explain_failure
from leadline_dsl.mistakes.expected import expected
from leadline_dsl.tokens import Piece, scan


def read_slowly(kind: str, text: str, is_brief: bool) -> Any:
    """The node of a statement of a kind. Raises Fault where it is not well formed.

    With `is_brief` a fault only says what was expected.
    """
    try:
        return parser().parse(text, start=kind)
    except UnexpectedInput as error:
        raise _explain(kind, text, error, is_brief) from None


def _explain(kind: str, text: str, error: Any, is_brief: bool) -> Fault:
    token = error.token
    is_short, is_end = len(text) <= MOST_READ and not is_brief, token.type == "$END"
    near = text if is_short or is_end else text[: token.end_pos + 200]
    raws = [raw for raw in scan(near) if raw.kind is not Piece.COMMENT]
    index = len(raws) if is_end else token.line
    takes = _taken(kind, text, index) if is_short else frozenset(error.interactive_parser.accepts())
    failure = Failure(kind, text, raws, index, takes)
    return expected(failure) if is_brief else explain_failure(failure, _left_unread)


def _taken(kind: str, text: str, index: int) -> frozenset[str]:
    """What the grammar takes in front of a piece. The error does not know all of it, since the parser has already
    closed what the wrong piece could not go on with."""
    reading = parser().parse_interactive(text, start=kind)
    for token in reading.iter_parse():
        if token.line == index:
            break
    return frozenset(reading.accepts())  # type: ignore[no-untyped-call]


def _left_unread(kind: str, text: str) -> float:
    """How many characters stand behind the place where the reading stops; -1 where it does not stop.

    A statement that is well formed, but for a literal that means nothing, counts as all but read.
    """
    try:
        parser().parse(text, start=kind)
    except Fault:
        return -0.5
    except UnexpectedInput as error:
        stopped = error.token  # type: ignore[attr-defined]
        return 0 if stopped.type == "$END" else len(text) - (stopped.start_pos or 0)
    return -1
