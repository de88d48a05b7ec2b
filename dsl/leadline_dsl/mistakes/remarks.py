"""Comments as other languages write them: `//`, `--` and `/* … */` for `#`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadline_dsl.diagnostics import Edit
from leadline_dsl.mistakes.finding import Failure, Finding, Recogniser
from leadline_dsl.source import Span
from leadline_dsl.tokens import Piece, Token

_OPENS = re.compile(r"//+|--+|/\*")
MESSAGE = "a comment begins with `#`"
HELP = "write `#`, and the rest of the line is a comment"


def remark_edits(text: str) -> tuple[Edit, ...]:
    """What makes `#` of every such sign that begins a line or stands behind a space, outside of quotes."""
    edits: list[Edit] = []
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        start = _start(text, at, end)
        opened = _OPENS.match(text, start) if start >= 0 else None
        if opened and opened.group() == "/*":
            closed = text.find("*/", opened.end())
            if closed < 0 or text[closed + 2 :].split("\n", 1)[0].strip():
                return ()
            edits += _block(text, opened, closed)
            end = closed + 2
        elif opened:
            edits.append(Edit(Span(*opened.span()), "#"))
        at = end + 1
    return tuple(edits)


def _start(text: str, start: int, end: int) -> int:
    """Where the comment of the line from `start` to `end` begins, or -1."""
    is_quoted = False
    for at in range(start, end):
        if text[at] == '"' and text[at - 1 : at] != "\\":
            is_quoted = not is_quoted
        elif text[at] == "#" and not is_quoted:
            return -1
        elif text[at] in "/-" and not is_quoted and (at == start or text[at - 1].isspace()) and _OPENS.match(text, at):
            return at
    return -1


def _block(text: str, opened: re.Match[str], closed: int) -> Iterator[Edit]:
    """`/* … */`, over several lines too."""
    yield Edit(Span(*opened.span()), "#")
    for line in re.finditer(r"\n[ \t]*(?=[^\s*]|\*(?!/))", text[opened.end() : closed]):
        place = opened.end() + line.end()
        yield Edit(Span(place, place), "# ")
    start = closed
    while text[start - 1] in " \t":
        start -= 1
    yield Edit(Span(start, closed + 2), "")


def opens_remark(pieces: list[Token] | tuple[Token, ...], index: int) -> bool:
    """Whether two pieces that touch are such a sign."""
    if not 0 <= index < len(pieces) - 1 or pieces[index].end != pieces[index + 1].start:
        return False
    return pieces[index].text + pieces[index + 1].text in ("//", "--", "/*")


def _remarks(failure: Failure) -> Iterator[Finding]:
    raws = tuple(failure.raws)
    first = next((i for i in range(failure.index - 2, failure.index + 1) if opens_remark(raws, i)), None)
    if first is None or failure.is_a(first, Piece.TEXT):
        return
    edits = remark_edits(failure.text)
    start = failure.raws[first].start
    if any(edit.span.start == start for edit in edits):
        yield Finding(MESSAGE, failure.span(first, first + 1), HELP, edits)


REMARKS: tuple[Recogniser, ...] = (_remarks,)
