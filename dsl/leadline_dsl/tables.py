"""The parser's tables: where a piece leads, and which rule is complete before it.

lark works them out from the grammar. They are kept as plain values, so that a file that is well formed is read
without loading lark, which takes longer than most files take to be read.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from leadline_grammars import grammar_text, read_tables

_FORM = b"leadline tables 2\n"
"""How a file of tables begins; changed with what stands in it."""


class Rule(NamedTuple):
    """A rule of the grammar: how many values it takes, its name, the builder's method that makes one value of them,
    and which of them are lists to be spread out.

    Without a method the value is the list itself, or where `is_same` the one value that there is.
    """

    size: int
    name: str
    method: str
    spread: tuple[int, ...]
    is_same: bool


class Tables(NamedTuple):
    """`states` tell what a piece or a finished rule leads to: the next state, or below 0 the rule that is complete,
    inverted (`~action`). `words` and `signs` are terminals by how they are written."""

    states: Sequence[Mapping[str, int]]
    rules: Sequence[Rule]
    starts: Mapping[str, int]
    ends: Mapping[str, int]
    words: Mapping[str, str]
    signs: Mapping[str, str]


def write_tables(tables: Tables, larks: object) -> bytes:
    """The content of a file of tables: the grammar that they are made of, these, and what lark itself loads."""
    plain = tables._replace(rules=[tuple(rule) for rule in tables.rules])  # type: ignore[misc]
    parts = (grammar_text(), tuple(plain), larks)
    return _FORM + b"".join(pickle.dumps(part, protocol=4) for part in parts)


def load_tables() -> Tables | None:
    """The tables that were worked out before; None where there are none of this grammar."""
    file = _open()
    if file is None:
        return None
    states, rules, *more = pickle.load(file)
    return Tables(states, [Rule(*rule) for rule in rules], *more)


def load_larks() -> Any:
    """What lark loads; None where there is none of this grammar."""
    file = _open()
    if file is None:
        return None
    pickle.load(file)
    return pickle.load(file)


def _open() -> io.BytesIO | None:
    """A file of tables of this grammar, read up to the tables."""
    written = read_tables()
    if written is None or not written.startswith(_FORM):
        return None
    file = io.BytesIO(written)
    file.seek(len(_FORM))
    return file if pickle.load(file) == grammar_text() else None
