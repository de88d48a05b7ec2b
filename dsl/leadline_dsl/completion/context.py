"""The context of a place: the statement around it, and what the parser would take next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from leadline_dsl.completion.phrases import phrases_after, take
from leadline_dsl.completion.roles import (
    NameRole,
    Subject,
    events_of_names,
    makes_sense,
    role_of_name,
    subject_of_value,
)
from leadline_dsl.source import Source
from leadline_dsl.statements import Statement, split
from leadline_dsl.tokens import Piece, Token, name_value, scan

__all__ = ["Context", "NameRole", "find_context"]

_WORD = re.compile(r"\w+$")


_BARE_POINTS = 2
"""Pieces of a statement that is no more than points: a rule or a row."""


class Opening(Enum):
    """What statements may begin at a place."""

    FIELD = "field"
    EVENT = "event"
    ROW = "row"
    GRADE = "grade"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Context:
    """What may stand in the place of `word`, which is what has been typed of it, from `start` on.

    `phrases` are words of the language. `names` says what a name here would be of; `events` narrows properties to
    those of these events. `value_of` is what a text here is compared with, and `in_text` whether its quote is open.
    `opening` says which statements may begin here, None where none may.
    """

    start: int
    word: str
    phrases: tuple[str, ...] = ()
    names: NameRole | None = None
    events: tuple[str, ...] = ()
    value_of: Subject | None = None
    in_text: bool = False
    opening: Opening | None = None
    takes_text: bool = False


def find_context(source: Source, offset: int) -> Context:
    """The context of an offset in a rules file; one without any offer where there is nothing to propose."""
    before = source.text[:offset]
    line = before[before.rfind("\n") + 1 :]
    pieces = scan(line)
    if pieces and pieces[-1].kind is Piece.COMMENT:
        return Context(offset, "")
    if pieces and pieces[-1].kind is Piece.OPEN_TEXT:
        start = offset - len(line) + pieces[-1].start
        return _inside_text(before[:start], start + 1, before[start + 1 :])
    start = offset - len(line) + _word_start(line, pieces)
    word = before[start:]
    return _at_word(before[:start], start, word, line[: len(line) - len(word)].strip() == "")


def _word_start(line: str, pieces: list[Token]) -> int:
    """Where the word at the end of a line begins, with the backquote that is still open before it."""
    for piece in reversed(pieces):
        if piece.kind is Piece.STRAY and piece.text == "`":
            return piece.start
    match = _WORD.search(line)
    return len(line) if match is None else match.start()


def _inside_text(head: str, start: int, typed: str) -> Context:
    statement = _last_statement(head, '"x"')
    if statement is None:
        return Context(start, typed, in_text=True)
    return Context(start, typed, value_of=_value_subject(*statement), in_text=True)


def _may_end(statement: Statement) -> bool:
    """Whether a statement is complete, or cannot be read anyway."""
    ways = take(statement.kind, statement.text)
    return not ways or any(way.is_complete for way in ways)


def _last_statement(head: str, placeholder: str) -> tuple[list[Statement], str] | None:
    """All statements up to the place, with a placeholder in it, and the text of the last one without that."""
    statements = list(split(Source("", head + placeholder)))
    if not statements or statements[-1].start >= len(head):
        return None
    return statements, statements[-1].text.removesuffix(placeholder)


def _at_word(head: str, start: int, word: str, begins_line: bool) -> Context:
    if not begins_line:
        statement = _last_statement(head, "x")
        return Context(start, word) if statement is None else _inside(*statement, start, word)
    above = list(split(Source("", head)))
    if not above:
        return Context(start, word, opening=Opening.ANY)
    last = above[-1]
    # A line may go on with the statement above it, and must where that is not complete.
    inside = _inside(above, last.text, start, word)
    return replace(inside, opening=_opening(last)) if _may_end(last) else inside


def _inside(statements: list[Statement], text: str, start: int, word: str) -> Context:
    """The context behind a text, which is what there is of the last statement."""
    kind, tokens = statements[-1].kind, scan_statement(text)
    ways = take(kind, text)
    if kind == "rule_statement" and len(tokens) == _BARE_POINTS:
        ways += take("row_statement", text)
    phrases = dict.fromkeys(phrase for way in ways for phrase in phrases_after(way, tokens))
    takes_text = any(way.takes("STRING") for way in ways)
    return Context(
        start,
        word,
        tuple(phrase for phrase in phrases if makes_sense(phrase, kind, tokens)),
        role_of_name(kind, tokens) if any(way.takes("NAME") for way in ways) else None,
        events_of_names(tokens),
        _value_subject(statements, text) if takes_text else None,
        takes_text=takes_text,
    )


def scan_statement(text: str) -> list[Token]:
    """The pieces of a statement without its comments."""
    return [token for token in scan(text) if token.kind is not Piece.COMMENT]


def _value_subject(statements: list[Statement], text: str) -> Subject | None:
    """What a value behind the text of the last statement is compared with; in a row, the amount of its `points`."""
    if statements[-1].kind != "row_statement":
        return subject_of_value(scan_statement(text))
    table = next((item for item in reversed(statements) if item.kind == "points_statement"), None)
    if table is None:
        return None
    pieces = scan_statement(table.text)
    by = next((index for index, piece in enumerate(pieces) if piece.text == "by"), len(pieces))
    named = [piece for piece in pieces[by:] if piece.kind in (Piece.WORD, Piece.QUOTED_NAME)]
    if [piece.text for piece in named[1:3]] == ["domain", "of"]:
        return Subject(name_value(named[-1].text), (), is_domain=True) if len(named) == 4 else None
    return Subject(name_value(named[1].text), ()) if len(named) == 2 else None


def _opening(last: Statement) -> Opening:
    match last.kind:
        case "contact_statement" | "field_statement":
            return Opening.FIELD
        case "events_statement" | "event_statement":
            return Opening.EVENT
        case "points_statement" | "row_statement":
            return Opening.ROW
        case "grade_statement" | "grade_row_statement":
            return Opening.GRADE
        case _:
            return Opening.ANY
