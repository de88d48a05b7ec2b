"""One word too few or one too many: tried last, and offered only if the whole statement can be read then."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, comma_before, insertion, quoted, removal
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece
from leadline_grammars import language_words

_INSERTED = frozenset(
    [
        "when",
        "for",
        "each",
        "every",
        "of",
        "to",
        "the",
        "by",
        "from",
        "with",
        "in",
        "at",
        "most",
        "least",
        "up",
        "first",
        "times",
        "per",
        "is",
        "what",
        "left",
        "over",
        "without",
        "identified",
        "zone",
        "otherwise",
        "than",
        "ago",
        "points",
        "between",
        "and",
        "or",
        "one",
        "none",
        "any",
        "original",
    ]
)
"""Words that join others; what would be a name or a value of its own is never made up."""

_INSERTED_LAST = frozenset({"times", "points", "otherwise", "ago"})
_INSERTED_SIGNS = {"COLON": ":", "EQUAL": "=", "PERCENT": "%"}


def _missing_word(failure: Failure) -> Iterator[Finding]:
    """`"A" 40`: the one word between that makes a sentence of it."""
    found = f"before {quoted(failure.here)}" if failure.here else "at the end"
    if failure.index and failure.takes & {"COMMA", "VALUE_COMMA"} and failure.here:
        yield comma_before(failure, failure.index, f"a comma is missing {found}")
    for terminal in sorted(failure.takes):
        sign = _INSERTED_SIGNS.get(terminal)
        if sign and failure.index:
            yield _missing_sign(failure, sign, found)
        word = terminal.lower()
        if word in ("and", "or") and failure.takes >= {"AND", "OR"}:
            continue
        if word in (failure.here, failure.at(failure.index - 1)):
            continue
        if "NAME" not in failure.takes and word in (_INSERTED if failure.here else _INSERTED_LAST):
            yield insertion(failure, failure.index, word, f"{quoted(word)} is missing {found}")


def _begins_condition(failure: Failure) -> bool:
    """Whether what stands here may well be a condition of its own, and not a word too many."""
    is_name = failure.is_a(failure.index, Piece.WORD, Piece.QUOTED_NAME)
    return is_name and failure.index + 1 < len(failure.raws)


def _missing_joiner(failure: Failure) -> Iterator[Finding]:
    """`when decides opted_in`: which of the two words is meant, only the user knows."""
    if failure.takes >= {"AND", "OR"} and failure.index and _begins_condition(failure):
        tried = f"{failure.text[: failure.place.start]}and {failure.text[failure.place.start :]}"
        message = f"`and` or `or` is missing before {quoted(failure.here)}"
        yield Finding(message, failure.place, _AND_OR, (), tried=tried)


_AND_OR = "write `and` if both must hold, `or` if one suffices"


def _missing_sign(failure: Failure, sign: str, found: str) -> Finding:
    end = failure.raws[failure.index - 1].end
    written = sign if sign == "%" or sign == ":" else f" {sign}"
    edits = (Edit(Span(end, end), written),)
    return Finding(f"{quoted(sign)} is missing {found}", failure.place, f"write {quoted(sign)} here", edits)


def _needless_piece(failure: Failure) -> Iterator[Finding]:
    """`then`, `please`, a `:` too many; or the piece before, where the reading stopped behind it."""
    for index in (failure.index, failure.index - 1):
        is_wanted = index < failure.index and failure.at(index) in language_words()
        if index > 0 and failure.here and _may_go(failure, index) and not is_wanted:
            yield removal(failure, index, index, f"{quoted(failure.at(index))} does not belong here")


_NOISE = language_words() | {"then", "a", "an", "please", "pts", "must", "should", "be", "value", "values"}


def _may_go(failure: Failure, index: int) -> bool:
    """A sign or a word that joins; never a name or a text, with which some meaning would go."""
    return failure.at(index).lower() in _NOISE or failure.is_a(index, Piece.SIGN, Piece.STRAY)


_UNITS = frozenset(["people", "employees", "persons", "users", "seats", "staff", "dollars", "euros", "yen", "percent"])


def _needless_unit(failure: Failure) -> Iterator[Finding]:
    """`employees >= 25 employees`, `10 or more people`: what is counted is said already."""
    is_number = failure.is_a(failure.index - 1, Piece.NUMBER) or failure.at(failure.index - 1) == "more"
    if not is_number or not failure.is_a(failure.index, Piece.WORD):
        return
    names = {failure.at(index) for index in range(failure.index)}
    if failure.here in names or failure.here in _UNITS:
        yield removal(failure, failure.index, failure.index, "numbers stand without a unit")
    elif failure.here in _SECONDS and "DAYS" not in failure.takes:
        # Whether the number is one of seconds, only the user knows.
        rest = failure.text[: failure.raws[failure.index - 1].end] + failure.text[failure.place.end :]
        help = f"take {quoted(failure.here)} away if that is what is counted"
        yield Finding("numbers stand without a unit", failure.place, help, (), tried=rest)


_SECONDS = frozenset(["second", "seconds", "sec", "secs", "sekunden", "sekunde"])


def _comma_for_and(failure: Failure) -> Iterator[Finding]:
    """`decides, country is "US"`: which of the two words is meant, only the user knows."""
    sign = failure.index if failure.here == ";" else failure.index - 1
    if sign < 1 or failure.at(sign) not in (",", ";") or failure.at(0) == "list":
        return
    place = failure.span(sign, sign)
    tried = failure.text[: place.start] + " and" + failure.text[place.end :]
    message = f"conditions are joined by `and` or `or`, not by {quoted(failure.at(sign))}"
    yield Finding(message, place, _AND_OR, (), tried=tried)


REPAIRS: tuple[Recogniser, ...] = (_needless_unit, _missing_joiner, _missing_word, _needless_piece, _comma_for_and)
