"""Rules files on disk and in memory: read, checked, and ready to score."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leadline.collecting import without_collecting
from leadline.rules_files import UnreadableError, read_text
from leadline.sources import RulesError, read_source
from leadline_compiler.checks import run_checks, silence, stops_scoring
from leadline_compiler.model import Model
from leadline_compiler.resolve import Loader, Resolution, Unreadable, resolve
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Edit, Severity, apply_edits
from leadline_dsl.parser import parse
from leadline_dsl.source import Source

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.prover import Search

__all__ = [
    "Diagnostic",
    "Edit",
    "Model",
    "Report",
    "RulesError",
    "Severity",
    "apply_edits",
    "check_source",
    "find_faults",
    "read_source",
]


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a rules file: its findings, the texts they point into, and all that could be resolved.

    `files` are the names of all that was read for it: its own, those of its includes and those of its lists.
    """

    diagnostics: tuple[Diagnostic, ...]
    resolution: Resolution
    sources: Mapping[str, Source] = field(repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)

    @property
    def model(self) -> Model | None:
        """The model, or None where an error keeps it from being scored."""
        return None if self.stopping else self.resolution.model

    @property
    def stopping(self) -> tuple[Diagnostic, ...]:
        """The errors that keep the file from being scored."""
        return tuple(item for item in self.diagnostics if stops_scoring(item))

    def with_more(self, found: Iterable[Diagnostic]) -> Report:
        """The report with findings of another kind, each silenced where the rules allow it."""
        documents = self.resolution.documents.values()
        kept = silence(found, documents, [name for name, code in CODES.items() if code.number >= "LL5"])
        return replace(self, diagnostics=(*self.diagnostics, *kept))

    @property
    def has_errors(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


def check_source(
    source: Source, as_of: int, *, logic: bool = False, search: Search = "short", exactly: bool = False
) -> Report:
    """Reads rules from a text; files that it includes are looked for beside the file that its name says.

    `as_of` is the instant of the run in microseconds: it decides whether a review date has passed. `logic`: whether
    it is proved what can never hold, what follows from what, and so on (codes `LL3xx`), which scoring never needs;
    `search`: how long the solver may search for what nothing else decides (`none`, `short`, `long`); proofs
    are as of the end of the instant's day, or `exactly` of the instant.
    """
    read: dict[str, Source | Unreadable] = {}
    with without_collecting():
        resolution = resolve(source, _loader(read))
        found = run_checks(resolution, as_of, logic=logic, search=search, exactly=exactly)
    sources = {name: document.source for name, document in resolution.documents.items()}
    return Report(found, resolution, sources, (source.name, *read))


def _loader(known: dict[str, Source | Unreadable]) -> Loader:
    """Reads included files and lists, each once, however often it is named; they are noted in `known`."""

    def load(base: str, path: str) -> Source | Unreadable:
        name = os.path.normpath(os.path.join(os.path.dirname(base), path))
        if name not in known:
            known[name] = _load(name)
        return known[name]

    return load


def _load(name: str) -> Source | Unreadable:
    try:
        if os.path.exists(name) and not os.path.isdir(name) and not os.path.isfile(name):
            return Unreadable("is no ordinary file")
        return Source(name, read_text(Path(name)))
    except UnreadableError as error:
        return Unreadable(error.reason, error.help)


def find_faults(text: str, name: str) -> tuple[Diagnostic, ...]:
    """What cannot be read in a text, quicker than a whole check: statements that were read before are remembered."""
    return parse(Source(name, text)).diagnostics
