"""What the names of findings mean."""

from __future__ import annotations

from leadline_compiler.code_pages import page_of
from leadline_dsl.codes import CODES


def code_page(name: str) -> str:
    """The page of a finding's name: what it means, why it matters, an example, the way out; empty for none."""
    return page_of(name) if name in CODES else ""
