"""The findings of a run in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leadline.render.printable import printable
from leadline_dsl.diagnostics import Diagnostic, Severity

WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What people call the severities."""


def summary_line(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """`2 errors, 1 warning, 3 notes in b2b.lead`, without a line end; `files` are those that were checked."""
    counted = Counter(found.severity for found in diagnostics)
    parts = [
        f"{counted[severity]} {word}{'' if counted[severity] == 1 else 's'}"
        for severity, word in WORDS.items()
        if counted[severity]
    ]
    where = printable(files[0]) if len(files) == 1 else f"{len(files)} files"
    return f"{', '.join(parts) or 'nothing to report'} in {where}"
