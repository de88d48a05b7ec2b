"""Texts without quotes, names in quotes, names of several words, rules without a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, insertion, quoted, replacement
from leadline_dsl.mistakes.limits import may_limit, opens_limit, unsure_title
from leadline_dsl.mistakes.shapes import one_of
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, is_plain_word, quote_text, text_value
from leadline_dsl.words import RESERVED
from leadline_grammars import language_words

_AFTER_TITLE = frozenset(
    ["when", "for", "by", "at", "between", "if", "from", "otherwise", "else", "with", "time", "where"]
)
_AFTER_VALUE = frozenset(
    [
        "and",
        "or",
        "when",
        "in",
        "since",
        "before",
        "more",
        "because",
        "owner",
        "review",
        "at",
        "for",
        "by",
        "between",
        "from",
        "where",
        "if",
    ]
)
_MOST_WORDS = 12


def _without_quotes(failure: Failure) -> Iterator[Finding]:
    """`stage MQL when`, `job_role is CEO`: a text that stands without its quotes."""
    if "STRING" not in failure.takes or not failure.here or failure.is_a(failure.index, Piece.TEXT, Piece.OPEN_TEXT):
        return
    if failure.is_a(failure.index, Piece.SIGN) and failure.here not in "/*%<":
        return
    if failure.at(failure.index - 1) in (">", "<", ">=", "<="):
        return
    is_title = "NUMBER" not in failure.takes
    stops = _AFTER_TITLE if is_title else _AFTER_VALUE
    first, last = failure.index, _text_end(failure, failure.index, stops)
    if failure.at(failure.index - 1) in ("because", "owner"):
        last = _reason_end(failure, first)
    if last < first:
        return
    if is_title and may_limit(failure, first, last):
        yield unsure_title(failure, first, last)
        return
    edit = _in_quotes(failure, first, last)
    message, span, help = (
        f"a text stands in double quotes: {quoted(edit.text)}",
        failure.span(first, last),
        f"write {edit.text}",
    )
    further = [] if is_title else _further_values(failure, last, stops)
    if further:
        listed = one_of(failure, first)
        if listed:
            yield Finding(message, span, help, (listed, edit, *further))
        yield Finding(message, span, help, (edit, *further))
    yield Finding(message, span, help, (edit,))


def _in_quotes(failure: Failure, first: int, last: int) -> Edit:
    return Edit(failure.span(first, last), quote_text(" ".join(failure.written(first, last).split())))


def _letter_without_quotes(failure: Failure) -> Iterator[Finding]:
    """`A >= 40` below `grade`."""
    is_bound = failure.at(1) in ("at", ">=", ">") and failure.is_a(2, Piece.NUMBER)
    if failure.kind == "grade_row_statement" and failure.index == 0 and is_bound:
        right = f"{quote_text(failure.here)} from {failure.at(2)}"
        yield replacement(failure, 0, 2, right, f"a row of a grade is written {quoted(right)}")


_JOINING = ("&&", "||", "&", "|")


def _text_end(failure: Failure, first: int, stops: frozenset[str]) -> int:
    """The last piece of a text without quotes that begins at `first`."""
    last = first - 1
    for index in range(first, min(len(failure.raws), first + _MOST_WORDS)):
        glued = index > first and failure.touches(index)
        is_stop = (failure.at(index).lower() in stops or failure.at(index) in _JOINING) and index > first
        if (
            failure.at(index) in (",", ")", "(")
            or (failure.at(index) == ":" and "when" in stops)
            or failure.is_a(index, Piece.TEXT, Piece.OPEN_TEXT)
        ):
            break
        if not glued and (is_stop or (index > first and "\n" in failure.written(index - 1, index))):
            break
        last = index
    return last


def _reason_end(failure: Failure, first: int) -> int:
    """Why and who are free text: up to the next reason, or the end of the line."""
    index = first
    while index + 1 < len(failure.raws) and "\n" not in failure.written(index, index + 1):
        if failure.at(index + 1) == "," and failure.at(index + 2) in ("because", "owner", "review"):
            break
        index += 1
    return index


def _further_values(failure: Failure, last: int, stops: frozenset[str]) -> list[Edit]:
    """Quotes for the rest of a list of values without them: `CEO, CMO`."""
    edits: list[Edit] = []
    while _goes_on(failure, last) and failure.is_a(last + 2, Piece.WORD, Piece.STRAY, Piece.TEXT):
        if failure.at(last + 1) != ",":
            edits.append(Edit(Span(failure.raws[last].end, failure.raws[last + 1].end), ","))
        if failure.is_a(last + 2, Piece.TEXT):
            last += 2
            continue
        end = _text_end(failure, last + 2, stops)
        if failure.at(last + 2) in language_words() or end < last + 2:
            break
        edits.append(_in_quotes(failure, last + 2, end))
        last = end
    return edits


def _goes_on(failure: Failure, last: int) -> bool:
    """Whether a list of values goes on behind a piece: with a comma, or with `or` and what is no test of its own."""
    if failure.at(last + 1) == ",":
        return True
    is_listed = failure.at(failure.index - 1) == "of" and failure.at(last + 1) in ("or", "and")
    return is_listed and failure.at(last + 3) in ("", ",", ")", "and", "or", "because", "owner", "review")


def _in_needless_quotes(failure: Failure) -> Iterator[Finding]:
    """`score "fit"`: names stand without quotes, or in backquotes."""
    if "NAME" not in failure.takes or not failure.is_a(failure.index, Piece.TEXT):
        return
    meant = text_value(failure.here)
    if isinstance(meant, str) and meant.strip() and "`" not in meant and "\n" not in meant:
        right = meant if is_plain_word(meant) else f"`{meant}`"
        message = "a name stands without double quotes"
        yield replacement(failure, failure.index, failure.index, right, message, f"write {right}")


_ENDS_NAME = frozenset(
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
        "with",
        "from",
        "when",
        "where",
        "in",
        "at",
        "by",
        "identified",
    ]
)


def _several_words(failure: Failure) -> Iterator[Finding]:
    """`Job Role is "CEO"`, `job-role: text`, `2nd_visit`: such names stand in backquotes."""
    for first in (failure.index - 1, failure.index):
        if first < 0 or failure.at(first) in language_words() or not failure.is_a(first, *_OF_NAMES):
            continue
        last = _name_end(failure, first)
        if failure.kind == "score_statement":
            last = _before_limit(failure, first, last)
        if last > first and last >= failure.index and _looks_like_name(failure, first, last):
            name = " ".join(failure.written(first, last).split())
            message = f"a name of more than letters, digits and `_` stands in backquotes: `{name}`"
            yield replacement(failure, first, last, f"`{name}`", message, f"write `{name}`")


_DECLARING = ("field_statement", "score_statement", "define_statement", "list_statement")


def _declares(failure: Failure, first: int) -> bool:
    return failure.kind == "event_statement" or (failure.kind in _DECLARING and first <= 1)


def _looks_like_name(failure: Failure, first: int, last: int) -> bool:
    """Whether pieces are the words of one name: in a condition only if they are written like a title."""
    glued = all(failure.touches(i) for i in range(first + 1, last + 1))
    words = [failure.at(i) for i in range(first, last + 1) if failure.is_a(i, Piece.WORD)]
    titled = all(not word.islower() or word == "of" for word in words) and failure.is_a(first, Piece.WORD)
    return bool(words) and (glued or titled or _declares(failure, first))


_OF_NAMES = (Piece.WORD, Piece.NUMBER, Piece.STRAY)
_INSIDE_NAMES = ("_", "-", "/", "%", ".", "&", "#", "@", "'", "’", "?")


def _name_end(failure: Failure, first: int) -> int:
    last = first
    for index in range(first + 1, min(len(failure.raws), first + 8)):
        is_part = failure.is_a(index, Piece.WORD, Piece.NUMBER) or failure.at(index) in _INSIDE_NAMES
        if not is_part or failure.at(index) in _ENDS_NAME or "`" in failure.at(index):
            break
        if "\n" in failure.written(index - 1, index):
            break
        last = index
    return last


def _before_limit(failure: Failure, first: int, last: int) -> int:
    """The end of a score's name, which may be followed by its bounds: none of it where a number ends it."""
    ends = next((i for i in range(first, last + 1) if opens_limit(failure, i)), last + 1)
    loose = any(failure.is_a(i, Piece.NUMBER) and not failure.touches(i) for i in range(first + 1, ends))
    return first if loose else ends - 1


def _reserved(failure: Failure) -> Iterator[Finding]:
    """A field that bears one of the few words that never count as a name."""
    last = failure.index - 1
    if failure.at(last) == "not" and failure.index == len(failure.raws):
        help = "write the condition that shall not hold, such as `not (employees >= 10)`"
        yield Finding("nothing stands after `not`", failure.span(last, last), help, ())
        return
    for index in (failure.index - 2, failure.index - 1, failure.index):
        word = failure.at(index)
        if word in RESERVED or (word in language_words() and "NAME" in failure.takes and index == failure.index):
            message = f"{quoted(word)} is a word of the language here; as a name it stands in backquotes"
            yield replacement(failure, index, index, f"`{word}`", message, f"write `{word}` in backquotes")


_TITLED = {"stage_statement": "stage", "exit_statement": "", "points_statement": "points", "group_statement": "group"}


def _no_title(failure: Failure) -> Iterator[Finding]:
    """`+5 when …`, `+5 for each page_view`, `stage when …`: the name is missing."""
    is_rule = failure.kind in ("rule_statement", "row_statement")
    if not is_rule and (failure.kind not in _TITLED or failure.index != 1):
        return
    index = next((i for i in range(1, 4) if failure.at(i) in ("when", "for", "by", "at", "between", "if")), None)
    if index is None or index > failure.index or (is_rule and not _is_untitled(failure, index)):
        return
    what = "a rule" if is_rule else "`points`" if failure.at(0) == "points" else f"a {failure.at(0)}"
    what = "this" if failure.kind == "exit_statement" else what
    title = quote_text(_title_from(failure, index) or failure.at(0).capitalize())
    message = f"{what} needs a name in double quotes, by which results speak of it"
    kind = "rule_statement" if is_rule else ""
    help = f"write a name here, such as {quoted(title)}"
    if failure.at(index) == "if":
        yield replacement(failure, index, index, f"{title} when", message, help, kind)
    yield insertion(failure, index, title, message, help, kind)


def _is_untitled(failure: Failure, index: int) -> bool:
    """Whether points are followed at once by a condition or an event, and not by the values of a row."""
    following = index + 2 if failure.at(index + 1) in ("each", "every") else index + 1
    opens = failure.at(index) != "for" or following == index + 2
    return opens and failure.is_a(index - 1, Piece.NUMBER) and failure.is_a(following, Piece.WORD, Piece.QUOTED_NAME)


def _title_from(failure: Failure, index: int) -> str:
    """A name made of the words of the condition or event."""
    start = index + 2 if failure.at(index + 1) in ("each", "every") else index + 1
    if failure.at(index) in ("at", "between") or start >= len(failure.raws):
        return ""
    words = re.sub(r'["`\\]', "", failure.written(start, min(len(failure.raws), start + 6) - 1))
    return " ".join(words.split()).rstrip(" ,(")[:40]


TITLES: tuple[Recogniser, ...] = (_no_title, _letter_without_quotes)
NAMES: tuple[Recogniser, ...] = (_without_quotes, _in_needless_quotes, _several_words, _reserved)
