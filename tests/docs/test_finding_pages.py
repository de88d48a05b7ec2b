"""Every code has a page in docs/findings, the same that `leadline check --explain` shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline_compiler.code_pages import page_of
from leadline_dsl.codes import CODES, Code

FOLDER = Path(__file__).parents[2] / "docs" / "findings"


def page(code: Code) -> str:
    return f"# {code.name} ({code.number}, {code.severity.value})\n\n{page_of(code.name)}\n"


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_the_page_of_a_code_is_what_explain_shows(code: Code, request: pytest.FixtureRequest) -> None:
    path = FOLDER / f"{code.name}.md"
    if request.config.getoption("--update-golden"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(page(code), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == page(code)


def test_every_page_is_that_of_a_code() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(CODES)
