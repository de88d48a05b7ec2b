"""Which texts name a table: what a user writes goes into the query, and must not become more than a name there."""

from __future__ import annotations

import re
from functools import lru_cache

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Grammar
from sqlglot.errors import SqlglotError

_PLAIN = r"[^\W\d][\w$]*"
_MOST_PARTS = 3


def is_table_name(text: str, dialect: str) -> bool:
    """Whether a text is a name or a dotted name of up to three parts, each plain or in the quotes of the dialect."""
    if not _pattern(dialect).fullmatch(text):
        return False
    try:
        return isinstance(exp.to_table(text, dialect=dialect).this, exp.Identifier)
    except SqlglotError:
        return False


def quoted_example(dialect: str) -> str:
    """How a name with a space is written in the dialect."""
    opening, closing = _quotes(dialect)[0]
    return f"{opening}my contacts{closing}"


@lru_cache(maxsize=32)
def _pattern(dialect: str) -> re.Pattern[str]:
    plain = rf"{_PLAIN}(?:-\w+)*" if dialect == "bigquery" else _PLAIN
    quoted = [_quoted(*map(re.escape, pair)) for pair in _quotes(dialect)]
    part = f"(?:{'|'.join([plain, *quoted])})"
    return re.compile(rf"{part}(?:\.{part}){{0,{_MOST_PARTS - 1}}}")


def _quoted(opening: str, closing: str) -> str:
    return rf"{opening}(?:[^{closing}\\\x00-\x1f]|{closing}{closing})+{closing}"


def _quotes(dialect: str) -> list[tuple[str, str]]:
    return list(Grammar.get_or_raise(dialect).tokenizer_class._IDENTIFIERS.items())
