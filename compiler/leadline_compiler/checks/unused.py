"""Declared things that no statement uses, in the file itself: an included file may serve others too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from leadline_compiler.checks.facts import Facts, find
from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.tokens import Piece, name_value, scan


def unused(
    facts: Facts, name: str, kind: Literal["define", "list", "field", "event"], message: str, hint: str
) -> Iterator[Diagnostic]:
    """A finding for each unused thing of a kind; `message` has a place `{}` for its name."""
    resolution = facts.resolution
    main = next(iter(resolution.documents))
    idle = {
        key: place
        for key, place in resolution.places.items()
        if key.kind == kind and place.file == main and key not in resolution.used
    }
    mentioned = _words_in_faulty_statements(facts) if idle else frozenset()
    for key, place in idle.items():
        if key.name not in mentioned:
            yield find(name, message.format(f"`{key.name}`"), place, hint)


def _words_in_faulty_statements(facts: Facts) -> frozenset[str]:
    """The names in statements with an error: they are used, if not rightly."""
    texts: set[str] = set()
    for diagnostic in facts.resolution.diagnostics:
        document = facts.resolution.documents.get(diagnostic.file)
        if document is None or diagnostic.severity is not Severity.ERROR:
            continue
        index = bisect_right(document.statements, diagnostic.span.start, key=lambda item: item.statement.start)
        if index:
            texts.add(document.statements[index - 1].statement.text)
    return frozenset().union(*map(_words_behind_the_first_name, texts))


@lru_cache(maxsize=4096)
def _words_behind_the_first_name(text: str) -> frozenset[str]:
    """The names in a statement but for its first two pieces: the first name of a declaration is no use of it."""
    return frozenset(
        name_value(piece.text) for piece in scan(text)[2:] if piece.kind in (Piece.WORD, Piece.QUOTED_NAME)
    )
