"""Ages of dates and events as they are said elsewhere: `signed_up in the last 30 days`, `renewal in the next month`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, replacement
from leadline_dsl.mistakes.pieces import is_kind, word_at
from leadline_dsl.tokens import Piece, Token
from leadline_grammars import language_words

_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_UNITS = frozenset({"minute", "hour", "month", "year", *_DAYS})
_LAST = frozenset({"last", "past", "previous", "recent"})
_NEXT = frozenset({"next", "coming", "following", "upcoming"})
_PREPOSITIONS = frozenset({"in", "within", "during", "over"})
_MORE = (("more", "than"), ("longer", "than"), ("older", "than"), ("earlier", "than"), ("over",), ("at", "least"))
_LESS = (("less", "than"), ("fewer", "than"), ("newer", "than"), ("younger", "than"), ("under",), ("within",))
_SIGNS = frozenset({">", ">=", "<", "<="})


@dataclass(frozen=True, slots=True)
class Age:
    """A name and how long ago or how far off it is, from one piece to another. `is_said` where `is` or `was` stands
    behind the name, which then can be no event; `sign` is the relation of one that is compared."""

    first: int
    last: int
    name: str
    kind: Literal["within", "ago", "ahead", "exact", "compared"]
    count: str
    unit: str
    is_said: bool
    sign: str = ""


def whole_days(count: str, unit: str) -> int | None:
    """A duration in days, where it is always so many: months and years go by the calendar."""
    if not count.isdigit() or len(count) > 6:
        return None
    if unit in ("hour", "hours"):
        return int(count) // 24 or None if int(count) % 24 == 0 else None
    return int(count) * _DAYS[unit] or None if unit in _DAYS else None


def find_age(pieces: Sequence[Token], near: int) -> Age | None:
    """The age that holds the piece `near`, or ends right before it."""
    for first in range(min(near, len(pieces) - 1), max(-1, near - 9), -1):
        begins = word_at(pieces, first - 1).lower() in _BEFORE
        if begins and is_kind(pieces, first, Piece.WORD, Piece.QUOTED_NAME) and pieces[first].text not in _NO_NAMES:
            age = _age(pieces, first)
            if age is not None and age.last >= near - 1:
                return age
    return None


_BEFORE = frozenset({"when", "if", "where", "and", "or", "not", "(", "=", "assume", "unless"})
_NO_NAMES = frozenset(
    {"is", "was", "in", "within", "during", "over", "the", "than", "more", "less", "ago", "and", "or"}
)
_NO_NAMES |= {
    "when",
    "has",
    "no",
    "not",
    "last",
    "past",
    "next",
    "since",
    "before",
    "of",
    "at",
    "least",
    *_UNITS,
    "days",
}


def _age(pieces: Sequence[Token], first: int) -> Age | None:
    def words(start: int, length: int) -> tuple[str, ...]:
        return tuple(word_at(pieces, i).lower() for i in range(start, start + length))

    at = first + 1
    is_said = words(at, 1)[0] in ("is", "was", "were", "been")
    at += is_said
    if words(at, 1)[0] in _SIGNS:
        return _measured(pieces, first, at + 1, "compared", is_said, pieces[at].text)
    if words(at, 1)[0] in _PREPOSITIONS or words(at, 1)[0] in ("the", *_LAST, *_NEXT):
        start = at + (words(at, 1)[0] in _PREPOSITIONS)
        start += words(start, 1) == ("the",)
        if words(start, 1)[0] in _LAST or words(start, 1)[0] in _NEXT:
            kind: Literal["within", "ahead"] = "within" if words(start, 1)[0] in _LAST else "ahead"
            return _measured(pieces, first, start + 1, kind, is_said)
    for wordings, meant in ((_MORE, "ago"), (_LESS, "within")):
        for wording in wordings:
            if words(at, len(wording)) == wording:
                return _measured(pieces, first, at + len(wording), meant, is_said)  # type: ignore[arg-type]
    age = _measured(pieces, first, at, "exact", is_said)
    return age if age is not None and word_at(pieces, age.last) == "ago" else None


def _measured(
    pieces: Sequence[Token],
    first: int,
    at: int,
    kind: Literal["within", "ago", "ahead", "exact", "compared"],
    is_said: bool,
    sign: str = "",
) -> Age | None:
    """With the number and the unit at a piece, and `ago` behind them; one without number is one of its units."""
    count, at = (word_at(pieces, at), at + 1) if is_kind(pieces, at, Piece.NUMBER) else ("1", at)
    unit = word_at(pieces, at).lower()
    if unit.removesuffix("s") not in _UNITS:
        return None
    last = at + (word_at(pieces, at + 1) == "ago")
    return Age(first, last, pieces[first].text, kind, count, unit, is_said, sign)


def as_date(age: Age) -> str | None:
    """The age as it is written of a date; None where it cannot be said in whole days, or leaves open what is meant."""
    days = whole_days(age.count, age.unit)
    if days is None:
        return None
    match age.kind:
        case "within":
            return f"days since {age.name} between 0 and {days - 1}"
        case "ahead":
            return f"days until {age.name} between 0 and {days - 1}"
        case "ago":
            return f"days since {age.name} >= {days}"
        case "exact":
            return f"days since {age.name} is {days}"
        case "compared":
            return None


def as_event(age: Age) -> str | None:
    """The age as it is written of an event."""
    window = f"{age.count} {age.unit}"
    if age.kind == "within":
        return f"has {age.name} in the last {window}"
    return f"has {age.name} more than {window} ago" if age.kind == "ago" else None


def how_old(age: Age) -> str:
    """What to write for an age of a date that leaves something open."""
    if age.kind == "compared":
        days = whole_days(age.count, age.unit) or age.count
        return f"`days since {age.name} >= {days}` is longer ago, `days since {age.name} < {days}` more recent"
    count = int(age.count) if age.count.isdigit() and len(age.count) < 4 else 1
    days = count * (365 if age.unit.startswith("year") else 30)
    word = "until" if age.kind == "ahead" else "since"
    return f"the age of a date is counted in days: `days {word} {age.name} {'>=' if age.kind == 'ago' else '<'} {days}`"


def _ages(failure: Failure) -> Iterator[Finding]:
    if failure.kind in _WITHOUT_CONDITIONS:
        return
    age = find_age(failure.raws, failure.index)
    if age is None or age.name in language_words() or age.first >= failure.index:
        return
    written = failure.written(age.first, age.last)
    dated, happened = as_date(age), as_event(age)
    is_event = happened is not None and not age.is_said
    if age.kind == "within" and is_event and happened is not None:
        help = f"write {quoted(happened, 80)} for an event"
        help += f", {quoted(dated, 80)} for a date" if dated else ""
        yield replacement(failure, age.first, age.last, happened, help=help)
    elif dated is not None:
        help = f"write {quoted(dated, 80)}"
        help += f" for a date, {quoted(happened, 80)} for an event" if is_event and happened else ""
        yield replacement(failure, age.first, age.last, dated, help=help)
    else:
        message = (
            f"{quoted(written)} can be read in two ways"
            if age.kind == "compared"
            else (f"{quoted(written)} is not the way to ask for the age of a date")
        )
        yield Finding(message, failure.span(age.first, age.last), how_old(age), ())


_WITHOUT_CONDITIONS = frozenset({"field_statement", "event_statement", "row_statement", "grade_row_statement"})


def _periods(failure: Failure) -> Iterator[Finding]:
    """`for each page_view from 2026-01-01 to 2026-03-31`, `in 2026`: the day behind `before` is not in."""
    for first in (failure.index, failure.index - 1, failure.index - 2):
        opener = failure.at(first)
        is_date = failure.is_a(first + 1, Piece.DATE) and failure.is_a(first + 3, Piece.DATE)
        if opener in ("between", "from", "since") and is_date and failure.at(first + 2) in ("and", "to", "until", "-"):
            start, end = failure.at(first + 1), failure.at(first + 3)
            after = _day_after(end)
            if after:
                yield replacement(failure, first, first + 3, f"since {start} before {after}")
        year = failure.at(first + 1)
        if opener in ("in", "during") and failure.is_a(first + 1, Piece.NUMBER) and len(year) == 4 and year.isdigit():
            right = f"since {year}-01-01 before {int(year) + 1}-01-01"
            yield replacement(failure, first, first + 1, right)


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _comparison_with_unit(failure: Failure) -> Iterator[Finding]:
    """`days since signed_up > 30 days`: the unit is said already."""
    if failure.here in _DAYS and failure.is_a(failure.index - 1, Piece.NUMBER):
        for at in range(failure.index - 2, max(0, failure.index - 12), -1):
            if failure.at(at) == "days" and failure.at(at + 1) in ("since", "until"):
                ends = failure.raws[failure.index - 1].end
                last = failure.index + (failure.at(failure.index + 1) == "ago")
                days = whole_days(failure.at(failure.index - 1), failure.here)
                span = failure.span(failure.index - 1, last)
                message = f"{quoted(f'days {failure.at(at + 1)} …')} is a number of days already"
                if days is not None and ends:
                    yield Finding(message, span, f"write `{days}`", (Edit(span, str(days)),))
                return


AGES: tuple[Recogniser, ...] = (_comparison_with_unit, _ages, _periods)
