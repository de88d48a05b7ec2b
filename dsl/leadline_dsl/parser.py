"""Text to syntax tree, one statement at a time.

A statement that was read before, here or in another file, is not read again: what is known of it depends on
its kind and its text alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import UnexpectedInput

from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.faults import Fault
from leadline_dsl.grammar import parser
from leadline_dsl.source import Source, Span
from leadline_dsl.statements import UNKNOWN, Statement, split
from leadline_dsl.syntax import Node
from leadline_dsl.tokens import Piece, scan

MOST_PIECES = 600_000
"""Words, signs and texts of a file that are read; they suffice for 10,000 rules of twice the usual length."""
MOST_FAULTS = 1000
"""Statements of a file that may be faulty before the reading stops: it is no rules file then."""
_MOST_EXPLAINED = 40_000
"""Characters of faulty statements of a file that are looked into for what was meant; for the rest it is only said
what was expected, so that a file of nothing but mistakes takes no longer than another."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A statement read by itself: its node, or else the one diagnostic that says why there is none."""

    node: Node | None
    fault: Diagnostic | None


@lru_cache(maxsize=65536)
def parse_statement(kind: str, text: str, is_brief: bool = False) -> Parsed:
    """Reads one statement of a kind (a start symbol of the grammar). Never raises.

    With `is_brief` a fault only says what was expected.
    """
    if kind == UNKNOWN:
        return Parsed(None, _explain_unknown(text).diagnose())
    try:
        return Parsed(parser().parse(text, start=kind), None)  # type: ignore[arg-type]
    except Fault as fault:
        return Parsed(None, fault.diagnose())
    except UnexpectedInput as error:
        return Parsed(None, _explain(kind, text, error, is_brief).diagnose())


# What explains mistakes is imported where there are any: a file without one is read in half the time.


def _explain_unknown(text: str) -> Fault:
    from leadline_dsl.mistakes import explain_unknown

    return explain_unknown(text)


def _explain(kind: str, text: str, error: Any, is_brief: bool) -> Fault:
    from leadline_dsl.mistakes import MOST_READ, Failure, explain_failure
    from leadline_dsl.mistakes.expected import expected

    token = error.token
    is_short, is_end = len(text) <= MOST_READ and not is_brief, token.type == "$END"
    near = text if is_short or is_end else text[: token.end_pos + 200]
    raws = [raw for raw in scan(near) if raw.kind is not Piece.COMMENT]
    index = len(raws) if is_end else token.line
    takes = _taken(kind, text, index) if is_short else frozenset(error.interactive_parser.accepts())
    failure = Failure(kind, text, raws, index, takes)
    return expected(failure) if is_brief else explain_failure(failure, _left_unread)


def _taken(kind: str, text: str, index: int) -> frozenset[str]:
    """What the grammar takes in front of a piece. The error does not know all of it, since the parser has already
    closed what the wrong piece could not go on with."""
    reading = parser().parse_interactive(text, start=kind)
    for token in reading.iter_parse():
        if token.line == index:
            break
    return frozenset(reading.accepts())  # type: ignore[no-untyped-call]


def _left_unread(kind: str, text: str) -> float:
    """How many characters stand behind the place where the reading stops; -1 where it does not stop.

    A statement that is well formed, but for a literal that means nothing, counts as all but read.
    """
    try:
        parser().parse(text, start=kind)
    except Fault:
        return -0.5
    except UnexpectedInput as error:
        stopped = error.token  # type: ignore[attr-defined]
        return 0 if stopped.type == "$END" else len(text) - (stopped.start_pos or 0)
    return -1


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """A statement in its file, with what was read of it."""

    statement: Statement
    parsed: Parsed


@dataclass(frozen=True, slots=True)
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
    read: list[ParsedStatement] = []
    pieces = faults = explained = 0
    statements = split(source)
    for item in statements:
        pieces += item.pieces
        if pieces > MOST_PIECES or faults >= MOST_FAULTS:
            what = f"{MOST_FAULTS:,} statements that cannot be read" if faults >= MOST_FAULTS else _TOO_LARGE
            rest = (ParsedStatement(unread, _UNREAD) for unread in statements[len(read) :])
            return Document(source, (*read, *rest), _cut(source, item, what))
        is_brief = explained > _MOST_EXPLAINED
        # Without the argument, so that whoever asks for the statement again finds it remembered.
        parsed = parse_statement(item.kind, item.text, True) if is_brief else parse_statement(item.kind, item.text)
        if parsed.fault is not None:
            faults += 1
            explained += len(item.text)
        read.append(ParsedStatement(item, parsed))
    return Document(source, tuple(read))


_TOO_LARGE = f"more than {MOST_PIECES:,} words and signs"


def _cut(source: Source, item: Statement, what: str) -> Diagnostic:
    span = Span(item.start, item.start + len(item.text.partition("\n")[0]))
    message = f"this file has {what}: from here on it is not read"
    return Diagnostic("syntax", Severity.ERROR, message, span, source.name, help="is it a rules file?")
