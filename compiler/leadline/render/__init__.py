"""Diagnostics as people and machines read them: one file a format.

Every renderer takes the findings, with spans that count from the start of their file, and the sources by
name. Findings come out file by file, in the order of `sources`, and inside a file from top to bottom.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadline.render.as_json import render_json
    from leadline.render.github import render_github
    from leadline.render.sarif import render_sarif
    from leadline.render.summary import summary_line
    from leadline.render.text import diagnostic_text, print_diagnostics

__all__ = [
    "diagnostic_text",
    "print_diagnostics",
    "render_github",
    "render_json",
    "render_sarif",
    "summary_line",
]

_MODULES = {
    "diagnostic_text": "text",
    "print_diagnostics": "text",
    "render_github": "github",
    "render_json": "as_json",
    "render_sarif": "sarif",
    "summary_line": "summary",
}


def __getattr__(name: str) -> Any:
    """Loads a renderer when it is asked for: a run needs one of them at most."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
