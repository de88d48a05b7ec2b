"""Quotes that are not straight, not double, or not closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token

_CLOSERS = {
    "“": "”“",
    "”": "”“",
    "„": "“”„",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "「": "」",
    "『": "』",
    "‘": "’‘",
    "’": "’",
    "‚": "’‘",
    "‹": "›",
    "›": "‹›",
    "'": "'’",
    "′": "′",
    "″": "″",
    "＂": "＂",
    "〝": "〟",
    "´": "´",
    "`": "'´",
}
_CLOSING = frozenset("".join(_CLOSERS.values()))

_STRAIGHT = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"|`[^`\n]+`|#[^\n]*')


def _other_quotes(failure: Failure) -> Iterator[Finding]:
    """“CEO”, „CEO“, «CEO», 「CEO」, 'CEO': all such texts of the statement are mended at once."""
    if not any(failure.at(index)[:1] in _CLOSERS for index in range(failure.index - 1, failure.index + 2)):
        return
    pairs = list(_pairs(failure.text))
    if not pairs:
        return
    start, end = next(((a, b) for a, b in pairs if b >= failure.place.start), pairs[0])
    edits = tuple(edit for a, b in pairs for edit in _straightened(failure.text, a, b))
    is_single = failure.text[start] in "'‘’‚"
    message = "a text stands in double quotes, not single ones" if is_single else "a text stands in straight quotes"
    inner = failure.text[start + 1 : end]
    yield Finding(message, Span(start, end + 1), f'write `"{inner}"`', edits)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where texts in other quotes begin and end, both quotes in."""
    at = 0
    while at < len(text):
        straight = _STRAIGHT.match(text, at)
        if straight:
            at = straight.end()
            continue
        end = _closing(text, at) if text[at] in _CLOSERS and not text[at - 1 : at].isalnum() else -1
        if end > 0:
            yield at, end
            at = end
        elif text[at] in _CLOSERS and text[at + 1 : at + 2] in _CLOSERS:
            at += 1
        at += 1


def _closing(text: str, start: int) -> int:
    """The place of the quote that closes the one at `start`, on the same line, or -1."""
    wanted = _CLOSERS[text[start]]
    if text[start + 1 : start + 2] in wanted:
        return -1
    straight = -1
    for at in range(start + 2, min(len(text), start + 1000)):
        if text[at] == "\n":
            break
        is_apostrophe = text[at] in "'’" and text[at + 1 : at + 2].isalnum()
        if text[at] in wanted and not is_apostrophe:
            return at
        if text[at] == '"' and straight < 0:
            straight = at
    return straight


def _straightened(text: str, start: int, end: int) -> Iterator[Edit]:
    yield Edit(Span(start, start + 1), '"')
    for at in range(start + 1, end):
        if text[at] == '"':
            yield Edit(Span(at, at), "\\")
    yield Edit(Span(end, end + 1), '"')


_ENDS_NAME = re.compile(r"\s+(?:when|for each|for every|by|at most|at least|between|from|otherwise)\b|\s*,\s|\s+#|\s*$")
_ENDS_VALUE = re.compile(
    r"""\s*(?:,\s*(?=["\w])|\)|\#|$)|\s+(?:and|or|in\sthe\slast|more\sthan|because|owner|review\sby|between|since|>=|<=|>|<)(?:\s|$)"""
)


def _open_quote(failure: Failure) -> Iterator[Finding]:
    """`"CEO`: a text that its line does not close."""
    for index in range(failure.index + 1, max(-1, failure.index - 3), -1):
        if failure.is_a(index, Piece.TEXT, Piece.OPEN_TEXT):
            yield from _closed_within(failure, index)
    opened = next((i for i, raw in enumerate(failure.raws) if raw.kind is Piece.OPEN_TEXT), None)
    if opened and failure.raws[opened].text.strip() == '"':
        yield from _opened_before(failure, opened)


def _closed_within(failure: Failure, index: int) -> Iterator[Finding]:
    """Proposals to close a text early: where a word begins that the statement needs, else at the end of the line."""
    raw = failure.raws[index]
    for at in range(1, len(raw.text)):
        if raw.text[at] in _CLOSING and (raw.text[at] not in "'’" or not raw.text[at + 1 : at + 2].isalnum()):
            yield _closed(failure, raw.start, raw.start + at, 1)
            break
    is_title = (index and failure.is_a(index - 1, Piece.NUMBER)) or index == 1
    patterns = (_ENDS_NAME, _ENDS_VALUE) if is_title else (_ENDS_VALUE, _ENDS_NAME)
    for pattern in patterns:
        end = pattern.search(raw.text, 2)
        if end and (raw.kind is Piece.OPEN_TEXT or end.group().strip()):
            yield _closed(failure, raw.start, raw.start + end.start(), 0)
            if raw.kind is Piece.TEXT:
                yield from _closed_twice(failure, raw, raw.start + end.start())
    if raw.kind is Piece.OPEN_TEXT and len(raw.text) > 1:
        yield _closed(failure, raw.start, raw.end, 0)


def _closed_twice(failure: Failure, raw: Token, first: int) -> Iterator[Finding]:
    """`"Executive when job_role is "CEO`: two texts on a line, neither of them closed."""
    end = _ENDS_VALUE.search(failure.text, raw.end)
    if end:
        once = _closed(failure, raw.start, first, 0)
        yield replace(once, edits=(*once.edits, Edit(Span(end.start(), end.start()), '"')))


def _closed(failure: Failure, start: int, end: int, replaced: int) -> Finding:
    written = failure.text[start:end] + '"'
    edit = Edit(Span(end, end + replaced), '"')
    return Finding("the text is not closed", Span(start, end), f"write {quoted(written)}", (edit,))


def _opened_before(failure: Failure, index: int) -> Iterator[Finding]:
    """`CEO"`: the quote that should open the text is the one that is missing."""
    first = index
    while first > 0 and failure.is_a(first - 1, Piece.WORD) and first > failure.index:
        first -= 1
    if first < index:
        start = failure.raws[first].start
        written = '"' + failure.text[start : failure.raws[index].end]
        edits = (Edit(Span(start, start), '"'),)
        yield Finding(
            "the text has no quote before it", Span(start, failure.raws[index].end), f"write {quoted(written)}", edits
        )


QUOTES: tuple[Recogniser, ...] = (_other_quotes, _open_quote)
