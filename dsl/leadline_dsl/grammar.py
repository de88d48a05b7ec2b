"""lark's parser, made from the grammar or loaded from tables: it works the tables out, and knows of a statement that
cannot be read where the reading stops and what could have followed there."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule as LarkRule
from lark.lexer import TerminalDef
from lark.parsers.lalr_analysis import Shift

from leadline_dsl import tables
from leadline_dsl.builder import Builder
from leadline_dsl.lexer import StatementLexer, words_and_signs
from leadline_dsl.tables import Rule, Tables
from leadline_grammars import grammar_text, statement_kinds


@lru_cache(maxsize=1)
def parser() -> Lark:
    """The parser of all kinds of statements."""
    known = tables.load_larks()
    if known is not None and known["version"] == lark.__version__:
        return _load(known)
    return _build(Builder())


def make_tables() -> Tables:
    """The tables of the grammar, worked out anew."""
    return _tables_of(_build(None))


def write_tables(target: Path) -> None:
    """Works the tables out and writes them to a file."""
    made = _build(None)
    memo, data = _serialize(made)
    target.write_bytes(tables.write_tables(_tables_of(made), {"version": lark.__version__, "data": data, "memo": memo}))


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
    data, memo = made.memo_serialize([TerminalDef, LarkRule])
    return memo, data


def _load(known: Any) -> Lark:
    # What lark's own cache does; its public `load` takes no transformer.
    loaded = Lark.__new__(Lark)
    loaded._load({"data": known["data"], "memo": known["memo"]}, transformer=Builder())
    return loaded


def _tables_of(made: Lark) -> Tables:
    inner: Any = made.parser.parser.parser
    table = inner.parse_table
    rules = list(inner.callbacks)
    numbers = {rule: number for number, rule in enumerate(rules)}

    def action_of(kind: Any, target: Any) -> int:
        return int(target) if kind is Shift else ~numbers[target]

    states = [
        {str(name): action_of(*action) for name, action in table.states[state].items()}
        for state in range(len(table.states))
    ]
    plain = [_rule_of(rule) for rule in rules]
    return Tables(states, plain, dict(table.start_states), dict(table.end_states), *words_and_signs(made.terminals))


def _rule_of(rule: Any) -> Rule:
    """A rule as lark would call the builder for it: `?` hands a single value on, `_` and what lark makes of `*` and
    `+` are spread out in the rule above."""
    name, parts = str(rule.origin.name), rule.expansion
    spread = tuple(place for place, part in enumerate(parts) if not part.is_term and part.name.startswith("_"))
    is_same = rule.options.expand1 and not rule.alias and len(parts) == 1 and not spread
    method = "" if is_same or name.startswith("_") else rule.alias or name
    return Rule(len(parts), name, method, spread, is_same)
