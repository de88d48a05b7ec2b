"""Limits beside names without quotes: what could be a cap or a floor must never become a part of a name."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, replacement
from leadline_dsl.mistakes.pieces import RELATIONS
from leadline_dsl.tokens import Piece, quote_text

_WORDS = (
    "max maximum maximal maximally min minimum minimal most least up upto cap capped caps capping limit limits limited "
    "ceiling floor under over below above beyond exceed exceeds exceeding bis höchstens mindestens maximale minimale "
    "obergrenze untergrenze gedeckelt begrenzt between zwischen jusqu maximo máximo mínimo hasta"
)
LIMIT_WORDS = frozenset(_WORDS.split())
_SIGNS = frozenset(["<", ">", "=", "≤", "≥", "≦", "≧", "=>", "=<", ">=", "<=", "=="])
_TESTED_KINDS = ("stage_statement", "exit_statement")


def opens_limit(failure: Failure, index: int) -> bool:
    """Whether a piece is a word or a sign with which a limit could begin."""
    return failure.at(index).lower() in LIMIT_WORDS or failure.at(index) in _SIGNS


_NAMED = ("stage_statement", "exit_statement", "rule_statement", "points_statement", "group_statement")


def may_limit(failure: Failure, first: int, last: int) -> bool:
    """Whether some of the pieces of a name without quotes may have been meant as a limit, or as a condition.

    A number is one where a limit could follow the name: not before `when`, nor where only a condition belongs.
    A name behind which nothing is left of a statement that needs more holds what should stand there.
    """
    is_name = first == (2 if failure.kind == "rule_statement" else 1)
    if not is_name or failure.kind not in _NAMED:
        return False
    behind = failure.at(last + 1).lower()
    if any(failure.at(index) in _SIGNS for index in range(first, last + 1)):
        return True
    if not behind and failure.kind in (*_TESTED_KINDS, "points_statement"):
        return True
    is_ended = behind in _ENDS_TITLE
    has_number = any(failure.is_a(i, Piece.NUMBER) for i in range(first, last + 1 if is_ended else len(failure.raws)))
    if has_number and any(opens_limit(failure, index) for index in range(first, last + 1)):
        return True
    in_name = any(failure.is_a(index, Piece.NUMBER) for index in range(first, last + 1))
    return in_name and failure.kind not in _TESTED_KINDS and behind not in ("when", "if")


def _bare_at(failure: Failure) -> Iterator[Finding]:
    """`group "Web" at 20`: a cap or a floor, which are opposites."""
    if not failure.takes >= {"MOST", "LEAST"} or not failure.is_a(failure.index, Piece.NUMBER, Piece.SIGN):
        return
    before, after = failure.text[: failure.place.start], failure.text[failure.place.start :]
    number = failure.written(failure.index, min(failure.index + (failure.here in "+-"), len(failure.raws) - 1))
    message = f"{quoted('at ' + number)} can be a cap or a floor"
    help = f"write {quoted('at most ' + number)} for a cap, {quoted('at least ' + number)} for a floor"
    span = failure.span(failure.index - 1, failure.index)
    yield Finding(message, span, help, (), tried=f"{before}most {after}")


_ENDS_TITLE = frozenset(["when", "for", "by", "if", "wenn", "falls", "si", "cuando", "quando"])
_TESTED = frozenset(["total"])


def _test_behind_title(failure: Failure) -> Iterator[Finding]:
    """`stage Hot total >= 5`: the name ends before what is compared."""
    if failure.kind not in _TESTED_KINDS or failure.index != 1 or failure.is_a(1, Piece.TEXT, Piece.OPEN_TEXT):
        return
    sign = next((i for i in range(3, len(failure.raws)) if failure.at(i) in RELATIONS), None)
    if sign is None or not failure.is_a(sign - 1, Piece.WORD) or failure.at(sign - 1) not in _TESTED:
        return
    last = sign - 2
    if any(failure.at(index).lower() in _ENDS_TITLE or _is_no_name(failure, index) for index in range(1, last + 1)):
        return
    title = quote_text(" ".join(failure.written(1, last).split()))
    right = f"{title} when"
    message = f"a text stands in double quotes: {quoted(title)}"
    yield replacement(failure, 1, last, right, message, f"write {quoted(right)}")


_POINTS = frozenset(["points", "point", "pts"])
_COUNTED = _POINTS | {"time", "times", "x"}


def _limit_of_condition(failure: Failure) -> Iterator[Finding]:
    """`+5 "Reader" when has page_view, at most 20 points`: only what is counted event by event takes a limit."""
    if failure.kind != "rule_statement" or failure.at(3) != "when" or not _opens_cap(failure, failure.index):
        return
    number = next((i for i in range(failure.index, failure.index + 4) if failure.is_a(i, Piece.NUMBER)), None)
    if number is None:
        return
    is_apart = failure.at(failure.index - 1) == ","
    unit = failure.at(number + 1)
    if unit in _POINTS or (is_apart and (unit in _COUNTED or unit in ("", "per"))):
        last = number + (unit in _COUNTED)
        first = failure.index - is_apart
        message = "a limit belongs to points `for each` event, and `when` gives them once"
        help = f"take {quoted(failure.written(first, last))} away, or give the points `for each` event"
        yield Finding(
            message, failure.span(failure.index, last), help, (), tried=failure.text[: failure.raws[first].start]
        )


def _opens_cap(failure: Failure, index: int) -> bool:
    word = failure.at(index).lower()
    return (word == "at" and failure.at(index + 1) == "most") or (word != "at" and word in LIMIT_WORDS)


def _is_no_name(failure: Failure, index: int) -> bool:
    is_part = failure.is_a(index, Piece.WORD, Piece.NUMBER)
    return not is_part or opens_limit(failure, index)


def unsure_title(failure: Failure, first: int, last: int) -> Finding:
    """Says of a name without quotes that holds what may be a limit where its quotes belong."""
    ends = next((i for i in range(first + 1, last + 1) if _may_end_name(failure, i)), last + 1)
    title = quote_text(" ".join(failure.written(first, ends - 1).split()))
    number = next((piece.text for piece in failure.raws[first:] if piece.kind is Piece.NUMBER), "20")
    points = failure.written(0, 1)
    right = {
        "group_statement": f"group {title} at most {number}` for a cap, `group {title} at least {number}` for a floor",
        "stage_statement": f"stage {title} when total >= {number}`",
        "rule_statement": f"{points} {title} when …` or `{points} {title} for each …, up to {number} points`",
        "exit_statement": f"{failure.at(0)} {title} when …`",
        "points_statement": f"points {title} by …`",
    }[failure.kind]
    message = "only the name stands in double quotes, and what follows it behind them"
    return Finding(message, failure.span(first, last), f"write `{right}", ())


def _may_end_name(failure: Failure, index: int) -> bool:
    word = failure.at(index).lower()
    return opens_limit(failure, index) or failure.is_a(index, Piece.NUMBER) or word in _ENDS_TITLE or word in _TESTED


LIMITS: tuple[Recogniser, ...] = (_bare_at, _test_behind_title, _limit_of_condition)
