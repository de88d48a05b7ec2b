"""When a word of the language counts as such.

Where the parser takes no name, a word of the language is that word; where it takes only a name, any word is
a name. Where both would do, the table here decides by what follows, so that fields and events may bear most
words. `RESERVED` are the few that need backquotes there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadline_dsl.tokens import Piece, Token

STATEMENT_WORDS = frozenset(
    [
        "model",
        "include",
        "contact",
        "events",
        "list",
        "define",
        "assume",
        "ignore",
        "score",
        "group",
        "points",
        "total",
        "grade",
        "disqualify",
        "exclude",
        "stage",
    ]
)

FOLLOWERS = frozenset(
    [
        "is",
        "contains",
        "starts",
        "ends",
        "does",
        "matches",
        "includes",
        "between",
        "and",
        "or",
        "in",
        "more",
        "since",
        "before",
        "where",
        "when",
        "because",
        "owner",
        "review",
        "by",
        "of",
        "to",
        "per",
        "at",
        "up",
        "after",
        "halving",
        "losing",
        "fading",
        "without",
        "over",
    ]
)
"""Words that go on with what stands before them, so a word in front of them is a name."""

RESERVED = frozenset({"not", "event", "day"})
"""`not` where a condition may begin, `event` after `no`, `day` after `per`: always the language's own."""


def _starts_name(following: Sequence[Token], index: int = 0) -> bool:
    if index >= len(following):
        return False
    token = following[index]
    return token.kind is Piece.QUOTED_NAME or (token.kind is Piece.WORD and token.text not in FOLLOWERS)


def _word(following: Sequence[Token], index: int, *words: str) -> bool:
    return index < len(following) and following[index].kind is Piece.WORD and following[index].text in words


def _is_name(following: Sequence[Token], index: int) -> bool:
    return index < len(following) and following[index].kind in (Piece.WORD, Piece.QUOTED_NAME)


def _before_of(following: Sequence[Token]) -> bool:
    return _word(following, 0, "of") and _is_name(following, 1)


def _before_name_of(following: Sequence[Token]) -> bool:
    return _is_name(following, 0) and _word(following, 1, "of")


def _before_event(following: Sequence[Token]) -> bool:
    is_group = _word(following, 0, "of") and len(following) > 1 and following[1].text == "("
    return _word(following, 0, "event") or is_group


_COUNTS_BEFORE: dict[str, Callable[[Sequence[Token]], bool]] = {
    "not": lambda following: True,
    "event": lambda following: True,
    "day": lambda following: True,
    "has": _starts_name,
    "no": _starts_name,
    "first": _starts_name,
    "last": _starts_name,
    "any": _before_event,
    "count": _before_of,
    "sum": _before_of,
    "domain": _before_of,
    "grade": _before_of,
    "lowest": _before_name_of,
    "highest": _before_name_of,
    "average": _before_name_of,
    "latest": _before_name_of,
    "earliest": _before_name_of,
    "number": lambda following: _word(following, 0, "of") and _word(following, 1, "different"),
    "days": lambda following: _word(following, 0, "since", "until"),
}


def counts_as_word(word: str, following: Sequence[Token]) -> bool:
    """Whether a word of the language is that word where a name could stand too; `following` are the next two."""
    decide = _COUNTS_BEFORE.get(word)
    return decide is not None and decide(following)


def needs_backquotes(name: str) -> bool:
    """Whether a name of plain letters should be written in backquotes to be safe in every place."""
    return name in _COUNTS_BEFORE
