"""Declared things that no statement uses, in the file itself: an included file may serve others too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from leadline_compiler.checks.facts import Facts, find
from leadline_dsl.diagnostics import Diagnostic


def unused(
    facts: Facts, name: str, kind: Literal["define", "list", "field", "event"], message: str, hint: str
) -> Iterator[Diagnostic]:
    """A finding for each unused thing of a kind; `message` has a place `{}` for its name."""
    resolution = facts.resolution
    main = next(iter(resolution.documents))
    for key, place in resolution.places.items():
        if key.kind == kind and place.file == main and key not in resolution.used:
            yield find(name, message.format(f"`{key.name}`"), place, hint)
