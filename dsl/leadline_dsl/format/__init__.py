"""`leadline fmt`: one layout for every rules file, and never another meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.format.layout import lay_out
from leadline_dsl.format.wrapping import WIDTH, Line
from leadline_dsl.parser import Document, ParsedStatement, parse, parse_statement
from leadline_dsl.source import Source
from leadline_dsl.statements import Statement, split
from leadline_dsl.tokens import Piece, scan_once

__all__ = ["WIDTH", "Formatted", "format_text"]


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file laid out anew.

    `diagnostics` are the faults of the statements that cannot be read, placed in the source; such statements stay
    as they were written. `refused`: the new layout would have read differently, so `text` is that of the source.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...]
    refused: bool = False


def format_text(source: Source) -> Formatted:
    """Lays a rules file out in the one layout. Comments stay; what it means is read again and compared."""
    document = parse(source)
    line_end = "\r\n" if _ends_lines_with_return(source.text) else "\n"
    for is_careful in (False, True):
        text = _text_of(lay_out(document, is_careful), line_end)
        if _mean_the_same(document, split(Source(source.name, text))):
            return Formatted(text, document.diagnostics)
    return Formatted(source.text, document.diagnostics, refused=True)


def _ends_lines_with_return(text: str) -> bool:
    end = text.find("\n")
    return end > 0 and text[end - 1] == "\r"


def _text_of(lines: list[Line], line_end: str) -> str:
    return "".join(_line_text(line) + line_end for line in lines)


def _line_text(line: Line) -> str:
    if not line.comment:
        return line.text
    return line.text + ("  " if line.text.strip() else "") + line.comment


def _mean_the_same(one: Document, other: Iterator[Statement]) -> bool:
    # Not gathered first, so that the pieces of each are still remembered.
    return all(_same_statement(*pair) for pair in zip_longest(one.statements, other))


def _same_statement(one: ParsedStatement | None, other: Statement | None) -> bool:
    if one is None or other is None:
        return False
    if one.parsed.node is None or one.statement.kind != other.kind:
        return (one.statement.kind, _plain(one.statement.text)) == (other.kind, _plain(other.text))
    # What a statement means depends on its pieces alone; only where they differ need it be read again.
    if one.statement.text == other.text or _pieces(one.statement.text) == _pieces(other.text):
        return True
    return one.parsed.node == parse_statement(other.kind, other.text).node


def _pieces(text: str) -> list[tuple[Piece, str]]:
    return [(token.kind, token.text) for token in scan_once(text) if token.kind is not Piece.COMMENT]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").removesuffix("\r")
