"""What a check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from leadline_compiler.resolve import Resolution
from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic, Edit, Label
from leadline_dsl.source import Place


@dataclass(frozen=True, slots=True)
class Facts:
    """A resolved rules file, and the instant of the run in microseconds."""

    resolution: Resolution
    as_of: int


Check: TypeAlias = Callable[[Facts], Iterable[Diagnostic]]


def find(
    name: str,
    message: str,
    place: Place,
    hint: str = "",
    edits: tuple[Edit, ...] = (),
    related: Iterable[Label] = (),
) -> Diagnostic:
    """A finding at a place in a file."""
    return Diagnostic(name, severity_of(name), message, place.span, place.file, tuple(related), hint, edits)
