"""Lines that begin like no statement."""

from __future__ import annotations

from functools import lru_cache

from leadline_dsl.diagnostics import Edit
from leadline_dsl.faults import Fault
from leadline_dsl.mistakes.finding import quoted
from leadline_dsl.mistakes.pieces import pieces_without_comments
from leadline_dsl.mistakes.remarks import HELP as COMMENT_HELP
from leadline_dsl.mistakes.remarks import MESSAGE as COMMENT
from leadline_dsl.mistakes.remarks import remark_edits
from leadline_dsl.mistakes.spelling import closest
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token, scan
from leadline_dsl.words import STATEMENT_WORDS

_MEANT = {
    "import": "include",
    "use": "include",
    "let": "define",
    "set": "define",
    "var": "define",
    "def": "define",
    "tier": "stage",
    "threshold": "stage",
    "segment": "stage",
    "level": "stage",
    "contacts": "contact",
    "lead": "contact",
    "leads": "contact",
    "fields": "contact",
    "event": "events",
    "grades": "grade",
    "totals": "total",
    "point": "points",
    "disqualification": "disqualify",
    "exclusion": "exclude",
    "reject": "disqualify",
    "block": "exclude",
    "suppress": "exclude",
    "remove": "exclude",
    "scores": "score",
    "models": "model",
    "category": "group",
    "section": "group",
    "skip": "ignore",
}

BEGINNINGS = (
    "a line begins with a statement word such as `score`, with points such as `+5`, or with a name and a colon; "
    "any other line goes on with the one above"
)


@lru_cache(maxsize=4096)
def meant_word(word: str) -> str:
    """The statement word that a word at the beginning of a line was meant to be, or ""."""
    small = word.lower()
    if small in STATEMENT_WORDS:
        return small
    near = closest(small, STATEMENT_WORDS, most=1)
    return near[0] if near else _MEANT.get(small, "")


def explain_unknown(text: str) -> Fault:
    """The fault of a text that begins like no statement."""
    first = _first(text)
    if first is None:
        return Fault("nothing stands here that can be read", Span(0, len(text)), BEGINNINGS)
    remarks = remark_edits(text)
    if remarks and remarks[0].span.start == first.start:
        return Fault(COMMENT, remarks[0].span, COMMENT_HELP, remarks)
    span = Span(first.start, first.end)
    meant = meant_word(first.text) if first.kind is Piece.WORD else ""
    if meant and meant != first.text:
        help = f"write {quoted(meant)}"
        if meant == first.text.lower():
            message = f"statement words are written small: {quoted(meant)}, not {quoted(first.text)}"
        else:
            message = f"no statement begins with {quoted(first.text)}; did you mean {quoted(meant)}?"
        return Fault(message, span, help, (Edit(span, meant),))
    if first.text.lower() in ("when", "if", "add", "give", "award", "subtract", "deduct"):
        return _points_late(text, span)
    return Fault(f"no statement begins with {quoted(first.text)}", span, BEGINNINGS)


def _points_late(text: str, span: Span) -> Fault:
    from leadline_dsl.mistakes.lines import points_first

    pieces = pieces_without_comments(text)
    rule = points_first(text, pieces, 0) if pieces else None
    message = "a rule begins with its points"
    if rule is None:
        return Fault(message, span, 'write `+5 "NAME" when …`')
    return Fault(message, rule[0], f"write {quoted(rule[1], 200)}", (Edit(*rule),))


def _first(text: str) -> Token | None:
    line = text.lstrip().split("\n", 1)[0]
    offset = len(text) - len(text.lstrip())
    pieces = scan(line[:2000])
    return pieces[0]._replace(start=pieces[0].start + offset, end=pieces[0].end + offset) if pieces else None
