"""The grammar of the language (`leadline.lark`) as package data."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# Not `importlib.resources`, which takes longer to load than the grammar to be read.
_FOLDER = Path(__file__).parent


@cache
def grammar_text() -> str:
    """The text of `leadline.lark`."""
    return (_FOLDER / "leadline.lark").read_text(encoding="utf-8")


@cache
def language_words() -> frozenset[str]:
    """Every word of the language, read off the grammar."""
    return frozenset(re.findall(r'"([a-z]+)"', grammar_text()))


@cache
def statement_kinds() -> tuple[str, ...]:
    """The start symbols of the grammar: one for each kind of statement."""
    return tuple(re.findall(r"^(\w+_statement):", grammar_text(), re.MULTILINE))


def read_tables() -> bytes | None:
    """The parser's tables, which an installation has worked out beforehand; None where it has not."""
    tables = _FOLDER / "tables.bin"
    return tables.read_bytes() if tables.is_file() else None
