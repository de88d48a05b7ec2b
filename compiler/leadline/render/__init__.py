"""Diagnostics as people and machines read them: one file a format.

Every renderer takes the findings, with spans that count from the start of their file, and the sources by
name. Findings come out file by file, in the order of `sources`, and inside a file from top to bottom.
"""

from leadline.render.as_json import render_json
from leadline.render.github import render_github
from leadline.render.sarif import render_sarif
from leadline.render.text import diagnostic_text, print_diagnostics, summary_line

__all__ = [
    "diagnostic_text",
    "print_diagnostics",
    "render_github",
    "render_json",
    "render_sarif",
    "summary_line",
]
