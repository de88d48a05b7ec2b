"""Tests of an event that stand outside of its `where`, because the parentheses are missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.pieces import is_kind, word_at
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token, name_value

Belongs = Callable[[str, Sequence[str]], bool | None]
"""Whether a name is a property of the events and nothing of the contact's; None for one that is yes or no."""


@dataclass(frozen=True, slots=True)
class OpenWhere:
    """The tests that belong into the parentheses, as `where` takes them; `first` is the first name outside."""

    first: int
    span: Span
    right: str
    edits: tuple[Edit, ...]


_WINDOWS = {("in", "the"), ("more", "than")}
_ENDS = frozenset({"because", "owner", "review", ")", ","})
_RELATIONS = frozenset({">", ">=", "<", "<="})


def close_where(text: str, pieces: Sequence[Token], at: int, belongs: Belongs) -> OpenWhere | None:
    """The `where` in front of the name at the piece `at` with all its tests in parentheses, or None."""
    where = _where_before(pieces, at)
    if where is None or word_at(pieces, where + 1) == "(":
        return None
    events = _events_before(pieces, where)
    if belongs(name_value(pieces[at].text), events) is False:
        return None
    clauses = _clauses(pieces, where + 1)
    last = next((i for i, clause in enumerate(clauses) if clause[0] <= at <= clause[1]), 0)
    if not last:
        return None
    while last + 1 < len(clauses) and _names_property(pieces, clauses[last + 1], events, belongs):
        last += 1
    first = next(
        (
            i
            for clause in clauses[1 : last + 1]
            for i in _names(pieces, clause)
            if belongs(pieces[i].text, events) is not False
        ),
        at,
    )
    window = next((i for i in range(where + 2, clauses[0][1] + 1) if _opens_window(pieces, i)), clauses[0][1] + 1)
    end = _without_comparison(pieces, clauses[last], events, belongs, where)
    span = Span(pieces[where + 1].start, pieces[end].end)
    tested = text[span.start : pieces[window - 1].end]
    rest = text[pieces[clauses[0][1]].end : span.end]
    edits = [Edit(Span(span.start, span.start), "("), Edit(Span(span.end, span.end), ")")]
    if window <= clauses[0][1]:
        moved = Span(pieces[window - 1].end, pieces[clauses[0][1]].end)
        edits = [edits[0], Edit(moved, ""), Edit(Span(span.end, span.end), ")" + text[moved.start : moved.end])]
    right = " ".join(f"where ({tested}{rest})".split())
    return OpenWhere(first, span, right, tuple(edits))


def _where_before(pieces: Sequence[Token], at: int) -> int | None:
    depth = 0
    for index in range(at - 1, 0, -1):
        word = pieces[index].text
        depth += (word == ")") - (word == "(")
        if depth < 0:
            return None
        if word == "where" and depth == 0:
            return index
    return None


def _events_before(pieces: Sequence[Token], where: int) -> list[str]:
    """The names between `any of (` and `)`, or the one in front of `where`."""
    if word_at(pieces, where - 1) != ")":
        return [name_value(pieces[where - 1].text)]
    found = []
    index = where - 2
    while index > 0 and pieces[index].text != "(":
        if is_kind(pieces, index, Piece.WORD, Piece.QUOTED_NAME):
            found.append(name_value(pieces[index].text))
        index -= 1
    return found


def _clauses(pieces: Sequence[Token], start: int) -> list[tuple[int, int]]:
    """The conditions that `and` and `or` join from `start` on, each from its first to its last piece."""
    clauses: list[tuple[int, int]] = []
    first, depth, between = start, 0, False
    for index in range(start, len(pieces) + 1):
        word = word_at(pieces, index)
        depth += (word == "(") - (word == ")" and depth > 0)
        between |= word == "between"
        ends = not word or (depth == 0 and word in _ENDS and not is_kind(pieces, index + 1, Piece.TEXT, Piece.NUMBER))
        joins = depth == 0 and word in ("and", "or")
        if ends or (joins and not (between and word == "and")):
            if index > first:
                clauses.append((first, index - 1))
            first, between = index + 1, False
            if ends:
                break
        elif joins:
            between = False
    return clauses


def _names(pieces: Sequence[Token], clause: tuple[int, int]) -> list[int]:
    return [i for i in range(clause[0], clause[1] + 1) if is_kind(pieces, i, Piece.WORD, Piece.QUOTED_NAME)]


def _names_property(pieces: Sequence[Token], clause: tuple[int, int], events: Sequence[str], belongs: Belongs) -> bool:
    return any(belongs(name_value(pieces[i].text), events) is not False for i in _names(pieces, clause))


def _opens_window(pieces: Sequence[Token], index: int) -> bool:
    opens = (word_at(pieces, index), word_at(pieces, index + 1)) in _WINDOWS
    return opens or (pieces[index].text in ("since", "before") and is_kind(pieces, index + 1, Piece.DATE, Piece.WORD))


def _without_comparison(
    pieces: Sequence[Token], clause: tuple[int, int], events: Sequence[str], belongs: Belongs, where: int
) -> int:
    """The last piece of the tests: `bot >= 2` at the end compares the count, and only `bot` is a test."""
    relation = next((i for i in range(*clause) if pieces[i].text in _RELATIONS), None)
    if relation is None or not is_kind(pieces, relation - 1, Piece.WORD, Piece.QUOTED_NAME):
        return clause[1]
    is_yes_no = belongs(name_value(pieces[relation - 1].text), events) is None
    return relation - 1 if is_yes_no else clause[1]
