"""The parser made from the grammar: loaded from tables that were worked out before, where there are any."""

from __future__ import annotations

import hashlib
import pickle
from functools import lru_cache
from pathlib import Path
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from leadline_dsl.builder import Builder
from leadline_dsl.lexer import StatementLexer
from leadline_grammars import grammar_text, read_tables, statement_kinds


@lru_cache(maxsize=1)
def parser() -> Lark:
    """The parser of all kinds of statements."""
    tables = read_tables()
    if tables is not None and tables.startswith(_stamp()):
        return _load(tables[len(_stamp()) :])
    return _build(Builder())


def write_tables(target: Path) -> None:
    """Works the tables out and writes them to a file, marked with the grammar that they are made of."""
    made = _build(None)
    memo, data = _serialize(made)
    target.write_bytes(_stamp() + pickle.dumps({"data": data, "memo": memo}, protocol=4))


def _stamp() -> bytes:
    """Differs where the tables would: by grammar, by this module's use of it, and by lark's version."""
    return hashlib.sha256(f"1 {lark.__version__} {grammar_text()}".encode()).digest()


def _build(transformer: Builder | None) -> Lark:
    return Lark(
        grammar_text(),
        start=list(statement_kinds()),
        parser="lalr",
        lexer=StatementLexer,
        keep_all_tokens=True,
        maybe_placeholders=False,
        transformer=transformer,
    )


def _serialize(made: Lark) -> tuple[Any, Any]:
    data, memo = made.memo_serialize([TerminalDef, Rule])
    return memo, data


def _load(pickled: bytes) -> Lark:
    # What lark's own cache does; its public `load` takes no transformer.
    tables = pickle.loads(pickled)
    loaded = Lark.__new__(Lark)
    loaded._load(tables, transformer=Builder())
    return loaded
