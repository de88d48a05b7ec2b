"""`and` and `or` side by side without parentheses.

`and` binds tighter than `or`, so `a or b and c` means `a or (b and c)`. Half of all readers take it the other
way, and the rule then counts for other contacts than they think.

Example:

    +5 "Buyer" when role is "CEO" or role is "CMO" and employees >= 25

The way out: put parentheses around the part that belongs together. The fix puts them where they change
nothing:

    +5 "Buyer" when role is "CEO" or (role is "CMO" and employees >= 25)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from leadline_compiler.checks.facts import Facts, find
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Diagnostic, Edit, Severity
from leadline_dsl.parser import parse_statement
from leadline_dsl.source import Place, Span
from leadline_dsl.walk import walk


def check(facts: Facts) -> Iterator[Diagnostic]:
    for entry in facts.resolution.entries:
        statement = entry.item.statement
        for span, parts in _mixed(statement.kind, statement.text):
            if _is_faulty(entry.file, span.shifted(entry.start), facts):
                continue
            edits = tuple(
                edit
                for part in parts
                for edit in (
                    Edit(Span(part.start, part.start).shifted(entry.start), "("),
                    Edit(Span(part.end, part.end).shifted(entry.start), ")"),
                )
            )
            yield find(
                "mixed-and-or",
                "`and` and `or` stand side by side without parentheses",
                Place(entry.file, span.shifted(entry.start)),
                "`and` binds tighter: put parentheses around what belongs together",
                edits,
            )


def _is_faulty(file: str, span: Span, facts: Facts) -> bool:
    """Whether an error is told of the mixture already: what belongs together is seen once that is mended."""
    return any(
        item.file == file and span.start <= item.span.start < span.end and item.severity is Severity.ERROR
        for item in facts.resolution.diagnostics
    )


@lru_cache(maxsize=65536)
def _mixed(kind: str, text: str) -> tuple[tuple[Span, tuple[Span, ...]], ...]:
    """For each mixture its span, and the spans of the `and` parts in it."""
    if "or" not in text or "and" not in text:
        return ()
    found = []
    for node, _ in walk(parse_statement(kind, text).node):
        if isinstance(node, s.Either):
            parts = tuple(part.span for part in node.parts if isinstance(part, s.All))
            if parts:
                found.append((node.span, parts))
    return tuple(found)
