"""Texts, numbers, dates, names and signs: the smallest pieces of a rules file.

Nothing is refused here: what belongs to no piece of the language becomes a piece of kind `STRAY`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from leadline_dsl.marks import marks_class
from leadline_dsl.normal_forms import normalise


class Piece(Enum):
    WORD = "word"
    QUOTED_NAME = "quoted name"
    TEXT = "text"
    OPEN_TEXT = "text without its closing quote"
    DATE = "date"
    NUMBER = "number"
    SIGN = "sign"
    STRAY = "stray character"
    COMMENT = "comment"


class Token(NamedTuple):
    kind: Piece
    text: str
    start: int
    end: int


_PATTERN = re.compile(
    rf"""
    (?P<WORD>[^\W\d_][\w{marks_class()}]*)
  | (?P<TEXT>"(?:[^"\\\n]|\\[^\n])*")
  | (?P<DATE>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[Tt][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?(?![\w]))
  | (?P<NUMBER>[0-9]+(?:\.[0-9]+)?)
  | (?P<SIGN>>=|<=|[-+*/(),:%<>=](?![=]))
  | (?P<COMMENT>\#[^\n]*)
  | (?P<QUOTED_NAME>`[^`\n]+`)
  | (?P<OPEN_TEXT>"[^\n]*)
  | (?P<STRAY>==|!=|<>|=>|=<|&&|\|\||[^\s])
    """,
    re.VERBOSE,
)


_KINDS = [Piece.STRAY, *(Piece[name] for name in sorted(_PATTERN.groupindex, key=_PATTERN.groupindex.__getitem__))]
"""The kinds of pieces by the number of the pattern's group."""


def scan(text: str) -> list[Token]:
    """All pieces of a text, comments included, in order. Whatever is not white space belongs to one."""
    return [Token(_KINDS[match.lastindex or 0], match[0], *match.span()) for match in _PATTERN.finditer(text)]


@lru_cache(maxsize=16)
def scan_once(text: str) -> Sequence[Token]:
    """As `scan`, and remembered for a moment: a line is scanned to find out whether a statement begins in it, and
    right after as the statement that it mostly is."""
    return scan(text)


def name_value(written: str) -> str:
    """The name that a word or a backquoted name stands for, composed (NFC) so that it compares."""
    return normalise("NFC", written[1:-1].strip() if written.startswith("`") else written)


def is_plain_word(name: str) -> bool:
    """Whether a name can be written without backquotes, as far as its characters go."""
    match = _PATTERN.fullmatch(name)
    return match is not None and match.lastgroup == "WORD"


_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.))", re.DOTALL)
_SIMPLE_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


def text_value(written: str) -> str | re.Match[str]:
    """What a quoted text stands for, or the match of its first escape that the language does not have."""
    body = written[1:-1]
    if "\\" not in body:
        return body
    parts: list[str] = []
    at = 0
    for match in _ESCAPE.finditer(body):
        code, letter = match.groups()
        if code is not None and int(code, 16) < 0x110000 and not 0xD800 <= int(code, 16) < 0xE000:
            meant = chr(int(code, 16))
        elif letter in _SIMPLE_ESCAPES:
            meant = _SIMPLE_ESCAPES[letter]
        else:
            return match
        parts += (body[at : match.start()], meant)
        at = match.end()
    return "".join(parts) + body[at:]


def quote_text(value: str) -> str:
    """A text as it is written in a rules file."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
