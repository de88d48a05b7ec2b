"""A statement as parts: its pieces with the space that belongs before each, and the places where a line may break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leadline_dsl.format.width import display_width
from leadline_dsl.tokens import Piece, Token, scan

NEVER = 1000
"""The rank of a part that no line may begin with."""

REASON = 0
"""The rank of `because`, `owner` and `review by`: they leave a long statement's line before anything else does."""

_JOINT, _TERM, _WINDOW, _ITEM, _CLAUSE, _TEST = 1, 2, 3, 4, 5, 6
_DEEPER = 6
"""What each open parenthesis adds to a rank, so that the inside is broken last."""

_DEEPEST = 8
"""Inside of more parentheses than this all places are alike."""

_LIMIT_WORDS = frozenset({"at", "after", "up", "halving", "losing", "fading"})
_BEFORE_OF = frozenset({"one", "none", "any", "all", "number", "count", "sum", "domain", "grade", "list"})
_TEST_WORDS = frozenset({"is", "contains", "starts", "ends", "does", "matches", "includes", "between"})
_BEFORE_A_SIGN = frozenset(
    {"between", "and", "or", "not", "most", "least", "from", "for", "to", "above", "below", "is", "of", "when", "where"}
    | {"contains", "contain", "with", "includes", "include", "by"}
)
"""After these words a sign belongs to the number behind it; after any other word it adds or subtracts."""


class Part(NamedTuple):
    """One piece. A break of a low `rank` reads better than one of a high rank.

    `is_forced`: the line must break before it. `comment` ends the line of the part, `notes` are comments on lines
    of their own below it.
    """

    text: str
    width: int
    is_spaced: bool
    rank: int
    is_forced: bool
    comment: str
    notes: tuple[str, ...]

    @property
    def ends_line(self) -> bool:
        return bool(self.comment or self.notes)


def parts_of(kind: str, text: str) -> tuple[Part, ...]:
    """The parts of a statement that can be read."""
    tokens: list[Token] = []
    comments: dict[int, str] = {}
    notes: dict[int, list[str]] = {}
    for token in scan(text):
        if token.kind is not Piece.COMMENT:
            tokens.append(token)
        elif "\n" in text[tokens[-1].end : token.start]:
            notes.setdefault(len(tokens) - 1, []).append(token.text.rstrip())
        else:
            comments[len(tokens) - 1] = token.text.rstrip()
    is_schema = kind in ("field_statement", "event_statement")
    ranks = _ranks(tokens, is_schema)
    return tuple(
        Part(
            token.text,
            display_width(token.text),
            _is_spaced(tokens, index, is_schema),
            ranks[index],
            index - 1 in comments or index - 1 in notes or _is_reason_without_comma(tokens, index),
            comments.get(index, ""),
            tuple(notes.get(index, ())),
        )
        for index, token in enumerate(tokens)
    )


def _is_spaced(tokens: Sequence[Token], index: int, is_schema: bool) -> bool:
    token = tokens[index]
    if index == 0 or token.text in (",", ")", "%", ":"):
        return False
    before = tokens[index - 1]
    if before.text == "(" or (is_schema and "/" in (token.text, before.text)):
        return False
    return not _is_sign_of_number(tokens, index - 1)


def _is_sign_of_number(tokens: Sequence[Token], index: int) -> bool:
    """Whether the piece is a `+` or `-` that belongs to the number (or the score of a total) behind it."""
    if tokens[index].text not in ("+", "-"):
        return False
    if index == 0:
        return True
    before = tokens[index - 1]
    if before.kind is Piece.SIGN:
        return before.text != ")"
    return before.kind is Piece.WORD and before.text in _BEFORE_A_SIGN


def _is_reason(tokens: Sequence[Token], index: int) -> bool:
    """Whether a reason begins here. A name is never followed by a text or by `by`, so no field is mistaken for one."""
    word = tokens[index].text
    if word not in ("because", "owner", "review") or index in (0, len(tokens) - 1):
        return False
    following = tokens[index + 1]
    return following.text == "by" if word == "review" else following.kind is Piece.TEXT


def _is_reason_without_comma(tokens: Sequence[Token], index: int) -> bool:
    return _is_reason(tokens, index) and tokens[index - 1].text != ","


def _ranks(tokens: Sequence[Token], is_schema: bool) -> list[int]:
    ranks: list[int] = []
    depth = 0
    open_ranges: set[int] = set()
    for index, token in enumerate(tokens):
        depth -= token.text == ")"
        rank = _rank(tokens, index, is_schema)
        if token.text == "between":
            open_ranges.add(depth)
        elif token.text == "and" and depth in open_ranges:
            open_ranges.remove(depth)
            rank = NEVER
        ranks.append(rank if rank in (REASON, NEVER) else rank + _DEEPER * min(depth, _DEEPEST))
        depth += token.text == "("
    return ranks


def _rank(tokens: Sequence[Token], index: int, is_schema: bool) -> int:
    token = tokens[index]
    if index == 0 or _is_sign_of_number(tokens, index):
        return NEVER
    if _is_reason(tokens, index):
        return REASON
    if tokens[index - 1].text == ",":
        return _JOINT if token.text in _LIMIT_WORDS and not is_schema else _ITEM
    if token.kind is Piece.WORD:
        return _word_rank(tokens, index, is_schema)
    if token.kind is not Piece.SIGN or is_schema:
        return NEVER
    return {"+": _TERM, "-": _TERM, "*": _TEST, "/": _TEST}.get(token.text, _TEST if token.text[0] in "<>" else NEVER)


def _word_rank(tokens: Sequence[Token], index: int, is_schema: bool) -> int:
    word = tokens[index].text
    if word == "from":
        return _JOINT
    if is_schema:
        return NEVER
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if word in ("and", "or"):
        return NEVER if following == "more" else _JOINT
    if (word, following) in (("in", "the"), ("more", "than")) or _opens_window(tokens, index):
        return _WINDOW
    if word in ("where", "without"):
        return _CLAUSE
    if word == "of":
        return NEVER if tokens[index - 1].text in _BEFORE_OF or following in ("what", "the") else _TEST
    return _TEST if word in _TEST_WORDS else NEVER


def _opens_window(tokens: Sequence[Token], index: int) -> bool:
    """`since` and `before`, but not in `days since`, unless the days are counted (`in the last 9 days since start`)."""
    if tokens[index].text not in ("since", "before"):
        return False
    return tokens[index - 1].text != "days" or (index > 1 and tokens[index - 2].kind is Piece.NUMBER)
