"""What a check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from leadline_compiler.resolve import Resolution
from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic, Edit, Label
from leadline_dsl.source import Place

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.solve.prover import Search


@dataclass(frozen=True)
class Facts:
    """A resolved rules file, the instant of the run in microseconds, and how long the proofs may search.

    Proofs are as of the end of that instant's day, or `exactly` of the instant.
    """

    resolution: Resolution
    as_of: int
    search: Search = "none"
    exactly: bool = False

    @cached_property
    def analysis(self) -> Analysis:
        """What can be proved of the model, which must be without errors."""
        from leadline_compiler.analysis import analyse

        return analyse(self.resolution.model, self.as_of, self.search, exactly=self.exactly)


Check: TypeAlias = Callable[[Facts], Iterable[Diagnostic]]


def find(
    name: str,
    message: str,
    place: Place,
    hint: str = "",
    edits: tuple[Edit, ...] = (),
    related: Iterable[Label] = (),
    evidence: Mapping[str, Any] | None = None,
) -> Diagnostic:
    """A finding at a place in a file."""
    return Diagnostic(
        name,
        severity_of(name),
        message,
        place.span,
        place.file,
        tuple(related),
        hint,
        edits,
        {} if evidence is None else evidence,
    )
