"""Text to syntax tree, one statement at a time.

A statement that was read before, here or in another file, is not read again: what is known of it depends on
its kind and its text alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.faults import Fault
from leadline_dsl.nodes import node
from leadline_dsl.reading import UNREAD, read
from leadline_dsl.source import Source, Span
from leadline_dsl.statements import UNKNOWN, Statement, split
from leadline_dsl.syntax import Node

MOST_PIECES = 600_000
"""Words, signs and texts of a file that are read; they suffice for 10,000 rules of twice the usual length."""
MOST_FAULTS = 1000
"""Statements of a file that may be faulty before the reading stops: it is no rules file then."""
_MOST_EXPLAINED = 40_000
"""Characters of faulty statements of a file that are looked into for what was meant; for the rest it is only said
what was expected, so that a file of nothing but mistakes takes no longer than another."""


@node
class Parsed:
    """A statement read by itself: its node, or else the one diagnostic that says why there is none."""

    node: Node | None
    fault: Diagnostic | None


@lru_cache(maxsize=65536)
def parse_statement(kind: str, text: str, is_brief: bool = False) -> Parsed:
    """Reads one statement of a kind (a start symbol of the grammar). Never raises.

    With `is_brief` a fault only says what was expected.
    """
    try:
        found: Any = UNREAD if kind == UNKNOWN else read(kind, text)
        return Parsed(_explain(kind, text, is_brief) if found is UNREAD else found, None)
    except Fault as fault:
        return Parsed(None, fault.diagnose())


def _explain(kind: str, text: str, is_brief: bool) -> Any:
    """Raises Fault for a statement that cannot be read, which the quick reading says of all but those nested deep."""
    # Imported where there are mistakes: a file without one is read in half the time.
    if kind == UNKNOWN:
        from leadline_dsl.mistakes import explain_unknown

        raise explain_unknown(text)
    from leadline_dsl.unread import read_slowly

    return read_slowly(kind, text, is_brief)


@node
class ParsedStatement:
    """A statement in its file, with what was read of it."""

    statement: Statement
    parsed: Parsed


@node
class Document:
    """A parsed file. `cut` says where the reading stopped before the end; the statements below have neither a node
    nor a fault."""

    source: Source
    statements: tuple[ParsedStatement, ...]
    cut: Diagnostic | None = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The faults of all statements that cannot be read, in order."""
        faults = tuple(
            item.parsed.fault.placed(self.source.name, item.statement.start)
            for item in self.statements
            if item.parsed.fault is not None
        )
        return faults if self.cut is None else (*faults, self.cut)


_UNREAD = Parsed(None, None)


def parse(source: Source) -> Document:
    """Reads a whole file; faulty statements have no node and one diagnostic each."""
    known: list[ParsedStatement] = []
    pieces = faults = explained = 0
    statements = split(source)
    for item in statements:
        pieces += item.pieces
        if pieces > MOST_PIECES or faults >= MOST_FAULTS:
            what = f"{MOST_FAULTS:,} statements that cannot be read" if faults >= MOST_FAULTS else _TOO_LARGE
            rest = (ParsedStatement(unread, _UNREAD) for unread in (item, *statements))
            return Document(source, (*known, *rest), _cut(source, item, what))
        is_brief = explained > _MOST_EXPLAINED
        # Without the argument, so that whoever asks for the statement again finds it remembered.
        parsed = parse_statement(item.kind, item.text, True) if is_brief else parse_statement(item.kind, item.text)
        if parsed.fault is not None:
            faults += 1
            explained += len(item.text)
        known.append(ParsedStatement(item, parsed))
    return Document(source, tuple(known))


_TOO_LARGE = f"more than {MOST_PIECES:,} words and signs"


def _cut(source: Source, item: Statement, what: str) -> Diagnostic:
    span = Span(item.start, item.start + len(item.text.partition("\n")[0]))
    message = f"this file has {what}: from here on it is not read"
    return Diagnostic("syntax", Severity.ERROR, message, span, source.name, help="is it a rules file?")
