"""Finds the wordings of `wordings.py` around the place where the reading stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes import wordings
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser, quoted, replacement
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token, scan
from leadline_grammars import language_words

_CONDITIONAL = (wordings.CONDITIONS, wordings.OCCURRENCES, wordings.AMOUNTS)
_TABLES: dict[str, tuple[str, ...]] = {
    "rule_statement": (wordings.LIMITS, *_CONDITIONAL),
    "points_statement": (wordings.POINTS, wordings.AMOUNTS, wordings.OCCURRENCES, wordings.CONDITIONS, wordings.LIMITS),
    "row_statement": (wordings.ROWS, wordings.LIMITS),
    "grade_statement": (wordings.GRADE_ROWS,),
    "grade_row_statement": (wordings.GRADE_ROWS,),
    "score_statement": (wordings.BOUNDS, wordings.LIMITS, wordings.OCCURRENCES),
    "group_statement": (wordings.BOUNDS,),
    "total_statement": (wordings.BOUNDS, wordings.TOTALS),
    "stage_statement": (*_CONDITIONAL, wordings.LIMITS),
    "exit_statement": (*_CONDITIONAL, wordings.LIMITS),
    "define_statement": (wordings.DATA, *_CONDITIONAL),
    "ignore_statement": (wordings.OCCURRENCES, *_CONDITIONAL),
    "assume_statement": _CONDITIONAL,
}
_OTHERS = (wordings.DATA,)

_Pattern = tuple[tuple[str, ...], str]

_PLACES = {"N": (Piece.NUMBER,), "M": (Piece.NUMBER,), "W": (Piece.WORD, Piece.QUOTED_NAME), "T": (Piece.TEXT,)}
_PLACES |= {"D": (Piece.DATE,), "E": (Piece.DATE,)}
_UNIT = re.compile(r"(?:minute|hour|day|week|month|year)s?")


def _phrases(failure: Failure) -> Iterator[Finding]:
    """The longest wording that holds the place of the failure, or ends right before it, comes first."""
    found: list[tuple[int, int, int, str]] = []
    for order, table in enumerate(_TABLES.get(failure.kind, _OTHERS)):
        patterns, longest = _compiled(table)
        for start in range(max(0, failure.index - longest), min(failure.index + 1, len(failure.raws))):
            for pattern, right in (*_begun(patterns, failure.raws[start]), *patterns.get("", ())):
                filled = _filled(failure, start, pattern, right)
                if filled is not None and start + len(pattern) >= failure.index:
                    found.append((-len(pattern), order, start, filled))
    for size, _, start, right in sorted(found, key=lambda item: item[:2]):
        yield _said_right(failure, start, start - size - 1, right)
    if "COMMA" in failure.takes and failure.kind == "rule_statement":
        for size, order, start, right in sorted(found, key=lambda item: item[:2]):
            if order == 0 and start == failure.index:
                yield _said_right(failure, start, start - size - 1, f", {right}")


def _begun(patterns: dict[str, tuple[_Pattern, ...]], token: Token) -> tuple[_Pattern, ...]:
    """The wordings that begin with a piece; `IF` and `Like` are `if` and `like`, unless they have an entry of their
    own."""
    return patterns.get(_plain(token)) or patterns.get(token.text.lower(), ())


def _said_right(failure: Failure, first: int, last: int, right: str) -> Finding:
    finding = replacement(failure, first, last, right)
    span = finding.span
    if right.startswith(",") and first:
        span = Span(failure.raws[first - 1].end, span.end)
    text = right + (" " if _grows_together(right[-1], failure.text[span.end : span.end + 1]) else "")
    if span.start and _grows_together(failure.text[span.start - 1], text[0]):
        text = " " + text
    help = finding.help + _otherwise_meant(right, failure.written(first, last))
    return replace(finding, help=help, edits=(Edit(span, text),))


def _otherwise_meant(right: str, written: str) -> str:
    """What else the words may have meant, for the few that leave it open."""
    if "of what is left" in right and not re.search("left|rest|remain", written):
        return f", or {quoted(right.replace('what is left', 'the original'))} for equal steps"
    return ""


def _grows_together(before: str, after: str) -> bool:
    """Whether a space belongs between two characters: `a=b` becomes `a is b`."""
    return not (not after or before.isspace() or after.isspace() or before in "(" or after in "),:%")


@cache
def _compiled(table: str) -> tuple[dict[str, tuple[_Pattern, ...]], int]:
    """A table by the first piece of its wordings ("" for one that is taken over), and its longest wording."""
    found: dict[str, tuple[_Pattern, ...]] = {}
    longest = 0
    for entry in table.replace("\n    ", " ").strip().split("\n"):
        right, _, wrongs = entry.partition(" ← ")
        for wrong in wrongs.split(";"):
            pattern = tuple(token.text for token in scan(wrong.strip()))
            if not pattern:
                continue
            key = "" if pattern[0] in _PLACES or pattern[0] == "U" else pattern[0]
            found[key] = (*found.get(key, ()), (pattern, right))
            longest = max(longest, len(pattern))
    return found, longest


@cache
def words_of_wordings() -> frozenset[str]:
    """Every word of the tables: what is written so is no slip."""
    tables = {table for tables in (*_TABLES.values(), _OTHERS) for table in tables}
    return frozenset(token.text for table in tables for token in scan(table) if token.kind is Piece.WORD)


def _plain(token: Token) -> str:
    return "'" if token.text in "’‘´" else token.text


def _filled(failure: Failure, start: int, pattern: tuple[str, ...], right: str) -> str | None:
    """The right form with what it takes over, or None where the wording does not stand at `start`."""
    if start + len(pattern) > len(failure.raws):
        return None
    taken: dict[str, str] = {}
    for wanted, token in zip(pattern, failure.raws[start : start + len(pattern)], strict=True):
        is_taken_over = wanted in _PLACES and token.kind in _PLACES[wanted] and token.text not in language_words()
        if is_taken_over or (wanted == "U" and _UNIT.fullmatch(token.text)):
            taken[wanted] = token.text
        elif wanted != _plain(token) and wanted != token.text.lower():
            return None
    return re.sub(r"\b[NMUWTDE]\b", lambda match: taken.get(match.group(), match.group()), right)


PHRASES: tuple[Recogniser, ...] = (_phrases,)
